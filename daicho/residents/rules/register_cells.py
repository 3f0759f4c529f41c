"""様式の値 — one cell of file (1) to the value it stands for, and back, character for character. C-07.

Days stand as YYYYMMDD, uncertain ones in the code of values.dates (`R7-03-09`, `season:R2/spring`), where a plain YYYYMMDD is
read too; a flag is 1 or 0; a group is JSON; numbers stand in digits. An empty cell is 空欄.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache, lru_cache

from daicho.residents.rules.entries import Kind, canonical_group
from daicho.residents.rules.register_layout import Item
from daicho.residents.rules.writings import Written, written
from daicho.values.dates import BadDate, JapaneseDate
from daicho.values.kana import to_katakana
from daicho.values.numbers import BadNumber, BasicPensionNo, IndividualNumber, JuminhyoCode, ResidenceCardNo, SignCertificateSerial, UserCertificateSerial
from daicho.values.relationship import BadRelationship, Relationship


class BadCell(ValueError):
    """A cell that is not what its layout says. The message is the reason in Japanese and never holds the value."""


_REMEMBERED = 8_192  # of a kind of column
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_KANA = re.compile("[ァ-ヺー・ヽヾ \u3000]+")
_DAY = re.compile("[0-9]{8}")
_DIGITS = re.compile("[0-9]+")
_INT = re.compile("-?[0-9]{1,9}")
_CODES = {"sex_code": ("1", "2"), "resident_kind": ("1", "2"), "article_30_45_class_code": ("1", "2", "3", "4", "5", "6")}
_NUMBERS: dict[str, Callable[[str], str]] = {
    "juminhyo_code": JuminhyoCode.parse,
    "individual_number": IndividualNumber.parse,
    "residence_card_no": ResidenceCardNo.parse,
    "basic_pension_number": BasicPensionNo.parse,
    "user_certificate_serial": UserCertificateSerial.parse,
    "sign_certificate_serial": SignCertificateSerial.parse,
}


Reader = Callable[[str], Written]
"""Reads a filled cell of a column, or raises BadCell."""


def readers(columns: Sequence[Item]) -> list[Reader]:
    """The readers of a file's columns. Numbers come out as their digits, without writings: what is written is their reference.

    A register repeats itself, so what stood in columns of a kind lately is remembered; but no numbers, which are to lie in the
    vault alone.
    """
    limited, remembering = cache(_limited), cache(lambda read: lru_cache(maxsize=_REMEMBERED)(lambda cell: written(read(cell))))

    def reader(item: Item) -> Reader:
        if item.is_computed:
            return _not_taken_in
        if item.kind is Kind.NUMBER:
            return _number_reader(_NUMBERS[item.name])
        return remembering(limited(_plain_reader(item), item.max_length))

    return [reader(item) for item in columns]


def _plain_reader(item: Item) -> Callable[[str], object]:
    if item.name == "relationship":
        return _relationship
    return _code_reader(_CODES[item.identifier]) if item.identifier in _CODES else _READERS[item.type]


def _not_taken_in(cell: str) -> Written:
    return None, "", ""


def _limited(read: Callable[[str], object], longest: int | None) -> Callable[[str], object]:
    if longest is None or read in (_day, _flag, _int):  # these have a form of their own
        return read

    def limited(cell: str) -> object:
        if len(cell) > longest:
            raise BadCell(f"{longest}文字を超えています。")
        return read(cell)

    return limited


def _code_reader(codes: tuple[str, ...]) -> Callable[[str], object]:
    def read(cell: str) -> object:
        if cell not in codes:
            raise BadCell(f"コードが様式の値（{'、'.join(codes)}）にありません。")
        return cell

    return read


def _number_reader(parse: Callable[[str], str]) -> Reader:
    def read(cell: str) -> Written:
        try:
            number = str(parse(cell))
        except BadNumber as bad:
            raise BadCell(str(bad)) from None
        if number != cell:
            raise BadCell("半角の数字（英字は大文字）だけで、区切りなしに記入してください。")
        return number, "", ""

    return read


def _relationship(cell: str) -> object:
    try:
        word = str(Relationship.parse(cell))
    except BadRelationship:
        raise BadCell("続柄が標準の語彙にありません。置き換える語を決めてください（標準仕様書1.1.11）。") from None
    if word != cell:
        raise BadCell("続柄の表記が標準と違います。標準の表記に置き換えてください（標準仕様書1.1.11）。")
    return word


def _text(cell: str) -> object:
    if _CONTROL.search(cell):
        raise BadCell("制御文字が含まれています。取り除いてください。")
    return cell


def _kana(cell: str) -> object:
    if not _KANA.fullmatch(cell):
        hint = "ひらがなはカタカナにしてください。" if _KANA.fullmatch(to_katakana(cell)) else ""
        raise BadCell(f"カタカナでない文字があります。{hint}")
    return cell


def _digits(cell: str) -> object:
    if not _DIGITS.fullmatch(cell):
        raise BadCell("半角数字でない文字があります。")
    return cell


def _day(cell: str) -> date:
    if not _DAY.fullmatch(cell):
        raise BadCell("年月日はYYYYMMDDの8桁で記入してください。")
    try:
        return date(int(cell[:4]), int(cell[4:6]), int(cell[6:]))
    except ValueError:
        raise BadCell("暦にない年月日です。") from None


def _uncertain_day(cell: str) -> object:
    try:
        return JapaneseDate.of(_day(cell)) if _DAY.fullmatch(cell) else JapaneseDate.decode(cell)
    except BadDate:
        raise BadCell("年月日として読み取れません。YYYYMMDD、又は不詳日の符号で記入してください。") from None


def _flag(cell: str) -> object:
    if cell not in ("0", "1"):
        raise BadCell("1か0で記入してください。")
    return cell == "1"


def _int(cell: str) -> object:
    if not _INT.fullmatch(cell):
        raise BadCell("整数で記入してください。")
    return int(cell)


def _group(cell: str) -> object:
    try:
        return canonical_group(json.loads(cell))
    except ValueError:
        raise BadCell("JSONとして読み取れません。") from None


def _timestamp(cell: str) -> object:
    try:
        moment = datetime.fromisoformat(cell)
    except ValueError:
        raise BadCell("日時はISO 8601の形で記入してください。") from None
    if moment.tzinfo is None:
        raise BadCell("日時に時差（+09:00など）がありません。")
    return moment


_READERS: dict[str, Callable[[str], object]] = {
    "string": _text, "text": _text, "code": _text, "kana": _kana, "digits": _digits, "date": _day, "uncertain_date": _uncertain_day,
    "flag": _flag, "int": _int, "group": _group, "timestamp": _timestamp,
}  # fmt: skip


def cell_of(value: object) -> str:
    """A value as its cell; '' for 空欄. The inverse of the readers (a group is text already)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, JapaneseDate):
        return value.encode()
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.strftime("%Y%m%d") if value.year >= 1000 else f"{value.year:04}{value.month:02}{value.day:02}"
    return str(value)
