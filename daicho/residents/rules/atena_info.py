"""宛名情報 — what of a sheet atena is told: the basic items it keeps, and the 住民票関係情報 that it relays. 番号法第9条, 第19条第8号; G-17, S1-10."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from daicho.contracts.atena_info_v1 import AtenaPerson, JuminhyoItems
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.fold import is_open
from daicho.residents.rules.identity_info import address_in_full, became_resident
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.vocabulary import FOREIGN
from daicho.values.dates import JapaneseDate


@dataclass(frozen=True)
class Identifiers:
    """By what a person is named to atena and, through it, to chukan; for the contract alone."""

    atena_no: str
    individual_number: str | None  # in the clear
    register_key: str  # the handle for chukan


_NOBODY = Identifiers("", None, "")


def atena_changed(before: SheetEntries | None, after: SheetEntries, today: date) -> bool:
    """Whether anything that atena is told of differs: judged by what would be told, so that the two cannot drift apart."""
    if before is None or before.individual_number != after.individual_number:
        return True
    said = [atena_person(entries.but(juminhyo_created_date=None), _NOBODY, today) for entries in (before, after)]
    return said[0] != said[1]  # a new sheet that says the same (改製) is told to nobody (domain §2.1)


def atena_person(entries: SheetEntries, named: Identifiers, today: date, withheld_from: date | None = None) -> AtenaPerson:
    """One person as the register holds them `today`. `withheld_from`: since when nothing is handed out of them (抑止): no answer goes by itself (F-1-52)."""
    birth = entries.birth_date
    assert birth is not None, "may not be 空欄 (std 1.1.6)"
    return AtenaPerson(
        atena_no=named.atena_no,
        individual_number=named.individual_number,
        name=shown_name(entries),
        name_furigana=entries.name_kana or entries.foreign_name_katakana,
        birth_date=birth.encode(),
        sex_code=entries.sex_code or "9",
        address=address_in_full(entries.address, entries.address_building),
        removed_on=_removed_on(entries, today),
        juminhyo=_juminhyo(entries, named.register_key, withheld_from),
    )


def _removed_on(entries: SheetEntries, today: date) -> date | None:
    """消除日, which may lie ahead. A sheet that no day finds, because its 記載 was cancelled, counts as removed from today (fold.md 2)."""
    return entries.closed_on if entries.closed_on is not None or is_open(entries, today) else today


def _juminhyo(entries: SheetEntries, register_key: str, withheld_from: date | None) -> JuminhyoItems:
    foreign = entries.resident_kind == FOREIGN
    return JuminhyoItems(
        register_key=register_key,
        relationship=entries.relationship,
        householder_name=entries.householder_name,
        became_resident_date=_text(became_resident(entries)),
        became_resident_notified_date=entries.foreign_resident_notified_date if foreign else entries.became_resident_notified_date,
        became_resident_reason_code=entries.foreign_resident_reason_code if foreign else entries.became_resident_reason_code,
        juminhyo_created_date=entries.juminhyo_created_date,
        former_surname=entries.former_surname,
        address_changed_date=_text(entries.address_changed_date),
        address_notified_date=entries.address_notified_date,
        address_reason_code=entries.address_reason_code,
        withheld_from=withheld_from,
        withheld_until=None,  # a 抑止 ends by its release alone (N-3.1-14)
    )


def _text(day: JapaneseDate | None) -> str | None:
    return day.encode() if day else None
