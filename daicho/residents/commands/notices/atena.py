"""統合宛名への通知 — what atena is told of an event: everybody whose basic items or 住民票関係情報 it changed. 番号法第9条, 第19条第8号; G-17, S1-10."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from daicho import clock, outbox, vault
from daicho.contracts.atena_info_v1 import AtenaInfoV1
from daicho.residents.commands.notices.telling import Telling
from daicho.residents.commands.writing import Written
from daicho.residents.rules.atena_info import Identifiers, atena_changed, atena_person
from daicho.residents.rules.definitions import NoticeKind
from daicho.residents.rules.fold import is_open

ATENA, CHUKAN = "atena", "chukan"


def outgoing(telling: Telling) -> list[outbox.Outgoing]:
    """One notice about all of them, also those who only stay behind and whose 世帯主氏名 or 続柄 follows. Three statements, none for nobody."""
    if NoticeKind.ATENA not in telling.kinds:
        return []
    today = clock.today()
    told = [w for w in _as_of_now(telling.written, today) if atena_changed(w.before, w.entries, today)]
    if not told:
        return []
    numbers, people = _numbers(told), [w.person.public_id for w in told]
    keys = outbox.subject_handles(CHUKAN, people)
    persons = tuple(
        atena_person(w.entries, Identifiers(w.person.atena_no, numbers.get(w.entries.individual_number), key), today) for w, key in zip(told, keys, strict=True)
    )
    handles = outbox.subject_handles(ATENA, people)
    return [outbox.Outgoing(AtenaInfoV1(telling.recording.recorded_at, persons), ATENA, handles, telling.recording.event.pk)]


def _as_of_now(written: Iterable[Written], today: date) -> list[Written]:
    """Of each person one row: the sheet that is open, else the newest. An event may write on two sheets of one person (帰化, 除票)."""
    sheets: dict[int, list[Written]] = {}
    for w in written:
        sheets.setdefault(w.person.pk, []).append(w)
    return [max(rows, key=lambda w: (is_open(w.entries, today), w.version.history_no)) for rows in sheets.values()]


def _numbers(told: Sequence[Written]) -> dict[int | None, str]:
    """個人番号 in the clear by reference. One statement, none where nobody has one."""
    refs = [w.entries.individual_number for w in told if w.entries.individual_number is not None]
    return {**vault.reveal_many(refs, because="統合宛名への通知")} if refs else {}
