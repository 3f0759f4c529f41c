"""検索キー — how a name or an address is written so that a lenient search finds it. 標準2.1.2 (N-2.1.2-*), spec/domain.md 6.

Registration is exact and only the search is lenient: what is stored and printed never passes through here. SQL has no
normaliser of its own; the key, its grams and the alternatives of a query come from this module alone. Whenever the
result for any text changes, SEARCH_KEY_VERSION is raised and the search terms are rebuilt.

Two rules of the standard cannot be one key, because they are not transitive: ヂ is ジ, and ジ is シ (清濁), and ヂ is チ, but
シ is not チ. A stored ヂ or ヅ therefore stays in its key, and `expand` writes the alternatives of a *query*:
チ → チ ヂ, ジ → シ ヂ, ヂ → ヂ チ シ, and so for ツ ズ ヅ.

A city's own characters (外字) are found by their 異体字 when the caller lays the city's table over the text first:
`search_key(text.translate(table), kind)` (N-2.1.2-15).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import lru_cache
from itertools import islice, product

from daicho.values.search_fold import DASHES, LONG_O_ROW, SearchKind, fold_address, fold_kana, fold_name, fold_roman, kanji_numeral, plain_width

__all__ = [
    "DASHES",
    "LONG_O_ROW",
    "SEARCH_KEY_VERSION",
    "BadQuery",
    "Match",
    "SearchKind",
    "after_o",
    "expand",
    "grams",
    "like_pattern",
    "query_grams",
    "search_key",
]

SEARCH_KEY_VERSION = 1
"""Kept beside each stored key; raised with every change of the folding or of variants.csv."""

MAX_ALTERNATIVES = 256
"""A query with more alternatives is refused rather than answered in part. ツヅキ チヅコ has 36."""


class BadQuery(ValueError):
    """A query that cannot be searched for; `str()` is the Japanese message."""


class Match(StrEnum):
    """一致のしかた (N-2.1.2-05, N-2.1.2-06)."""

    EXACT = "exact"
    PREFIX = "prefix"
    PART = "part"


_FOLDS: dict[str, Callable[[str], str]] = {
    SearchKind.KANA: fold_kana,
    SearchKind.NAME: fold_name,
    SearchKind.ROMAN: fold_roman,
    SearchKind.ADDRESS: fold_address,
}


@lru_cache(maxsize=262_144)
def search_key(text: str, kind: SearchKind) -> str:
    """The key of a stored text; '' for a text that holds nothing to search for. Idempotent."""
    return _FOLDS[kind](text)


# The 1+2-grams of a key, for the GIN column ---------------------------------------------------------------------------


def grams(key: str) -> tuple[str, ...]:
    """Every character and every pair of neighbours of a key, each once, in order: the content of the GIN column."""
    return tuple(dict.fromkeys([*key, *map(str.__add__, key, islice(key, 1, None))]))


def query_grams(key: str) -> tuple[str, ...]:
    """The grams that a stored key must hold to contain this one: its pairs, or the single character.

    A necessary condition, not a sufficient one: the caller adds LIKE with `like_pattern`. Pairs across a space (ローマ字)
    are left out, because other words may stand between. An empty key gives no grams: the caller must not search for it.
    """
    found: dict[str, None] = {}
    for word in key.split(" "):
        found.update(dict.fromkeys(map(str.__add__, word, islice(word, 1, None)) if len(word) > 1 else word))
    return tuple(found)


_LIKE_SPECIAL = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


def like_pattern(key: str, how: Match) -> str:
    """The LIKE pattern (escape character \\) of a key of a query. In ローマ字, other words may stand between two words."""
    if how is Match.EXACT:
        return key.translate(_LIKE_SPECIAL)
    body = "%".join(word.translate(_LIKE_SPECIAL) for word in key.split(" "))
    return f"{body}%" if how is Match.PREFIX else f"%{body}%"


# Queries --------------------------------------------------------------------------------------------------------------

_SYMBOLS = re.compile(r"[㈱㈲㈳㈵㈶㍿]|[(（][株有社財合資][)）]")
_VOICED_ALTERNATIVES = {
    "チ": ("チ", "ヂ"), "ジ": ("シ", "ヂ"), "ヂ": ("ヂ", "チ", "シ"),
    "ツ": ("ツ", "ヅ"), "ッ": ("ツ", "ヅ"), "ズ": ("ス", "ヅ"), "ヅ": ("ヅ", "ツ", "ス"),
}  # fmt: skip
_TRAILING_NUMERAL = re.compile(r"[〇一二三四五六七八九十]+$")


def expand(query_text: str, kind: SearchKind) -> tuple[str, ...]:
    """The keys to look for when a clerk enters `query_text`: search_key() of it first, then what else is held equal.

    Raises BadQuery for （株） and the like (N-2.1.2-17) and for a text with too many alternatives.
    """
    if _SYMBOLS.search(query_text):
        raise BadQuery("「（株）」「㈱」「（有）」などの記号は検索に使えません。記号を除いて入力してください。")
    if kind == SearchKind.ROMAN:
        found: Iterable[str] = _roman_alternatives(search_words(query_text))
    elif kind == SearchKind.ADDRESS:
        found = _address_alternatives(query_text)
    else:
        found = _kana_alternatives(query_text, kind)
    return tuple(key for key in dict.fromkeys((search_key(query_text, kind), *found)) if key)


_LEADING_U = re.compile("ウ+(?=.)")


def after_o(key: str) -> str | None:
    """How the key of a query that begins with ウ stands behind an オ段 within a stored key: ウヘイ as オヘイ, in コウヘイ (N-2.1.2-09).

    None when it does not begin so. At the beginning of a name ウ stays ウ: ウエダ is not オエダ.
    """
    leading = _LEADING_U.match(key)
    return "オ" * len(leading.group()) + key[leading.end() :] if leading else None


def _kana_alternatives(text: str, kind: SearchKind) -> list[str]:
    """Replaces チジヂツズヅ by all that they may be. The alternatives are themselves kana which the fold leaves alone."""
    characters = [_VOICED_ALTERNATIVES.get(c, (c,)) for c in plain_width(text)]
    count = 1
    for alternatives in characters:
        count *= len(alternatives)
    if count > MAX_ALTERNATIVES:
        raise BadQuery("「チ・ジ・ヂ・ツ・ズ・ヅ」が多いため検索できません。氏と名を分けるなど、文字を減らして入力してください。")
    return [search_key("".join(choice), kind) for choice in product(*characters)] if count > 1 else []


def _address_alternatives(text: str) -> list[str]:
    """花園二 also as 花園2-: a numeral at the end may be the beginning of 二丁目."""
    text = text.rstrip(" \u3000")
    trailing = _TRAILING_NUMERAL.search(text)
    return [search_key(text[: trailing.start()] + str(kanji_numeral(trailing.group())), SearchKind.ADDRESS)] if trailing else []


def search_words(text: str) -> list[str]:
    """The words of a ローマ字 name as entered, folded."""
    return [word for part in plain_width(text).split() for word in fold_roman(part).split()]


def _roman_alternatives(words: list[str]) -> list[str]:
    """Other divisions into words: neighbours written together, and one word divided (ZHANGYULIN = ZHANG YULIN)."""
    divisions: list[list[str]] = []
    for joined in product((False, True), repeat=min(len(words), 6) - 1) if len(words) > 1 else ():
        division = words[:1]
        for word, with_previous in zip(words[1:], joined, strict=False):
            division = [*division[:-1], division[-1] + word] if with_previous else [*division, word]
        divisions.append(division + words[len(joined) + 1 :])
    for place, word in enumerate(words):
        divisions += [[*words[:place], word[:cut], word[cut:], *words[place + 1 :]] for cut in range(1, len(word))]
    return [" ".join(sorted(division)) for division in divisions]
