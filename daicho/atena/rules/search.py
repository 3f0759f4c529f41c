"""検索条件 — what an officer may search the integrated persons by: a number, or 氏名 with another of the 5情報. S4-07; as F-2-03 demands of file (2)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from daicho.values.dates import BadDate, JapaneseDate
from daicho.values.kana import to_katakana
from daicho.values.numbers import AtenaNo, BadNumber, IntegratedAtenaNo
from daicho.values.search_key import BadQuery, SearchKind, expand

_KANA = re.compile(r"[\u30a0-\u30ff\s・ー]+")
TOO_FEW = "条件が足りません。番号を入力するか、氏名（2文字以上）に生年月日又は住所を加えてください。"


@dataclass(frozen=True)
class SearchForm:
    """What was typed, each '' when left empty."""

    integrated_atena_no: str = ""
    affair_code: str = ""
    atena_no: str = ""
    name: str = ""
    birth: str = ""
    address: str = ""
    sex: str = ""


@dataclass(frozen=True)
class SearchKeys:
    """A lawful search: one number, or names (alternatives of the beginning of a name or its reading) with more."""

    integrated_atena_no: str | None = None
    affair: tuple[str, str] | None = None
    """(事務コード, 宛名番号)"""
    names: tuple[str, ...] = ()
    by_reading: bool = False
    birth: JapaneseDate | None = None
    addresses: tuple[str, ...] = ()
    sex: str | None = None


def read_search(form: SearchForm) -> tuple[SearchKeys | None, tuple[tuple[str, str], ...]]:
    """The keys, or every problem as (field, message)."""
    problems: list[tuple[str, str]] = []
    number = _number("integrated_atena_no", form.integrated_atena_no, IntegratedAtenaNo.given_before, problems)
    atena_no = _number("atena_no", form.atena_no, AtenaNo.existing, problems)
    names, by_reading = _names(form.name, problems)
    birth = _birth(form.birth, problems)
    addresses = _expanded("address", form.address, SearchKind.ADDRESS, problems)
    if not problems and not (number or atena_no) and not (max(map(len, names), default=0) >= 2 and (birth or addresses)):
        problems.append(("name", TOO_FEW))
    if problems:
        return None, tuple(problems)
    affair = (form.affair_code, atena_no) if atena_no else None
    return SearchKeys(number, affair, names, by_reading, birth, addresses, form.sex or None), ()


def _names(text: str, problems: list[tuple[str, str]]) -> tuple[tuple[str, ...], bool]:
    kana = to_katakana(text.strip())
    by_reading = bool(kana) and _KANA.fullmatch(kana) is not None
    return _expanded("name", kana if by_reading else text, SearchKind.KANA if by_reading else SearchKind.NAME, problems), by_reading


def _expanded(field: str, text: str, kind: SearchKind, problems: list[tuple[str, str]]) -> tuple[str, ...]:
    if not text.strip():
        return ()
    try:
        keys = expand(text.strip(), kind)
    except BadQuery as bad:
        problems.append((field, str(bad)))
        return ()
    if not keys:
        problems.append((field, "検索できる文字がありません。文字を入力してください。"))
    return keys


def _birth(text: str, problems: list[tuple[str, str]]) -> JapaneseDate | None:
    if not text.strip():
        return None
    try:
        return JapaneseDate.parse(text.strip())
    except BadDate as bad:
        problems.append(("birth", str(bad)))
        return None


def _number(field: str, text: str, read: Callable[[str], str], problems: list[tuple[str, str]]) -> str | None:
    if not text.strip():
        return None
    try:
        return str(read(text))
    except BadNumber as bad:
        problems.append((field, str(bad)))
        return None
