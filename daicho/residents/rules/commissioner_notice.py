"""長官通知の照らし合わせ — what a notice of the Commissioner would change of a sheet, and the filing it is entered by. 住民基本台帳法第30条の50; std 4.5.6."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from daicho.contracts.commissioner_notice_v1 import CommissionerNoticeV1
from daicho.contracts.layouts import by_code
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.events.residence_ended import RESIDENCE_ENDED
from daicho.residents.rules.events.residence_status_changed import RESIDENCE_STATUS_CHANGED
from daicho.residents.rules.residence import with_former_class_gone
from daicho.residents.rules.vocabulary import SPECIAL_PERMANENT
from daicho.values.dates import JapaneseDate, seireki, wareki

CARD = "residence_card_no"
_ITEMS: Mapping[str, str] = {
    "article_30_45_class_code": "class_code",
    "residence_status_code": "residence_status",
    "residence_period": "residence_period",
    "residence_expiry_date": "residence_expiry_on",
    CARD: "card_no",
    "foreign_name_alphabet": "name_alphabet",
    "foreign_name_kanji": "name_kanji",
    "birth_date": "birth_date",
    "sex_code": "sex_code",
    "nationality_code": "nationality",
}
"""Entry of the sheet → item of the notice."""


def is_ending(notice: CommissionerNoticeV1) -> bool:
    return by_code("commissioner_ground")[notice.ground_code].identifier == "ended"


def is_automatic(notice: CommissionerNoticeV1) -> bool:
    """特別永住者 are not taken in by themselves (N-4.5.6-04)."""
    return notice.class_code != SPECIAL_PERMANENT


def event_code_of(notice: CommissionerNoticeV1) -> str:
    return RESIDENCE_ENDED.code if is_ending(notice) else RESIDENCE_STATUS_CHANGED.code


def is_well_formed(notice: CommissionerNoticeV1) -> bool:
    """Whether its codes are in the lists, and 生年月日 is one."""
    born = notice.birth_date is None or day_of_digits(notice.birth_date) is not None
    return notice.ground_code in by_code("commissioner_ground") and notice.class_code in by_code("article_30_45") and born


def day_of_digits(digits: str) -> JapaneseDate | None:
    """A day of eight digits, such as 生年月日; None where a part of it is unknown (0): the clerk writes it as the paper has it."""
    try:
        return JapaneseDate.of(date.fromisoformat(digits), western=True)
    except ValueError:
        return None


def texts_of(notice: CommissionerNoticeV1) -> tuple[dict[str, str], dict[str, str]]:
    """(the filing's fields, the person's fields) as a clerk would have typed them."""
    filing = {"effective_on": wareki(notice.effective_on), "filed_on": wareki(notice.notice_date)}
    if is_ending(notice):
        return filing, {}
    values = {entry: getattr(notice, item) for entry, item in _ITEMS.items()}
    return filing, {entry: _typed(entry, value) for entry, value in values.items() if value is not None}


def _typed(entry: str, value: object) -> str:
    if entry == "birth_date":
        born = day_of_digits(str(value))
        return born.seireki() if born else ""
    return seireki(value) if isinstance(value, date) else str(value)


@dataclass(frozen=True)
class Line:
    """One entry of the 処理結果確認票: before and after, as the sheet has it; `entry` names it."""

    entry: str
    before: SheetEntries
    after: SheetEntries


def lines_of(notice: CommissionerNoticeV1, entries: SheetEntries, card: int | None) -> tuple[Line, ...]:
    """変更前・変更後 of every entry that the notice changes (N-4.5.6-05). `card`: reference of the number it tells; of an ending, the 消除."""
    if is_ending(notice):
        return (Line("closed_on", entries, entries.but(closed_on=notice.effective_on)),)
    values = {entry: getattr(notice, item) for entry, item in _ITEMS.items()} | {CARD: card}
    values["birth_date"] = day_of_digits(notice.birth_date) if notice.birth_date else None
    said = with_former_class_gone({name: value for name, value in values.items() if value is not None}, entries)
    after = entries.but(**said)
    return tuple(Line(name, entries, after) for name in said if getattr(entries, name) != getattr(after, name))
