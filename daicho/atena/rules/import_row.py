"""取込みの一行 — a row of layouts/atena_person.csv: one person as the register has them, with the number that was given before, if any. S4-01, S4-02."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from daicho.atena.rules.basics import Basics
from daicho.atena.rules.form import LONGEST
from daicho.contracts.layouts import by_code, layout
from daicho.values.dates import BadDate, JapaneseDate
from daicho.values.numbers import AtenaNo, BadNumber, IndividualNumber, IntegratedAtenaNo

NAME = "atena_person"
T = TypeVar("T")


class BadCell(ValueError):
    """A cell that is not what its layout says: the item, and the reason in Japanese, which never holds the value."""

    def __init__(self, item: str, reason: str) -> None:
        super().__init__(reason)
        self.item = item


@dataclass(frozen=True)
class LoadedPerson:
    """One row."""

    integrated_atena_no: str | None
    atena_no: str
    individual_number: str | None
    basics: Basics
    removed_on: date | None
    as_of: datetime


def check_heading(names: Sequence[str]) -> None:
    """ValueError when a column is unknown, or one without which nobody can be taken in is missing."""
    wanted = {name for name, item in layout(NAME).items() if item.required}
    if (unknown := set(names) - set(layout(NAME))) or (missing := wanted - set(names)):
        raise ValueError(f"the heading does not fit layouts/{NAME}.csv: {sorted(unknown or missing)}")


def person_of(row: Mapping[str, str | None]) -> LoadedPerson:
    """One row. Raises BadCell for the first cell that cannot be read."""
    texts = {name: row.get(name) or None for name in layout(NAME)}
    for name, item in layout(NAME).items():
        if item.required and texts[name] is None:
            raise BadCell(name, f"{item.ja}が空欄です。空欄にできない項目です。")
    for name, longest in LONGEST.items():
        if len(texts[name] or "") > longest:
            raise BadCell(name, f"{layout(NAME)[name].ja}が{longest}文字を超えています。")
    if texts["sex_code"] not in by_code("sex"):
        raise BadCell("sex_code", "性別がコード表にありません。layouts/codes.csvのコードで記入してください。")
    birth = _read("birth_date", texts, _japanese, "年月日として読み取れません。YYYYMMDD、又は不詳日の書き方で記入してください。")
    as_of = _read("as_of", texts, _instant, "日時は時差つきのISO 8601の形で記入してください。")
    assert birth is not None and as_of is not None  # required
    return LoadedPerson(
        _read("integrated_atena_no", texts, IntegratedAtenaNo.given_before),
        str(_read("atena_no", texts, AtenaNo.existing)),
        _read("individual_number", texts, IndividualNumber.parse),
        Basics(texts["name"], texts["name_furigana"], birth, str(texts["sex_code"]), texts["address"] or ""),
        _read("removed_on", texts, _day, "年月日はYYYYMMDDの8桁で記入してください。"),
        as_of,
    )


def _read(name: str, texts: Mapping[str, str | None], read: Callable[[str], T], reason: str = "") -> T | None:
    text = texts[name]
    if text is None:
        return None
    try:
        return read(text)
    except BadNumber as bad:
        raise BadCell(name, str(bad)) from None
    except (ValueError, BadDate):
        raise BadCell(name, reason) from None


def _day(text: str) -> date:
    if len(text) != 8 or not text.isdecimal():
        raise ValueError
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _japanese(text: str) -> JapaneseDate:
    return JapaneseDate.of(_day(text)) if len(text) == 8 and text.isdecimal() else JapaneseDate.decode(text)


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError
    return instant
