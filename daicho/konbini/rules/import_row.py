"""取込みの一行 — a row of layouts/certificate_data.csv as the register would have told it. S5-01."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path

from daicho.contracts.certificate_data_v1 import CertifiedEntries, CertifiedPerson
from daicho.values.dates import BadDate, JapaneseDate
from daicho.values.numbers import BadNumber, UserCertificateSerial

_LAYOUT = Path(__file__).resolve().parents[3] / "layouts" / "certificate_data.csv"
_ENTRIES = tuple(field.name for field in fields(CertifiedEntries))


class BadCell(ValueError):
    """A cell that is not what its layout says: the item, and the reason in Japanese, which never holds the value."""

    def __init__(self, item: str, reason: str) -> None:
        super().__init__(reason)
        self.item = item


@cache
def layout() -> Mapping[str, Mapping[str, str]]:
    """The layout's rows by identifier."""
    with _LAYOUT.open(encoding="utf-8", newline="") as file:
        return {row["identifier"]: row for row in csv.DictReader(file)}


def check_heading(names: Sequence[str]) -> None:
    """ValueError when a column is unknown, or one without which nobody can be taken in is missing."""
    wanted = {name for name, item in layout().items() if item["required"] == "yes"}
    if (unknown := set(names) - set(layout())) or (missing := wanted - set(names)):
        raise ValueError(f"the heading does not fit layouts/certificate_data.csv: {sorted(unknown or missing)}")


def person_of(row: Mapping[str, str | None]) -> CertifiedPerson:
    """One row. Raises BadCell for the first cell that cannot be read."""
    said = {name: _cell(name, row.get(name) or "") for name in layout()}
    entries = None
    if said["resident_kind"] is not None:
        entries = CertifiedEntries(**{name: said[name] for name in _ENTRIES if name != "unprintable"}, unprintable=_words(said["unprintable"]))  # type: ignore[arg-type]  # typed by the layout
    return CertifiedPerson(
        **{name: said[name] for name in ("atena_no", "history_no", "household_no", "order_in_household", "closes_on", "is_prohibited")},  # type: ignore[arg-type]  # as above
        user_certificate_serial=_serial(said["user_certificate_serial"]),
        entries=entries,
    )


def _cell(name: str, text: str) -> object:
    item = layout()[name]
    if not text:
        if item["required"] == "yes":
            raise BadCell(name, f"{item['item_ja']}が空欄です。空欄にできない項目です。")
        return None
    if item["max_length"] and len(text) > int(item["max_length"]):
        raise BadCell(name, f"{item['item_ja']}が{item['max_length']}文字を超えています。")
    try:
        return _READERS[item["type"]](text)
    except (ValueError, BadDate):
        raise BadCell(name, f"{item['item_ja']}を読み取れません。{_FORMS[item['type']]}で記入してください。") from None


def _digits(text: str) -> str:
    if not re.fullmatch("[0-9]+", text):
        raise ValueError
    return text


def _int(text: str) -> int:
    return int(_digits(text))


def _flag(text: str) -> bool:
    return {"1": True, "0": False}[text] if text in ("0", "1") else _bad()


def _bad() -> bool:
    raise ValueError


def _day(text: str) -> date:
    if len(_digits(text)) != 8:
        raise ValueError
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _uncertain_day(text: str) -> str:
    """As the contract has it: `JapaneseDate.encode()`."""
    return (JapaneseDate.of(_day(text)) if re.fullmatch("[0-9]{8}", text) else JapaneseDate.decode(text)).encode()


def _code(text: str) -> str:
    if not text.isascii() or not text.isalnum():
        raise ValueError
    return text


_READERS: Mapping[str, Callable[[str], object]] = {
    "string": str, "digits": _digits, "int": _int, "flag": _flag, "date": _day, "uncertain_date": _uncertain_day, "code": _code,
}  # fmt: skip
_FORMS = {
    "string": "文字", "digits": "半角数字", "int": "半角数字", "flag": "1又は0", "date": "YYYYMMDDの8桁", "uncertain_date": "YYYYMMDD、又は不詳日の符号",
    "code": "半角英数字",
}  # fmt: skip


def _words(text: object) -> tuple[str, ...]:
    return tuple(sorted(str(text).split())) if text else ()


def _serial(text: object) -> str | None:
    try:
        return str(UserCertificateSerial.parse(str(text))) if text else None
    except BadNumber as bad:
        raise BadCell("user_certificate_serial", str(bad)) from None
