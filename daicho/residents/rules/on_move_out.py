"""転出と転出証明書 — what a sheet says of the 転出 it plans, as a 転出証明書 bears it, and which paper stands for it. 住民基本台帳法第22条, 第24条; 令第23条."""

from __future__ import annotations

from dataclasses import replace

from daicho.certificates.move_out import IN_ITS_STEAD, IN_TIME
from daicho.certificates.record import CertificateRecord, Leaving
from daicho.residents.rules.department_items import CATEGORIES_OF_PENSION
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.identity_info import address_in_full
from daicho.residents.rules.vocabulary import MOVED_OUT, MOVED_OUT_SPECIALLY
from daicho.values.dates import wareki
from daicho.values.numbers import BasicPensionNo

NUMBERS = ("juminhyo_code", "individual_number", "residence_card_no", "basic_pension_number")
"""Those that the paper bears in the clear."""
PLANNED = (
    "planned_move_out_address", "planned_move_out_building", "planned_move_out_date", "planned_move_out_notified_date", "planned_move_out_reason_code",
)  # fmt: skip
_WITHIN_JAPAN = (MOVED_OUT, MOVED_OUT_SPECIALLY)


def is_leaving(entries: SheetEntries) -> bool:
    """Whether a 転出 to another city of Japan is planned or done, and was not taken back."""
    return entries.planned_move_out_reason_code in _WITHIN_JAPAN and entries.planned_move_out_date is not None


def paper_of(entries: SheetEntries) -> str:
    """The code of the certificate that stands for this 転出 (std 4.1.3.0.3). The sheet keeps 届出日 of a 転出 that was filed in time, and of no other."""
    return IN_TIME if entries.planned_move_out_notified_date is not None else IN_ITS_STEAD


def left_specially(entries: SheetEntries) -> bool:
    """転出 by 特例: no paper comes out by itself (N-4.1.3.0.4-02)."""
    return entries.planned_move_out_reason_code == MOVED_OUT_SPECIALLY


def same_leaving(one: SheetEntries, other: SheetEntries) -> bool:
    """Whether two of a household leave by one 届出: where to, when, how."""
    return is_leaving(one) and one.household_no == other.household_no and all(getattr(one, name) == getattr(other, name) for name in PLANNED)


def with_leaving(record: CertificateRecord, entries: SheetEntries, basic_pension_no: BasicPensionNo | None) -> CertificateRecord:
    """The record with what a 転出証明書 adds to it, as this version of the sheet says it."""
    if not is_leaving(entries):
        return record
    assert entries.planned_move_out_date is not None
    leaving = Leaving(
        to=address_in_full(entries.planned_move_out_address, entries.planned_move_out_building) or "",
        leaves_on=entries.planned_move_out_date,
        filed_on=entries.planned_move_out_notified_date,
        is_special=left_specially(entries),
        has_arrived=entries.confirmed_move_out_date is not None,
        health_insurance=_applies(entries.nhi_qualified_flag),
        late_elderly=_applies(entries.late_elderly_qualified_flag),
        care_insurance=_applies(entries.ltc_qualified_flag),
        pension=CATEGORIES_OF_PENSION.get(entries.np_category_code or "", "") or _applies(entries.np_qualified_flag),
        basic_pension_no=basic_pension_no,
        child_allowance=_allowance(entries),
    )
    return replace(record, leaving=leaving)


def _applies(flag: bool | None) -> str:
    """ "" where the department has told nothing: 空欄 is no "no"."""
    return "" if flag is None else "該当" if flag else "非該当"


def _allowance(entries: SheetEntries) -> str:
    """年月 without a day (法7条11号の2)."""
    months = (("支給を始めた年月", entries.child_allowance_start_date), ("支給を終わる年月", entries.child_allowance_end_date))
    return "　".join(f"{label} {wareki(day).partition('月')[0]}月" for label, day in months if day)
