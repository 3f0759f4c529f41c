"""検索条件 — what a clerk may search by, and how what was typed is read. std 2.1.1–2.1.3; spec/domain.md §2.1.1.

Lawful: two keys, or a name or kana alone, or 宛名番号, 世帯番号, or a number by right. Never the sex or an address alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from daicho.residents.rules.terms import TermKind
from daicho.values import eras
from daicho.values.dates import BadDate, JapaneseDate
from daicho.values.kana import to_katakana
from daicho.values.numbers import AtenaNo, BadNumber, HouseholdNo, IndividualNumber, JuminhyoCode, ResidenceCardNo
from daicho.values.search_key import DASHES, BadQuery, Match, SearchKind, after_o, expand

KANA_TERMS = (TermKind.NAME_KANA, TermKind.FORMER_SURNAME_KANA, TermKind.ALIAS_KANA)
NAME_TERMS = (TermKind.NAME_KANJI, TermKind.FORMER_SURNAME, TermKind.ALIAS)
KANA_QUERY = (*KANA_TERMS, *NAME_TERMS)
"""A name may itself be written in kana, and have no reading beside it."""
ROMAN_TERMS = (TermKind.ALPHABET,)
ADDRESS_TERMS = (TermKind.ADDRESS, TermKind.BUILDING)

_ALL_KANA = re.compile(rf"(?=.*[ァ-ヺ])[\u30a0-\u30ff\s・{re.escape(DASHES)}]+")  # whatever stands for the long mark (N-2.1.2-11)
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_ROMAN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚÀ-ɏ,.'\s-]+")


@dataclass(frozen=True)
class SearchForm:
    """What was typed into the search form, each '' when left empty."""

    name: str = ""
    match: str = Match.PART  # of the name: a part, or exactly
    birth: str = ""
    sex: str = ""
    address: str = ""
    atena_no: str = ""
    household_no: str = ""
    juminhyo_code: str = ""
    individual_number: str = ""
    residence_card_no: str = ""


@dataclass(frozen=True)
class Words:
    """Alternatives of one typed text: the kinds of term they may be found under, and the keys."""

    kinds: tuple[TermKind, ...]
    keys: tuple[str, ...]
    crosses: bool = True  # from 氏 into 名: only who typed a space between them, or all of both, means that
    after_o: tuple[str, ...] = ()  # keys that count within a name only, behind an オ段


@dataclass(frozen=True)
class SearchKeys:
    """The keys of a lawful search."""

    name: Words | None = None
    birth: JapaneseDate | None = None
    sex: str | None = None
    address: Words | None = None
    atena_no: str | None = None
    household_no: str | None = None
    numbers: tuple[tuple[str, str], ...] = ()  # (entry, number in the clear)
    match: Match = Match.PART


def read_search(form: SearchForm) -> tuple[SearchKeys, tuple[tuple[str, str], ...]]:
    """The keys, and every problem as (field, message). With a problem the keys must not be used."""
    problems: list[tuple[str, str]] = []
    name = _words("name", form.name, problems)
    address = _words("address", form.address, problems, address=True)
    birth = _birth(form.birth, problems)
    atena_no = _number("atena_no", form.atena_no, AtenaNo.existing, problems)
    household_no = _number("household_no", form.household_no, HouseholdNo.existing, problems)
    numbers = tuple(
        (entry, value)
        for entry, text, parse in (
            ("juminhyo_code", form.juminhyo_code, JuminhyoCode.parse),
            ("individual_number", form.individual_number, IndividualNumber.parse),
            ("residence_card_no", form.residence_card_no, ResidenceCardNo.parse),
        )
        if (value := _number(entry, text, parse, problems))
    )
    keys = SearchKeys(name, birth, form.sex or None, address, atena_no, household_no, numbers, Match.EXACT if form.match == Match.EXACT else Match.PART)
    if not problems and not _lawful(keys):
        problems.append(("name", "条件が足りません。氏名（2文字以上）かフリガナ、または生年月日と住所など2つの条件、または番号を入力してください。"))
    return keys, tuple(problems)


def _lawful(keys: SearchKeys) -> bool:
    if keys.atena_no or keys.household_no or keys.numbers:
        return True
    if keys.name and (SearchKind.KANA in _kinds(keys.name) or max(map(len, keys.name.keys), default=0) >= 2):
        return True
    return sum(1 for key in (keys.name, keys.birth, keys.address) if key) >= 2


def _kinds(words: Words) -> set[SearchKind]:
    return {SearchKind.KANA} if words.kinds == KANA_QUERY else {SearchKind.NAME}


def _words(field: str, text: str, problems: list[tuple[str, str]], *, address: bool = False) -> Words | None:
    text = text.strip()
    if not text:
        return None
    try:
        words = Words(ADDRESS_TERMS, expand(text, SearchKind.ADDRESS)) if address else _name_words(text)
    except BadQuery as bad:
        problems.append((field, str(bad)))
        return None
    if not words.keys:  # nothing but marks
        problems.append((field, f"「{text}」には検索できる文字がありません。文字を入力してください。"))
        return None
    return words


def _name_words(text: str) -> Words:
    kana = to_katakana(text)
    crosses = len(text.split()) > 1
    if _ALL_KANA.fullmatch(kana):
        keys = expand(kana, SearchKind.KANA)
        return Words(KANA_QUERY, keys, crosses, tuple(inner for key in keys if (inner := after_o(key))))
    if _ROMAN.fullmatch(text):
        return Words(ROMAN_TERMS, expand(text, SearchKind.ROMAN))
    return Words(NAME_TERMS, expand(text, SearchKind.NAME), crosses)


def _birth(text: str, problems: list[tuple[str, str]]) -> JapaneseDate | None:
    try:
        return days_asked(text) if text.strip() else None
    except BadDate as bad:
        problems.append(("birth", str(bad)))
        return None


def days_asked(text: str) -> JapaneseDate:
    """A day, or a whole year or month: 昭和55年, S55, 1980年, 昭和55年3月, S55.3, 1980-03 (std 2.1.3: 西暦 and 和暦 alike). BadDate for anything else."""
    text = text.strip()
    try:
        return JapaneseDate.parse(text)
    except BadDate:
        for typed in _spans(text):
            with suppress(BadDate):
                return JapaneseDate.parse(typed)
        raise


def _spans(text: str) -> tuple[str, ...]:
    """The text as a year or month of which the rest is unknown, in the words that a date of the register has for it."""
    known = eras.known()
    found = _year_month(known).fullmatch(text.translate(_NARROW).upper())
    if found is None:
        return ()
    written, year, month = found.groups()
    said = f"{known.by_written[written].name if written else ''}{year}年"
    return (f"{said}{int(month)}月 日不詳",) if month else (f"{said} 月日不詳",)


@lru_cache(maxsize=2)
def _year_month(known: eras.Eras) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, known.by_written), key=len, reverse=True))
    return re.compile(rf"({names})?(元|\d{{1,4}})(?:年?|(?:年|[./-])(\d{{1,2}})月?)", re.ASCII)


def _number(field: str, text: str, parse: Callable[[str], str], problems: list[tuple[str, str]]) -> str | None:
    if not text.strip():
        return None
    try:
        return str(parse(text))
    except BadNumber as bad:
        problems.append((field, str(bad)))
        return None
