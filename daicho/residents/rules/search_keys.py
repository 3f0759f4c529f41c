"""検索条件 — what a clerk may search by, and how what was typed is read. std 2.1.1–2.1.3; spec/domain.md §2.1.1, §13.

Lawful: any key alone, and any of them together; 現存・除票 only narrows what another key finds. (Two keys are asked of 本人確認情報 in
juki_net, F-2-03, not here.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import islice, product

from daicho.residents.rules.search_birth import BirthAsked, read_birth
from daicho.residents.rules.search_marks import REMOVALS, mark
from daicho.residents.rules.terms import TermKind
from daicho.values.dates import BadDate
from daicho.values.kana import to_katakana
from daicho.values.numbers import AtenaNo, BadNumber, HouseholdNo, IndividualNumber, JuminhyoCode, ResidenceCardNo
from daicho.values.search_key import DASHES, BadQuery, Match, SearchKind, after_o, expand, search_words

KANA_TERMS = (TermKind.NAME_KANA, TermKind.FORMER_SURNAME_KANA, TermKind.ALIAS_KANA)
NAME_TERMS = (TermKind.NAME_KANJI, TermKind.FORMER_SURNAME, TermKind.ALIAS)
KANA_QUERY = (*KANA_TERMS, *NAME_TERMS)
"""A name may itself be written in kana, and have no reading beside it."""
ROMAN_TERMS = (TermKind.ALPHABET,)
ADDRESS_TERMS = (TermKind.ADDRESS, TermKind.BUILDING)

_ALL_KANA = re.compile(rf"(?=.*[ァ-ヺ])[\u30a0-\u30ff\s・{re.escape(DASHES)}]+")  # whatever stands for the long mark (N-2.1.2-11)
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_ROMAN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚÀ-ɏ,.'\s-]+")
OPEN, CLOSED = "open", "closed"
STANDINGS = ((OPEN, "現存"), (CLOSED, "除票"))
HEADS = (("1", "世帯主"), ("0", "世帯主でない人"))
_TOWN_CODE = re.compile(r"[0-9]{11}")
_MOST_VARIANTS = 64

Variants = Mapping[str, tuple[str, ...]]
"""Of a character those that a city's own table holds equal to it (外字の異体字, N-2.1.2-15)."""


@dataclass(frozen=True)
class SearchForm:
    """What was typed into the search form, each '' when left empty."""

    name: str = ""
    match: str = Match.PART  # of the name: a part, or exactly
    birth: str = ""
    sex: str = ""
    address: str = ""
    town_code: str = ""
    relationship: str = ""
    is_head: str = ""
    resident_kind: str = ""
    nationality: str = ""
    standing: str = ""
    removal_reason: str = ""
    unfilled: str = ""
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
    typed: str = ""  # of a name what was typed: kana as katakana, ローマ字 as one word


@dataclass(frozen=True)
class SearchKeys:
    """The keys of a lawful search."""

    name: Words | None = None
    birth: BirthAsked | None = None
    address: Words | None = None
    marks: tuple[tuple[str, ...], ...] = ()  # of the same sheet; of each key one of its alternatives
    standing: str = ""
    atena_no: str | None = None
    household_no: str | None = None
    numbers: tuple[tuple[str, str], ...] = ()  # (entry, number in the clear)
    match: Match = Match.PART
    used: tuple[str, ...] = ()
    """The names of the keys, never their values."""

    @property
    def is_numbered(self) -> bool:
        """Whether a number leaves few."""
        return bool(self.atena_no or self.household_no or self.numbers)


def read_search(form: SearchForm, nationalities: tuple[str, ...] = (), variants: Variants | None = None) -> tuple[SearchKeys, tuple[tuple[str, str], ...]]:
    """The keys, and every problem as (field, message). With a problem the keys must not be used.

    `nationalities`: the codes of what was typed as one, by the city's table.
    """
    problems: list[tuple[str, str]] = []
    name = _words("name", form.name, problems, variants=variants)
    address = _words("address", form.address, problems, address=True, variants=variants)
    keys = SearchKeys(
        name=name, birth=_birth(form.birth, problems), address=address, marks=_marks(form, nationalities, problems),
        standing=form.standing or (CLOSED if form.removal_reason else ""),
        atena_no=_number("atena_no", form.atena_no, AtenaNo.existing, problems), household_no=_number("household_no", form.household_no, HouseholdNo.existing, problems),
        numbers=_numbers(form, problems), match=Match.EXACT if form.match == Match.EXACT else Match.PART, used=_used(form),
    )  # fmt: skip
    problems += _together(form, keys) if not problems else []
    return keys, tuple(problems)


def _together(form: SearchForm, keys: SearchKeys) -> list[tuple[str, str]]:
    """What cannot be asked alone, or not together."""
    if not (keys.name or keys.birth or keys.address or keys.marks or keys.is_numbered):
        return [("name", "検索する条件を一つ以上入力してください。「状態」だけでは検索できません。")]
    if form.removal_reason and form.standing == OPEN:
        return [("removal_reason", "消除した事由で探せるのは除票です。「状態」の「現存」を外してください。")]
    if keys.address and not (keys.name or (keys.birth and keys.birth.is_within_a_year) or keys.is_numbered) and max(map(len, keys.address.keys)) < 2:
        return [("address", "住所・方書は2文字以上で入力してください（例：緑1丁目）。ほかの条件と合わせれば1文字でも検索できます。")]
    return []


def _used(form: SearchForm) -> tuple[str, ...]:
    typed = {name for name, value in vars(form).items() if value and name != "match"}
    return tuple(sorted(typed | ({"exact"} if form.name and form.match == Match.EXACT else set())))


def _marks(form: SearchForm, nationalities: tuple[str, ...], problems: list[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """The keys that a sheet answers by its marks."""
    town = form.town_code.translate(_NARROW).strip().replace("-", "")
    if town and not _TOWN_CODE.fullmatch(town):
        problems.append(("town_code", "住所コードは11桁の数字で入力してください（例：01203001002）。"))
    said = (
        ("sx", form.sex), ("re", form.relationship), ("hd", form.is_head), ("to", town), ("rk", form.resident_kind), ("un", form.unfilled),
    )  # fmt: skip
    marks: list[tuple[str, ...]] = [(mark(kind, value),) for kind, value in said if value.strip()]
    marks += [tuple(mark("rr", reason) for reason in reasons) for code, _, reasons in REMOVALS if code == form.removal_reason]
    if form.nationality.strip():
        marks.append(tuple(mark("na", value) for value in dict.fromkeys((*nationalities, form.nationality.strip()))))
    return tuple(marks)


def _numbers(form: SearchForm, problems: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """在留カード番号 and 特別永住者証明書番号 are one entry (item 108) and have one form."""
    read = (
        ("juminhyo_code", form.juminhyo_code, JuminhyoCode.parse),
        ("individual_number", form.individual_number, IndividualNumber.parse),
        ("residence_card_no", form.residence_card_no, ResidenceCardNo.parse),
    )
    return tuple((entry, value) for entry, text, parse in read if (value := _number(entry, text, parse, problems)))


def _words(field: str, text: str, problems: list[tuple[str, str]], *, address: bool = False, variants: Variants | None = None) -> Words | None:
    text = text.strip()
    if not text:
        return None
    try:
        words = _alternatives(text, address, variants or {})
    except BadQuery as bad:
        problems.append((field, str(bad)))
        return None
    if not words.keys:  # nothing but marks
        problems.append((field, f"「{text}」には検索できる文字がありません。文字を入力してください。"))
        return None
    return words


def _alternatives(text: str, address: bool, variants: Variants) -> Words:
    """The words of what was typed, and of what the city's own table holds equal to it."""
    first, *others = islice(product(*((c, *variants.get(c, ())) for c in text)), _MOST_VARIANTS)
    words = Words(ADDRESS_TERMS, expand("".join(first), SearchKind.ADDRESS)) if address else _name_words("".join(first))
    kind = SearchKind.ADDRESS if address else SearchKind.NAME
    more = (key for other in others for key in expand("".join(other), kind))
    return replace(words, keys=tuple(dict.fromkeys((*words.keys, *more)))) if others else words


def _name_words(text: str) -> Words:
    kana = to_katakana(text)
    crosses = len(text.split()) > 1
    if _ALL_KANA.fullmatch(kana):
        keys = expand(kana, SearchKind.KANA)
        return Words(KANA_QUERY, keys, crosses, tuple(inner for key in keys if (inner := after_o(key))), kana)
    if _ROMAN.fullmatch(text):
        joined = "".join(search_words(text))
        return Words(ROMAN_TERMS, tuple(dict.fromkeys((*expand(text, SearchKind.ROMAN), joined))), typed=joined)
    return Words(NAME_TERMS, expand(text, SearchKind.NAME), crosses, typed=text)


def _birth(text: str, problems: list[tuple[str, str]]) -> BirthAsked | None:
    try:
        return read_birth(text) if text.strip() else None
    except BadDate as bad:
        problems.append(("birth", str(bad)))
        return None


def _number(field: str, text: str, parse: Callable[[str], str], problems: list[tuple[str, str]]) -> str | None:
    if not text.strip():
        return None
    try:
        return str(parse(text))
    except BadNumber as bad:
        problems.append((field, str(bad)))
        return None
