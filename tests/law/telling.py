"""だれに何を知らせるか — what the law has told to whom by each event, and what the register's definitions tell. domain 2.1, columns A, B, G, H; 法9条1項, 30条の6.

A follows from the sheet exactly: 氏名 … 住民票コード and 記載・消除, never 続柄, 世帯主, 本籍 or 資格 alone. Of the rooms in the house (G, H, 証明)
the law says of whom they must be told, and that nobody is told of who did not change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from daicho.residents.rules.atena_info import atena_changed
from daicho.residents.rules.certificate_data import certificate_changed
from daicho.residents.rules.definitions import EventDefinition, NoticeKind
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.fold import is_open
from daicho.residents.rules.identity_info import identity_changed
from daicho.residents.rules.move_out_certificate import leaves_specially, stays_after_all
from daicho.residents.rules.outcome import Outcome
from daicho.residents.rules.transfer_info import transfer_changed
from tests.law.diary import Items
from tests.law.entering import OF_IMMIGRATION_LAW
from tests.law.register import Answer

IDENTITY = (
    "name_kanji", "name_kana", "foreign_name_alphabet", "former_surname", "former_surname_kana", "foreign_alias", "birth_date", "sex_code", "address",
    "address_building", "juminhyo_code", "individual_number",
)  # fmt: skip
SINCE = ("became_resident_date", "foreign_resident_since_date")
"""住民となった日 is none of 法30条の6, but item 14 of the file of 市町村CS (評価書 file (2)): it may be told [K?]."""
OF_NAMES = ("name_kanji", "name_kana", "foreign_name_alphabet", "birth_date", "sex_code", "address", "address_building")
MUST: Mapping[NoticeKind, tuple[str, ...]] = {
    NoticeKind.ATENA: (*OF_NAMES, "individual_number", "relationship", "head_name", "closed_on"),
    NoticeKind.TRANSFER_INFO: (*OF_NAMES, "household_no", "relationship", "head_name", "closed_on"),
    NoticeKind.CERTIFICATE_DATA: (
        *OF_NAMES, "household_no", "relationship", "head_name", "closed_on", "registered_domicile", "family_register_head_name", "former_surname",
        "foreign_alias", "nationality_code", "article_30_45_class_code", "became_resident_date", "foreign_resident_since_date", "remarks",
    ),
}  # fmt: skip
"""Of these changes each room must be told; 転出予定, too, which departments and shops tell from 消除 (domain 2.1, toy 4)."""

_OF_DEPARTMENTS = ("nhi_qualified_flag", "nhi_acquired_date", "nhi_lost_date", "nhi_not_applicable_flag")
_OF_ELSEWHERE = ("confirmed_move_out_date", "confirmed_move_out_address", "de_facto_householder_name", "residence_card_no", *OF_IMMIGRATION_LAW)
_OF_REGISTER = ("registered_domicile", "family_register_head_name", "nationality_code", "article_30_45_class_code", "remarks", "previous_address")
_OF_RESIDENCE = ("residence_period", "residence_status_code", "residence_expiry_date")
NEVER: Mapping[NoticeKind, frozenset[str]] = {
    NoticeKind.ATENA: frozenset((*_OF_DEPARTMENTS, *_OF_ELSEWHERE, *_OF_REGISTER, *_OF_RESIDENCE)),
    NoticeKind.TRANSFER_INFO: frozenset((*_OF_DEPARTMENTS, *_OF_ELSEWHERE, *_OF_REGISTER, *_OF_RESIDENCE)),
    NoticeKind.CERTIFICATE_DATA: frozenset((*_OF_DEPARTMENTS, *_OF_ELSEWHERE, "juminhyo_code", "individual_number")),
}
"""Of these alone it is not told: what is none of its items (番号法9条), or never printed at a shop (4.6). What departments wrote does not come back."""

SILENT = frozenset({"sheet_renewal", "sheet_remaking"})
"""改製・再製 tell nobody (domain 2.1)."""
ANOTHER_SHEET = frozenset({"naturalisation", "nationality_acquisition", "nationality_loss"})
"""One sheet is removed and another entered: A, whatever is equal on both."""
ORDERS = frozenset({"member_order", "cancellation", "head_change", "head_ex_officio"})
"""What may change the order of a household alone, which is printed, and of which the model does not know the places."""

EXACTLY = (NoticeKind.IDENTITY_INFO, NoticeKind.MOVE_IN_NOTICE, NoticeKind.MOVE_OUT_CERTIFICATE, NoticeKind.MOVE_OUT_WITHDRAWAL)
"""To whom a notice is owed, and to nobody else."""

Told = dict[NoticeKind, set[str]]
Sheets = Mapping[str, tuple[bool, Items] | None]
"""Of everybody whether they are residents, and what the newest sheet that counts says, with the name of the 世帯主."""


def by_law(filing: Filing, before: Sheets, after: Sheets, cancelled: str = "") -> tuple[Told, Told]:
    """Who must be told what, and who may be. Of a 取消し as of the event that is cancelled (domain 2.1)."""
    must: Told = {kind: set() for kind in NoticeKind}
    may: Told = {kind: set() for kind in NoticeKind}
    if filing.code in SILENT or cancelled in SILENT:
        return must, may
    code_changes, filed = filing.code in ANOTHER_SHEET, {str(m.atena_no) for m in filing.members}
    for no, now in after.items():
        was = before.get(no)
        if _identity(filing, no, was, now):
            must[NoticeKind.IDENTITY_INFO].add(no)
        if filing.code == "domestic_move_in" and filing.text("previous_municipality_code") and _enters(was, now):
            must[NoticeKind.MOVE_IN_NOTICE].add(no)
        for kind, items in MUST.items():
            if _enters(was, now) or _differ(was, now, items):
                must[kind].add(no)
            if no in must[kind] or _differ(was, now, (now[1] if now else {}).keys() - NEVER[kind]) or (code_changes and no in filed):
                may[kind].add(no)
    must[NoticeKind.MOVE_OUT_CERTIFICATE] |= filed if filing.code == "special_move_out" else set()  # for the city that asks (法24条の2)
    must[NoticeKind.MOVE_OUT_WITHDRAWAL] |= {no for no in filed if _left(before, no) and not _left(after, no)} if cancelled == "special_move_out" else set()
    for kind in EXACTLY:
        may[kind] = set(must[kind])
    if "relocation" in (filing.code, cancelled):  # 届出日, 事由 and that they moved within the city may be all that differs
        for kind in (NoticeKind.ATENA, NoticeKind.CERTIFICATE_DATA):
            may[kind] |= filed
    if filing.code in ORDERS:
        may[NoticeKind.CERTIFICATE_DATA] |= filed
    may[NoticeKind.IDENTITY_INFO] |= {no for no, now in after.items() if now and now[0] and _differ(before.get(no), now, SINCE)}
    return must, may


def _identity(filing: Filing, no: str, was: tuple[bool, Items] | None, now: tuple[bool, Items] | None) -> bool:
    lived, lives = was is not None and was[0], now is not None and now[0]
    if lived != lives:
        return True
    if not lived:
        return False
    return _differ(was, now, IDENTITY) or (filing.code in ANOTHER_SHEET and any(m.atena_no == no for m in filing.members))


def _left(sheets: Sheets, no: str) -> bool:
    """Whether they leave or have left; who became 世帯主 by it alone does not."""
    sheet = sheets.get(no)
    return sheet is not None and sheet[1]["closed_on"] is not None


def _enters(was: tuple[bool, Items] | None, now: tuple[bool, Items] | None) -> bool:
    return now is not None and now[0] and not (was is not None and was[0])


def _differ(was: tuple[bool, Items] | None, now: tuple[bool, Items] | None, items: Iterable[str]) -> bool:
    if was is None or now is None:
        return (was is None) != (now is None)
    return any(was[1].get(name) != now[1].get(name) for name in items)


# What the register tells ---------------------------------------------------------------------------------------------------------


def by_register(definition: EventDefinition, filing: Filing, answer: Answer, today: date) -> Told:
    """As commands/notices narrow what the definition declares, by the same pure functions."""
    assert answer.situation is not None
    kinds = {n.kind for n in definition.notices if n.when is None or n.when(answer.situation, filing)}
    told: Told = {kind: set() for kind in NoticeKind}
    coming = iter(answer.newcomers)
    named = [(one.atena_no or next(coming), one) for one in answer.written]
    for no, one in named:
        if not one.replaced and _tells_identity(one, today):
            told[NoticeKind.IDENTITY_INFO].add(no)
            if one.opened:
                told[NoticeKind.MOVE_IN_NOTICE].add(no)
        told[NoticeKind.MOVE_OUT_CERTIFICATE] |= {no} if leaves_specially(one.before, one.after) else set()
        told[NoticeKind.MOVE_OUT_WITHDRAWAL] |= {no} if stays_after_all(one.before, one.after) else set()
    for no, one in _standing(named, today).items():
        before = None if one.opened else one.before
        told[NoticeKind.ATENA] |= {no} if atena_changed(before, one.after, today) else set()
        told[NoticeKind.CERTIFICATE_DATA] |= {no} if certificate_changed(before, one.after) else set()
        told[NoticeKind.TRANSFER_INFO] |= {no} if transfer_changed(before, one.after) else set()
    return {kind: people if kind in kinds else set() for kind, people in told.items()}


def _standing(named: Iterable[tuple[str, Outcome]], today: date) -> dict[str, Outcome]:
    """Of each person the sheet that is open, else the newest."""
    found: dict[str, Outcome] = {}
    for no, one in named:
        if no not in found or is_open(one.after, today) or not is_open(found[no].after, today):
            found[no] = one
    return found


def _tells_identity(one: Outcome, today: date) -> bool:
    """A removal that lies ahead is told on its day; of who was and stays removed nobody is told."""
    before, after = None if one.opened else _as_today(one.before, today), _as_today(one.after, today)
    assert after is not None
    return (before is None or is_open(before, today) or is_open(after, today)) and identity_changed(before, after)


def _as_today(entries: SheetEntries | None, today: date) -> SheetEntries | None:
    return entries.but(closed_on=None) if entries is not None and is_open(entries, today) else entries
