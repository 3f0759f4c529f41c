"""統合宛名への通知 — what atena is told of an event: everybody whose basic items or 住民票関係情報 it changed. 番号法第9条, 第19条第8号; G-17, S1-10."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from daicho import clock, outbox, vault
from daicho.contracts.atena_info_v1 import AtenaInfoV1
from daicho.residents.commands.notices.telling import Telling
from daicho.residents.commands.writing import Written
from daicho.residents.queries.blocks import blocks_of
from daicho.residents.queries.current import CurrentRow
from daicho.residents.rules.atena_info import Identifiers, atena_changed, atena_person
from daicho.residents.rules.blocks import prohibited_from
from daicho.residents.rules.definitions import NoticeKind
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.fold import is_open

ATENA, CHUKAN = "atena", "chukan"


def outgoing(telling: Telling) -> list[outbox.Outgoing]:
    """One notice about all of them, also those who only stay behind and whose 世帯主氏名 or 続柄 follows. Four statements, none for nobody."""
    if NoticeKind.ATENA not in telling.kinds:
        return []
    today = clock.today()
    told = [w for w in _as_of_now(telling.written, today) if atena_changed(w.before, w.entries, today)]
    if not told:
        return []
    numbers, people, withheld = _numbers([w.entries for w in told]), [w.person.public_id for w in told], _withheld(told)
    keys = outbox.subject_handles(CHUKAN, people)
    persons = tuple(
        atena_person(w.entries, Identifiers(w.person.atena_no, numbers.get(w.entries.individual_number), key), today, withheld[w.person.pk])
        for w, key in zip(told, keys, strict=True)
    )
    handles = outbox.subject_handles(ATENA, people)
    return [outbox.Outgoing(AtenaInfoV1(telling.recording.recorded_at, persons), ATENA, handles, telling.recording.event.pk)]


def withheld(people: Sequence[CurrentRow], stands: Mapping[int, date | None], at: datetime) -> list[outbox.Outgoing]:
    """That answers about these people wait for an officer from now on, or again go by themselves (F-1-52): nothing else of them has changed.

    The rows are locked by the caller, so that what comes after is told of a later moment. Three statements.
    """
    today, ids = clock.today(), [row.public_id for row in people]
    numbers, keys, handles = _numbers([row.entries for row in people]), outbox.subject_handles(CHUKAN, ids), outbox.subject_handles(ATENA, ids)
    infos = [
        atena_person(row.entries, Identifiers(row.atena_no, numbers.get(row.entries.individual_number), key), today, stands[row.person_id])
        for row, key in zip(people, keys, strict=True)
    ]
    return [outbox.Outgoing(AtenaInfoV1(at, (info,)), ATENA, (handle,)) for info, handle in zip(infos, handles, strict=True)]


def _withheld(told: Sequence[Written]) -> dict[int, date | None]:
    """Since when nothing is handed out of each, by person. One statement."""
    found = blocks_of([w.person.pk for w in told], [no for w in told if (no := w.entries.household_no)])
    return {w.person.pk: prohibited_from((*found.of_person.get(w.person.pk, ()), *found.of_household.get(w.entries.household_no or "", ()))) for w in told}


def _as_of_now(written: Iterable[Written], today: date) -> list[Written]:
    """Of each person one row: the sheet that is open, else the newest. An event may write on two sheets of one person (帰化, 除票)."""
    sheets: dict[int, list[Written]] = {}
    for w in written:
        sheets.setdefault(w.person.pk, []).append(w)
    return [max(rows, key=lambda w: (is_open(w.entries, today), w.version.history_no)) for rows in sheets.values()]


def _numbers(told: Sequence[SheetEntries]) -> dict[int | None, str]:
    """個人番号 in the clear by reference. One statement, none where nobody has one."""
    refs = [ref for entries in told if (ref := entries.individual_number) is not None]
    return {**vault.reveal_many(refs, because="統合宛名への通知")} if refs else {}
