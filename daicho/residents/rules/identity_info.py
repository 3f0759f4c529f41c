"""本人確認情報 — what of a sheet is identity information, and how it is told to 市町村CS. 住民基本台帳法第30条の6; 第9条第1項."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from daicho.contracts.identity_info_v1 import IdentityInfoV1
from daicho.contracts.move_in_notice_v1 import MoveInNoticeV1
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.vocabulary import FOREIGN
from daicho.values.characters import gaiji_count
from daicho.values.dates import JapaneseDate, juki_date_code
from daicho.values.kana import juki_kana

_TOLD = (
    "juminhyo_code", "individual_number", "name_kanji", "name_kana", "former_surname", "former_surname_kana", "foreign_name_alphabet",
    "foreign_name_kanji", "foreign_name_katakana", "foreign_alias", "birth_date", "sex_code", "address", "address_building", "became_resident_date",
    "foreign_resident_since_date", "opened_on", "closed_on",
)  # fmt: skip
"""続柄, 世帯主, 本籍 and 資格 are not among them (spec/domain.md §2.1 A)."""
_LONGEST_NAME, _LONGEST_SURNAME = 200, 100
"""Of layouts/identity_confirmation.csv, items 4 and 39."""


def identity_changed(before: SheetEntries | None, after: SheetEntries) -> bool:
    """Whether 法30条の6 asks for a notice: an entry, a removal, or a change of one of the items."""
    return before is None or any(getattr(before, name) != getattr(after, name) for name in _TOLD)


_DETAILS = (
    ("name", ("name_kanji", "foreign_name_alphabet", "foreign_name_kanji", "foreign_name_katakana", "foreign_alias")),
    ("furigana", ("name_kana",)),
    ("former_surname", ("former_surname", "former_surname_kana")),
    ("birth_date", ("birth_date",)),
    ("sex", ("sex_code",)),
)


def correction_detail(before: SheetEntries, after: SheetEntries) -> str | None:
    """詳細 of a 職権修正等: which item changed (layouts/codes.csv, update_detail)."""
    changed = [detail for detail, names in _DETAILS if any(getattr(before, name) != getattr(after, name) for name in names)]
    return "several" if len(changed) > 1 else changed[0] if changed else None


@dataclass(frozen=True)
class Numbers:
    """A person's numbers in the clear, for the contract alone."""

    juminhyo_code: str
    individual_number: str | None
    old_juminhyo_code: str | None = None  # where the event changed the code


@dataclass(frozen=True)
class Source:
    """Where an update comes from: the event, and who sends it (items 16, 21–23, 27–29)."""

    reason: tuple[str, str | None]  # EventDefinition.identity_reason
    event_date: JapaneseDate
    notified_date: date | None  # 届出日 of this event
    update_sequence_no: int
    operator_id: str
    terminal_id: str
    municipality_code: str
    told_on: date


def address_in_full(address: str | None, building: str | None) -> str:
    """住所 with 方書."""
    return f"{address or ''}{'　' + building if building else ''}"


def became_resident(entries: SheetEntries) -> JapaneseDate | None:
    """住民となった年月日, of a foreign resident 外国人住民となった年月日."""
    return entries.foreign_resident_since_date if entries.resident_kind == FOREIGN else entries.became_resident_date


def identity_info(entries: SheetEntries, numbers: Numbers, source: Source) -> IdentityInfoV1:
    """The whole of a person's 本人確認情報 as it stands after the event."""
    name, address = shown_name(entries) or "", address_in_full(entries.address, entries.address_building)
    became, fixed, birth = became_resident(entries), entries.address_changed_date, entries.birth_date
    assert birth is not None and became is not None, "neither may be 空欄 (std 1.1.6)"
    reason, detail = source.reason
    previous = address_in_full(entries.previous_address, entries.previous_address_building) or None
    return IdentityInfoV1(
        update_sequence_no=source.update_sequence_no,
        event_reason=reason,
        event_reason_detail=detail,
        event_date=source.event_date.encode(),
        event_date_juki=juki_date_code(source.event_date),
        notified_date=source.notified_date,
        juminhyo_code=numbers.juminhyo_code,
        old_juminhyo_code=numbers.old_juminhyo_code,
        juminhyo_code_valid_date=min(source.event_date.last, source.told_on) if numbers.old_juminhyo_code else None,
        individual_number=numbers.individual_number,
        name_kanji=name,
        name_gaiji_count=gaiji_count(name),
        name_furigana=juki_kana(entries.name_kana or entries.foreign_name_katakana, _LONGEST_NAME),
        former_surname_kanji=entries.former_surname,
        former_surname_gaiji_count=gaiji_count(entries.former_surname) if entries.former_surname else None,
        former_surname_furigana=juki_kana(entries.former_surname_kana, _LONGEST_SURNAME),
        birth_date=birth.encode(),
        birth_date_juki=juki_date_code(birth),
        sex_code=entries.sex_code or "9",
        municipality_code=source.municipality_code,
        town_code=entries.address_town_code,
        postal_code=entries.address_postal_code,
        address=address,
        address_gaiji_count=gaiji_count(address),
        became_resident_date=became.encode(),
        became_resident_date_juki=juki_date_code(became),
        address_fixed_date=fixed.encode() if fixed else None,
        address_fixed_date_juki=juki_date_code(fixed) if fixed else None,
        previous_municipality_code=entries.previous_municipality_code,
        previous_address=previous,
        previous_address_gaiji_count=gaiji_count(previous) if previous else None,
        relationship=entries.relationship,
        planned_person_flag=entries.closed_on is not None and source.told_on < entries.closed_on,
        operator_id=source.operator_id,
        terminal_id=source.terminal_id,
    )


@dataclass(frozen=True)
class Addressee:
    """A city that is told of a 転入: as what (layouts/codes.csv, list notice_basis), and of which address in it."""

    municipality_code: str
    notice_basis: str
    former_address: str


def move_in_notice(entries: SheetEntries, addressee: Addressee, numbers: Numbers, source: Source) -> MoveInNoticeV1:
    """転入通知 to one municipality in which the person lived before (法9条1項)."""
    birth = entries.birth_date
    assert birth is not None
    return MoveInNoticeV1(
        addressee_municipality_code=addressee.municipality_code,
        notice_basis=addressee.notice_basis,
        juminhyo_code=numbers.juminhyo_code,
        name_kanji=shown_name(entries) or "",
        name_furigana=juki_kana(entries.name_kana or entries.foreign_name_katakana, _LONGEST_NAME),
        birth_date=birth.encode(),
        birth_date_juki=juki_date_code(birth),
        sex_code=entries.sex_code or "9",
        former_address=addressee.former_address,
        municipality_code=source.municipality_code,
        new_address=address_in_full(entries.address, entries.address_building),
        move_in_date=source.event_date.certain(),
        notified_date=source.notified_date,
    )
