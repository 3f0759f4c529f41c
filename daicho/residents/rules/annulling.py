"""取消しの検査 — which later versions rest on the one that shall be annulled, and are to be cancelled first. design §4; std 4.6; fold.md 8, 14.

A 取消し annuls and asserts nothing; any event may be chosen, unless something rests on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from daicho.residents.rules.closing import OF_CLOSED
from daicho.residents.rules.fold import Version, fold, live, spells_of


def resting_on(versions: Iterable[Version], target: Version, today: date) -> list[Version]:
    """The live versions of other events that must be annulled before `target`, oldest first; empty = it may be annulled.

    They were recorded later and assert one of its entries, lie on the spell or sheet that it opened, or are a later spell that needs
    its closing; upon a 回復 rests all that followed in the spell. Or they closed the sheet, whenever they did: of a 除票 only what it says
    as such is annulled. A row that says nothing rests on nothing, nor does a 取消し.
    """
    all_of = list(versions)
    later = [v for v in live(all_of) if v.history_no > target.history_no and v.event_no != target.event_no and v.asserts != {} and not v.of_cancel]
    said = set(target.asserted())
    restores = not target.is_opening and "closed_on" in said and target.asserted()["closed_on"] is None
    opened_sheet = target.history_no == min(v.history_no for v in all_of if v.sheet_no == target.sheet_no)
    closings = [] if said <= OF_CLOSED or target.is_opening else _closings(all_of, target, today)
    found = closings + [
        v
        for v in later
        if v not in closings
        and (
            (v.spell_no == target.spell_no and (target.is_opening or restores or said & set(v.asserted())))
            or (opened_sheet and v.sheet_no == target.sheet_no)
            or (v.is_opening and v.spell_no != target.spell_no and "closed_on" in said and _needs_the_closing(all_of, target, v))
        )
    ]
    return sorted(found, key=lambda v: v.history_no)


def _closings(versions: list[Version], target: Version, today: date) -> list[Version]:
    """What closed the sheet on which `target` lies, when it is a 除票 today."""
    of_spell = [v for v in live(versions) if v.spell_no == target.spell_no]
    whole = fold(of_spell)
    if whole is None or whole.closed_on is None or today < whole.closed_on:
        return []
    return [v for v in of_spell if not v.is_opening and v.event_no != target.event_no and v.asserted().get("closed_on") is not None]


def _needs_the_closing(versions: list[Version], closing: Version, opening: Version) -> bool:
    """Whether the spell that `opening` began would overlap the one that `closing` closed, were it not closed so."""
    without = [v for v in versions if v.history_no != closing.history_no and v.spell_no == closing.spell_no]
    whole = fold(without)
    later = fold(spells_of(versions)[opening.spell_no])
    if whole is None or later is None or whole.opened_on is None or later.opened_on is None:
        return False
    return whole.opened_on <= later.opened_on and (whole.closed_on is None or whole.closed_on > later.opened_on)
