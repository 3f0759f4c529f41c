"""庁内連携へ知らせる事項 — what of a sheet the departments' grants may name, and how it is told to transfers. 番号法第9条第1項; 評価書II(1)5; S1-11."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from daicho.contracts.transfer_info_v1 import TransferInfoV1, TransferPerson
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.names_shown import shown_name
from daicho.values.dates import JapaneseDate

_TOLD = (
    "name_kanji", "name_kana", "foreign_name_alphabet", "foreign_name_kanji", "foreign_name_katakana", "birth_date", "sex_code", "address_postal_code",
    "address", "address_building", "household_no", "relationship", "householder_name", "opened_on", "closed_on", "removal_reason_code",
)  # fmt: skip
"""世帯主氏名 is among them, so that those who only stay are told too. 個別記載事項 (30–49) are not: what a department writes does not come back to it."""

_DIED = "death"  # vocabulary.REASONS


def transfer_changed(before: SheetEntries | None, after: SheetEntries) -> bool:
    """Whether a department may have to be told: an entry, a removal, or a change of one of the items."""
    return before is None or any(getattr(before, name) != getattr(after, name) for name in _TOLD)


@dataclass(frozen=True)
class Told:
    """Of which row of the history, and because of which event, someone is told."""

    atena_no: str
    history_no: int
    recorded_at: datetime
    event_reason: str  # std 1.2.2, the closed list
    event_date: JapaneseDate


def is_subject(entries: SheetEntries, today: date) -> bool:
    """対象となる本人の範囲: residents and those removed, except those removed by 死亡 (評価書II(1)2③)."""
    return not (entries.removal_reason_code == _DIED and entries.closed_on is not None and entries.closed_on <= today)


def transfer_info(entries: SheetEntries, told: Told, today: date) -> TransferInfoV1:
    """What transfers is told of one person as of today. Of someone who died only that they are no subject any more."""
    person = _person(entries, told) if is_subject(entries, today) else None
    return TransferInfoV1(told.atena_no, told.history_no, told.recorded_at, person)


def _person(entries: SheetEntries, told: Told) -> TransferPerson:
    assert entries.opened_on is not None, "every sheet says since when it counts (fold.md 2)"
    return TransferPerson(
        name_kanji=shown_name(entries),
        name_kana=entries.name_kana or entries.foreign_name_katakana,
        birth_date=entries.birth_date.encode() if entries.birth_date else None,
        sex_code=entries.sex_code,
        address_postal_code=entries.address_postal_code,
        address=entries.address,
        address_building=entries.address_building,
        household_no=entries.household_no,
        relationship=entries.relationship,
        householder_name=entries.householder_name,
        event_reason=told.event_reason,
        event_date=told.event_date.encode(),
        opened_on=entries.opened_on,
        removed_on=entries.closed_on,
        removal_reason=entries.removal_reason_code,
    )
