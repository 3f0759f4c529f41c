"""検索条件 — by what file (2) may be searched, and by what never. 住民基本台帳法第30条の6; F-2-03, F-3-03.

住民票コード or 個人番号 alone; or two of the person's items, 性別 not counted: 氏名 with 住所, 氏名 with 生年月日. Whether 住所 with
生年月日 is enough the assessment does not say: the city's dated setting does, and says no at first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from daicho.juki_net.rules.layouts import by_code
from daicho.values.dates import BadDate, JapaneseDate
from daicho.values.kana import to_katakana
from daicho.values.numbers import BadNumber, IndividualNumber, JuminhyoCode
from daicho.values.search_key import BadQuery, SearchKind, expand, search_key

T = TypeVar("T")


class Key(StrEnum):
    """What a search is made by."""

    CODE = "juminhyo_code"
    NUMBER = "individual_number"
    NAME = "name"
    ADDRESS = "address"
    BIRTH = "birth"
    SEX = "sex"


LABELS: Mapping[Key, str] = {
    Key.CODE: "住民票コード",
    Key.NUMBER: "個人番号",
    Key.NAME: "氏名",
    Key.ADDRESS: "住所",
    Key.BIRTH: "生年月日",
    Key.SEX: "性別",
}
NUMBERS = frozenset({Key.CODE, Key.NUMBER})
LEAST_LETTERS = 2  # of a 氏名 or 住所 that counts (F-2-03: one character does not)
_LETTERS = ("L", "N")  # Unicode categories: neither a mark, nor a space, nor a wildcard of any program
_TEXTS = {Key.NAME: SearchKind.NAME, Key.ADDRESS: SearchKind.ADDRESS}
_WILDCARDS = re.compile("[*?%_＊？％＿]")
_KANA = re.compile("[ァ-ヺー・\u3000]+")
_ROMAN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚÀ-ɏ,.'\s\u3000-]+")


@dataclass(frozen=True)
class SearchForm:
    """What was typed, each "" when left empty."""

    juminhyo_code: str = ""
    individual_number: str = ""
    name: str = ""
    address: str = ""
    birth: str = ""
    sex: str = ""


@dataclass(frozen=True)
class SearchLaw:
    """What the city's dated settings say."""

    address_and_birth: bool


@dataclass(frozen=True)
class SearchProblem:
    """`refuses`: the search was refused for what it was made by (it goes on record); else something is written wrongly."""

    field: str
    message: str
    refuses: bool = False


@dataclass(frozen=True)
class SearchKeys:
    """A lawful search. `name` and `address` are keys of which one must stand at the beginning; (kind, key) for a name."""

    juminhyo_code: str | None = None
    individual_number: str | None = None
    name: tuple[tuple[SearchKind, str], ...] = ()
    address: tuple[str, ...] = ()
    birth: JapaneseDate | None = None
    sex: str | None = None


def given_keys(form: SearchForm) -> frozenset[Key]:
    """The keys that count: a 氏名 or 住所 of which the search would keep less than two letters is none, whatever else stands there."""
    return frozenset(
        key for key in Key if (text := getattr(form, key).strip()) and (key not in _TEXTS or _letters(search_key(text, _TEXTS[key])) >= LEAST_LETTERS)
    )


def refusal(given: frozenset[Key], law: SearchLaw) -> str | None:
    """Why these keys may not be searched by, or None. The one table of F-2-03."""
    counted = given - {Key.SEX}
    if counted & NUMBERS:
        if len(given) == 1:
            return None
        return "番号で検索するときは、住民票コードか個人番号の一つだけを入力し、ほかの条件は消してください。"
    if Key.NAME in counted and counted & {Key.ADDRESS, Key.BIRTH}:
        return None
    if counted == {Key.ADDRESS, Key.BIRTH}:
        return None if law.address_and_birth else "住所と生年月日だけでは検索できません。氏名を加えてください（性別を除く2情報以上。評価書）。"
    return (
        f"条件が足りません。氏名（{LEAST_LETTERS}文字以上）に、住所（{LEAST_LETTERS}文字以上）か生年月日を加えてください。"
        "性別は数えません。番号なら、住民票コードか個人番号の一つだけで検索できます（評価書）。"
    )


def read_search(form: SearchForm, law: SearchLaw) -> tuple[SearchKeys, tuple[SearchProblem, ...]]:
    """The keys, and every problem. With a problem the keys must not be used."""
    given = given_keys(form)
    if why := refusal(given, law):
        field = next((key for key in (Key.CODE, Key.NUMBER) if key in given), Key.NAME)
        return SearchKeys(), (SearchProblem(field, why, refuses=True),)
    problems: list[SearchProblem] = []
    keys = SearchKeys(
        juminhyo_code=_read(Key.CODE, form.juminhyo_code, JuminhyoCode.parse, problems),
        individual_number=_read(Key.NUMBER, form.individual_number, IndividualNumber.parse, problems),
        name=_read(Key.NAME, form.name, _name_keys, problems) or (),
        address=_read(Key.ADDRESS, form.address, _address_keys, problems) or (),
        birth=_read(Key.BIRTH, form.birth, JapaneseDate.parse, problems),
        sex=_read(Key.SEX, form.sex, _sex, problems),
    )
    return keys, tuple(problems)


def _letters(key: str) -> int:
    return sum(unicodedata.category(character).startswith(_LETTERS) for character in key)


def _read(key: Key, text: str, read: Callable[[str], T], problems: list[SearchProblem]) -> T | None:
    text = text.strip()
    if not text:
        return None
    try:
        return read(text)
    except (BadNumber, BadDate, BadQuery) as bad:
        problems.append(SearchProblem(key, str(bad)))
        return None


def _name_keys(text: str) -> tuple[tuple[SearchKind, str], ...]:
    """Kana is looked for among the furigana and among names that are written in kana."""
    _no_wildcards(text)
    kana = to_katakana(text)
    if _KANA.fullmatch(kana):
        return tuple((kind, key) for kind in (SearchKind.KANA, SearchKind.NAME) for key in expand(kana, kind))
    kind = SearchKind.ROMAN if _ROMAN.fullmatch(text) else SearchKind.NAME
    return tuple((kind, key) for key in expand(text, kind))


def _address_keys(text: str) -> tuple[str, ...]:
    _no_wildcards(text)
    return expand(text, SearchKind.ADDRESS)


def _no_wildcards(text: str) -> None:
    if _WILDCARDS.search(text):
        raise BadQuery("「＊」「？」「％」「＿」は検索に使えません。はじめの文字から入力してください。")


def _sex(text: str) -> str:
    if text not in by_code("sex"):
        raise BadQuery("性別がコード表にありません。選択し直してください。")
    return text
