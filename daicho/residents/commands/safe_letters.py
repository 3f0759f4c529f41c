"""守られる人の通知書 — which letters may leave where somebody of them is protected. domain §7; 標準仕様3.4; rules/letters_of_events/guard.py; decision 0050.

A letter about protected people goes to one of them, and to no address at which the other party lives. One that may not is left out of a pile, and
refused where it is alone; an officer who hands it over, or made sure of the address, says what was made sure of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from daicho.residents.commands.handing_over import NotToBeIssued
from daicho.residents.commands.letters import Draft
from daicho.residents.queries.support_letters import cases_of, home_of
from daicho.residents.rules.letters_of_events.guard import REFUSED, Cases, refusal

TO_BE_CONFIRMED = f"{REFUSED}相手方に知られない渡し方（窓口で手渡すなど）を確かめたときは、確かめた内容を入力して出力してください。"


def safe(cases: Cases, drafts: Sequence[tuple[Draft, int]], confirmed: str = "", *, refused: str = REFUSED) -> list[Draft]:
    """Those that may leave, in their order; each with the person id of whom it is written to. NotToBeIssued when none may, and there were some.

    `confirmed`: what was made sure of; then all may, and it is kept in the trail.
    """
    kept = [_kept(cases, draft, written_to, confirmed.strip()) for draft, written_to in drafts]
    if drafts and not any(kept):
        raise NotToBeIssued((("protected", refused),))
    return [draft for draft in kept if draft is not None]


def _kept(cases: Cases, draft: Draft, written_to: int, confirmed: str) -> Draft | None:
    about = frozenset(one.person_id for one in draft.people)
    of_letter = replace(cases, protecting={person: of for person, of in cases.protecting.items() if person in about})
    if not refusal(of_letter, written_to, home_of(draft.letter.addressee.address)):
        return draft
    return replace(draft, confirmed=confirmed) if confirmed else None


def cases_of_drafts(drafts: Sequence[tuple[Draft, int]]) -> Cases:
    """One statement where nobody of them is protected, else two."""
    return cases_of({one.person_id for draft, _ in drafts for one in draft.people})
