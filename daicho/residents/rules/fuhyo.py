"""戸籍の附票 — what of a 住民票 the 附票 at the 本籍 must be told, and how it is said. 住民基本台帳法第17条, 第19条第1項; domain §2.1 C, §9; G-22, G-23.

It hangs on the sheets alone, whatever the event: Japanese residents, whose 住所, 住所を定めた年月日 or 住民票コード is another than before, or who
were removed by this city itself. What the 戸籍 knows of its own (死亡, 失踪, 国籍喪失, names, 本籍) and what the city of the new 住所 tells (国内転出)
is not told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum

from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.contracts.layouts import code_list
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.fold import is_open
from daicho.residents.rules.identity_info import address_in_full
from daicho.residents.rules.vocabulary import ENTRY_CANCELLED, JAPANESE, MOVED_OUT_ABROAD, REASONS, RELOCATED, REMOVALS_EX_OFFICIO
from daicho.values.dates import JapaneseDate, juki_date_code
from daicho.values.kana import juki_kana
from daicho.values.municipalities import municipality_of

CODE = "juminhyo_code"
LED_BY_THE_SHEET = ("address", "address_building", "address_changed_date", CODE)
"""The items of 法17条 that the 住民票 leads; the others are the 戸籍's own."""


class Reason(StrEnum):
    """Why the 附票 is told: identifiers of layouts/codes.csv, list fuhyo_reason."""

    ENTRY = "entry"
    RELOCATION = "relocation"
    CORRECTION = "correction"
    ABROAD = "abroad"
    REMOVAL = "removal"
    RESTORATION = "restoration"
    ENTRY_CANCELLED = "entry_cancelled"
    JUMINHYO_CODE = "juminhyo_code"


class _Standing(Enum):
    """How a Japanese sheet stands, as the 附票 sees it."""

    RESIDENT = "resident"
    LEFT_TO_OTHERS = "left_to_others"  # removed, and somebody else tells the 附票 what follows: it still says what it said
    ABROAD = "abroad"
    REMOVED = "removed"
    CANCELLED = "cancelled"


_CLOSED = {
    MOVED_OUT_ABROAD: _Standing.ABROAD,
    ENTRY_CANCELLED: _Standing.CANCELLED,
    "ex_officio_removal": _Standing.REMOVED,
    **{code: _Standing.REMOVED for code, _ in REMOVALS_EX_OFFICIO},
}
_TOLD_CLOSED = {_Standing.ABROAD: Reason.ABROAD, _Standing.REMOVED: Reason.REMOVAL, _Standing.CANCELLED: Reason.ENTRY_CANCELLED}


@dataclass(frozen=True)
class SheetChange:
    """What an event made of one sheet. `before`: what it said, of a sheet in a spell that goes on what the person's record said; None of a newcomer."""

    before: SheetEntries | None
    after: SheetEntries
    history_no: int


@dataclass(frozen=True)
class Recorded:
    """The event: 事由 (std 1.2.2), the day of recording, and whether it is a 取消し."""

    standard_code: str
    recorded_on: date
    cancels: bool


@dataclass(frozen=True)
class Duty:
    """That the 附票 of one person is to be told, and by what the sheet says now."""

    reason: Reason
    entries: SheetEntries


def fuhyo_duty(sheets: Iterable[SheetChange], event: Recorded) -> Duty | None:
    """What of one person is to be told, None for nothing. Of several Japanese sheets (改製, its 取消し) the one the person goes on on."""
    today = event.recorded_on
    japanese = [sheet for sheet in sheets if sheet.after.resident_kind == JAPANESE]
    if not japanese:
        return None
    sheet = max(japanese, key=lambda each: (is_open(each.after, today), each.history_no))
    reason = _reason(sheet, event)
    return Duty(reason, sheet.after) if reason else None


def _reason(sheet: SheetChange, event: Recorded) -> Reason | None:
    now, was = _standing(sheet.after, event.recorded_on), _was(sheet.before, event.recorded_on)
    if now is _Standing.LEFT_TO_OTHERS:
        return None
    if now is _Standing.RESIDENT:
        return _of_resident(sheet, was, event)
    same_plan = sheet.before is not None and sheet.before.planned_move_out_date == sheet.after.planned_move_out_date
    return None if now is was and same_plan else _TOLD_CLOSED[now]


def _was(before: SheetEntries | None, today: date) -> _Standing | None:
    """None: the 附票 was told nothing of this sheet (a newcomer, or a foreigner until now: 帰化)."""
    return _standing(before, today) if before is not None and before.resident_kind == JAPANESE else None


def _standing(entries: SheetEntries, today: date) -> _Standing:
    """A removal that lies ahead has not come: who goes abroad is 国外転出者 from the planned day on (法17条)."""
    if is_open(entries, today):
        return _Standing.RESIDENT
    return _CLOSED.get(entries.removal_reason_code or "", _Standing.LEFT_TO_OTHERS)


def _of_resident(sheet: SheetChange, was: _Standing | None, event: Recorded) -> Reason | None:
    if sheet.before is None or was is None:
        return Reason.ENTRY
    if was in _TOLD_CLOSED:
        return Reason.RESTORATION
    changed = [name for name in LED_BY_THE_SHEET if getattr(sheet.before, name) != getattr(sheet.after, name)]
    if not changed:
        return None
    if event.cancels:
        return Reason.RESTORATION
    if changed == [CODE]:
        return Reason.JUMINHYO_CODE
    return Reason.RELOCATION if event.standard_code == REASONS[RELOCATED] else Reason.CORRECTION


def seat_of_register(entries: SheetEntries) -> str | None:
    """The municipality of the 本籍, by how it is written; None where there is none (「なし」「不明」) or none can be read."""
    return municipality_of(entries.registered_domicile or "")


@dataclass(frozen=True)
class Source:
    """What a notice says beside the sheet."""

    request_control_no: str
    addressee_municipality_code: str
    municipality_code: str
    event_date: JapaneseDate
    recorded_on: date


def fuhyo_notice(duty: Duty, juminhyo_code: str, source: Source) -> FuhyoNoticeV1:
    """戸籍附票記載事項通知 of one person."""
    entries = duty.entries
    assert entries.birth_date is not None and entries.registered_domicile is not None, "neither may be 空欄 (std 1.1.6)"
    fixed = entries.address_changed_date
    return FuhyoNoticeV1(
        request_control_no=source.request_control_no,
        addressee_municipality_code=source.addressee_municipality_code,
        municipality_code=source.municipality_code,
        reason_code=code_list("fuhyo_reason")[duty.reason].code,
        event_date=juki_date_code(source.event_date),
        recorded_on=source.recorded_on,
        juminhyo_code=juminhyo_code,
        registered_domicile=entries.registered_domicile,
        family_register_head_name=entries.family_register_head_name,
        name_kanji=entries.name_kanji,
        name_furigana=juki_kana(entries.name_kana, 200),
        birth_date=juki_date_code(entries.birth_date),
        sex_code=entries.sex_code or "9",
        address=address_in_full(entries.address, entries.address_building),
        address_fixed_date=juki_date_code(fixed) if fixed else None,
        planned_move_out_date=(entries.planned_move_out_date or entries.closed_on) if duty.reason is Reason.ABROAD else None,
    )
