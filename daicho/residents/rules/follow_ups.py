"""関連手続案内 — what those whom an event touched have to see to at other desks. spec/domain.md §4.0 (practice); the lists are the city's.

It hangs on what was written, so no event declares it; a correction of a mistake and a 取消し are no occasion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.vocabulary import DIED, DISAPPEARED, FOREIGN, LEFT
from daicho.values.ages import age_bounds
from daicho.values.concerned import read_concerned


class Occasion(StrEnum):
    """What happened to a person: the key of the setting in which the city says what to see to."""

    ENTERED = "procedures_entered"
    MOVED = "procedures_moved"
    LEAVING = "procedures_leaving"
    DIED = "procedures_died"
    RENAMED = "procedures_renamed"
    HOUSEHOLD = "procedures_household"


_SETS_RIGHT = frozenset({"cancellation", "mend", "minor_correction", "address_renamed"})
"""Events after which everything is as it was, or is only written otherwise."""
_NAMES = frozenset({"name_kanji", "foreign_name_alphabet", "foreign_name_kanji", "former_surname", "foreign_alias"})
_HOUSEHOLD = frozenset({"household_no", "relationship"})


@dataclass(frozen=True)
class Touched:
    """One sheet as the event left it. `asserted`: the entries that the event itself wrote; `opened`: the sheet is new, and so is all of it."""

    atena_no: str
    entries: SheetEntries
    asserted: frozenset[str]
    opened: bool


@dataclass(frozen=True)
class Procedure:
    """関連手続: what, at which desk, and the names of whom it concerns."""

    what: str
    desk: str
    names: tuple[str, ...]


def occasions(touched: Sequence[Touched], on: date) -> tuple[tuple[SheetEntries, frozenset[Occasion]], ...]:
    """What happened to each person, by the sheet on which they go on. Nothing for whom the event only wrote 世帯主氏名 of others."""
    found = []
    for atena_no in dict.fromkeys(sheet.atena_no for sheet in touched):
        own = [sheet for sheet in touched if sheet.atena_no == atena_no]
        if happened := _happened(own, on):
            found.append((own[-1].entries, happened))
    return tuple(found)


def _happened(own: Sequence[Touched], on: date) -> frozenset[Occasion]:
    newest = own[-1].entries
    said = frozenset[str]().union(*(sheet.asserted for sheet in own))
    if any(sheet.opened for sheet in own):  # of one who has a sheet already, the new one says another name (帰化), or the same (改製)
        if len(own) == 1:
            return frozenset({Occasion.ENTERED}) if newest.closed_on is None else frozenset()
        return frozenset({Occasion.RENAMED}) if shown_name(own[0].entries) != shown_name(newest) else frozenset()
    if "closed_on" in said and newest.removal_reason_code in (DIED, DISAPPEARED):
        return frozenset({Occasion.DIED})
    if ("closed_on" in said and newest.removal_reason_code in LEFT) or (newest.planned_move_out_date and "planned_move_out_date" in said):
        return frozenset({Occasion.LEAVING})
    if newest.closed_on is not None and newest.closed_on <= on:
        return frozenset()
    by_entries = {Occasion.MOVED: frozenset({"address_changed_date"}), Occasion.RENAMED: _NAMES, Occasion.HOUSEHOLD: _HOUSEHOLD}
    return frozenset(occasion for occasion, entries in by_entries.items() if entries & said)


def follow_ups(event: str, touched: Sequence[Touched], lists: Mapping[str, Sequence[Sequence[str]]], on: date) -> tuple[Procedure, ...]:
    """The procedures of all, each once with the names of whom it concerns, in the order of the city's lists.

    `event`: its code; `lists`: by occasion, lines of [対象, 手続, 窓口]. Raises ValueError for a 対象 that the city's setting would not have taken.
    """
    people = () if event in _SETS_RIGHT else occasions(touched, on)
    names: dict[tuple[str, str], list[str]] = {}
    for occasion in Occasion:
        for whom, what, desk in lists[occasion]:
            concerned = read_concerned(whom)
            for entries, happened in people:
                if occasion in happened and concerned.covers(_age(entries, on), is_foreign=entries.resident_kind == FOREIGN):
                    names.setdefault((what, desk), []).append(shown_name(entries) or "（氏名空欄）")
    return tuple(Procedure(what, desk, tuple(dict.fromkeys(who))) for (what, desk), who in names.items())


def _age(entries: SheetEntries, on: date) -> int | None:
    """None where the birth leaves more than one age open."""
    bounds = age_bounds(entries.birth_date, on) if entries.birth_date else None
    return bounds.least if bounds and bounds.is_certain else None
