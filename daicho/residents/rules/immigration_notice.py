"""市町村通知・市町村伝達 — whether an event on a foreign resident is told to 入管庁, and under which law. 入管法61条の8の2, 19条の7–9; 特例法10条; std 4.5.7.

It hangs on the sheets alone, so no event declares it: 記載, 消除, and 修正 of 氏名・生年月日・性別・国籍・住居地. Never what rests on a notice
of the Commissioner (`EventDefinition.upon_commissioner_notice`), nor 世帯・続柄, 通称, 保険の資格 (domain §2.1 E).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from daicho.contracts.immigration_notice_v1 import ImmigrationNoticeV1
from daicho.contracts.layouts import by_code, code_list
from daicho.residents.rules.definitions import Basis
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.fold import is_open
from daicho.residents.rules.identity_info import address_in_full
from daicho.residents.rules.vocabulary import FOREIGN, LEFT, MID_TO_LONG_TERM, SPECIAL_PERMANENT
from daicho.values.dates import JapaneseDate, juki_date_code

RESIDENCE = ("address", "address_building")
TOLD = ("foreign_name_alphabet", "foreign_name_kanji", "name_kanji", "birth_date", "sex_code", "nationality_code", *RESIDENCE)
"""The items whose 修正 is told."""
OF_IMMIGRATION_LAW = ("residence_notified_date", "special_permanent_cert_issued_date")
"""住居地の届出 and 特別永住者証明書の交付: transmitted though the 住民票 says nothing else by them."""
BOTH, IMMIGRATION, JUKI = "both", "immigration", "juki"
ENTRY, REMOVAL, CORRECTION, NOTIFICATION = "entry", "removal", "correction", "notification"
_WITH_CARD = (MID_TO_LONG_TERM, SPECIAL_PERMANENT)

Row = tuple[SheetEntries | None, SheetEntries]
"""A sheet before and after the event, as it was written."""


@dataclass(frozen=True)
class Duty:
    """What is to be told of one person: `law` and `effect` are identifiers of layouts/codes.csv, lists immigration_law and immigration_effect."""

    law: str
    effect: str
    before: SheetEntries | None
    after: SheetEntries


def duty_of(rows: Sequence[Row], basis: Basis, day: date) -> Duty | None:
    """What the rows that an event wrote of one person make due on a day. Judged by how the person stands as a foreign resident before and

    after, over all their sheets: 帰化 closes one and opens another, 改製 opens one that says the same.
    """
    was = next((row for row in rows if row[0] is not None and _lives_here(row[0], day)), None)
    after = next((row[1] for row in rows if _lives_here(row[1], day)), None)
    before = was[0] if was else None
    if after is None:
        return Duty(JUKI, REMOVAL, before, was[1]) if was else None
    if before is None:
        return Duty(_law(after, basis), ENTRY, None, after)
    changed = _changed(TOLD, before, after)
    if changed:
        return Duty(_law(after, basis) if set(changed) & set(RESIDENCE) else JUKI, CORRECTION, before, after)
    if _changed(OF_IMMIGRATION_LAW, before, after):
        return Duty(IMMIGRATION, NOTIFICATION, before, after)
    return None


def _lives_here(entries: SheetEntries, day: date) -> bool:
    return entries.resident_kind == FOREIGN and is_open(entries, day)


def _changed(names: Sequence[str], before: SheetEntries, after: SheetEntries) -> list[str]:
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def _law(entries: SheetEntries, basis: Basis) -> str:
    """A 届出 of the 住所 by who holds a card is the 住居地届出 too (入管法19条の7第3項, 19条の9第3項; 特例法10条第5項)."""
    return BOTH if basis is Basis.FILING and entries.article_30_45_class_code in _WITH_CARD else JUKI


@dataclass(frozen=True)
class Source:
    """Where a notice comes from: the event, and under which number it is sent."""

    control_no: str
    municipality_code: str
    reason: str
    event_date: JapaneseDate
    recorded_on: date
    filed_on: date | None


def immigration_notice(duty: Duty, source: Source, card_no: str | None) -> ImmigrationNoticeV1:
    """The message: how the sheet stands (of a 消除: stood), and of a 修正 what stood there before."""
    e, who = duty.after, _who(duty.after)
    was = _who(duty.before) if duty.effect == CORRECTION and duty.before else who
    former = {name: text for name in _Who._fields if (text := getattr(was, name)) != getattr(who, name)}
    return ImmigrationNoticeV1(
        request_control_no=source.control_no,
        municipality_code=source.municipality_code,
        law_code=code_list("immigration_law")[duty.law].code,
        effect_code=code_list("immigration_effect")[duty.effect].code,
        event_reason=source.reason,
        event_date=juki_date_code(source.event_date),
        recorded_on=source.recorded_on,
        filed_on=source.filed_on,
        class_code=e.article_30_45_class_code,
        card_no=card_no,
        name_alphabet=who.name_alphabet,
        name_kanji=who.name_kanji,
        birth_date=who.birth_date,
        sex_code=who.sex_code,
        nationality=who.nationality,
        address=who.address,
        residence_notified_on=source.filed_on if duty.law == BOTH else e.residence_notified_date,
        certificate_issued_on=e.special_permanent_cert_issued_date,
        former_name_alphabet=former.get("name_alphabet"),
        former_name_kanji=former.get("name_kanji"),
        former_birth_date=former.get("birth_date"),
        former_sex_code=former.get("sex_code"),
        former_nationality=former.get("nationality"),
        former_address=former.get("address"),
        moved_to=_moved_to(e) if duty.effect == REMOVAL else None,
        resend_of=None,
    )


class _Who(NamedTuple):
    """The items of a person, as a message has them."""

    name_alphabet: str | None
    name_kanji: str | None
    birth_date: str
    sex_code: str
    nationality: str | None
    address: str


def _who(e: SheetEntries) -> _Who:
    return _Who(
        e.foreign_name_alphabet,
        e.foreign_name_kanji or e.name_kanji,
        juki_date_code(e.birth_date) if e.birth_date else "00000000",
        e.sex_code or "9",
        e.nationality_code,
        address_in_full(e.address, e.address_building),
    )


def _moved_to(e: SheetEntries) -> str | None:
    if e.removal_reason_code not in LEFT:
        return None
    return address_in_full(e.planned_move_out_address, e.planned_move_out_building) or None


def kind_ja(law_code: str) -> str:
    """市町村通知, 市町村伝達, or both."""
    return by_code("immigration_law")[law_code].group
