"""もしかして — which slips of the fingers and ears a search forgives, when nothing was found as it was typed. std 2.1.2; decision 0035.

In a name: one character wrong, missing or too many, or two neighbours changed about. In a day of birth: one digit wrong, two
neighbours changed about, month for day, another era. Never both at once, never in a number (its check digit tells), never in an address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from daicho.residents.rules.search_keys import KANA_QUERY, ROMAN_TERMS, SearchKeys
from daicho.residents.rules.terms import TermKind
from daicho.values import eras
from daicho.values.eras import Era
from daicho.values.search_key import DASHES, Match, SearchKind, expand, like_pattern, query_grams

SHORTEST = 3
"""Of two characters with one of them wrong, nothing is left to go by."""
LONGEST = 60  # of a longer name there are too many ways to go wrong for one search
FEW, _DIGITS = 10, 70
"""Ways of a slip such as two neighbours changed about; of one wrong digit among eight."""
_KEYS = 4  # alternatives of チ, ジ … that are looked at
ANY = "\ufffc"  # stands for a character that is not known; no key holds it
_ANY_U = f"{ANY}ウ"
_KANA = (TermKind.NAME_KANA, TermKind.ALIAS_KANA)
_KANJI = (TermKind.NAME_KANJI, TermKind.ALIAS)
_UNHEARD = re.compile(rf"[\s・{re.escape(DASHES)}\U000e0100-\U000e01ef]+")


@dataclass(frozen=True)
class Slips:
    """Whom a name with one slip may mean: the kinds of term, LIKE patterns of their keys, and for each the grams it cannot do without.

    `of_parts`: 氏 or 名 alone may be meant. `keys`: what was typed, which is no slip.
    """

    kinds: tuple[TermKind, ...]
    patterns: tuple[str, ...]
    grams: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...]
    of_parts: bool


def name_slips(keys: SearchKeys) -> Slips | None:
    """Of the name that was typed; None when it is too short, or asked for exactly."""
    words = keys.name
    said = _said(keys)
    if words is None or not SHORTEST <= len(said) <= LONGEST:
        return None
    is_roman, is_kana = words.kinds == ROMAN_TERMS, words.kinds == KANA_QUERY
    if is_roman:
        near = [*_near(said), *_one_word_near(words.keys[0])]
    else:
        kind = SearchKind.KANA if is_kana else SearchKind.NAME
        near = [key for one in _near(said) for key in _heard(one, kind)]
    near = [one for one in near if len(one.replace(ANY, "")) >= SHORTEST - 1]  # sound marks that stand alone are not heard
    if not near:
        return None
    grams = dict.fromkeys(found for one in near if (found := _grams_of(one)))
    patterns = tuple(dict.fromkeys(like_pattern(one, Match.EXACT).replace(ANY, "_") for one in near))
    kinds = ROMAN_TERMS if is_roman else _KANA if is_kana else _KANJI
    return Slips(kinds, patterns, _least(tuple(grams)), words.keys, of_parts=not words.crosses)


def _said(keys: SearchKeys) -> str:
    """The name in which a slip is looked for; "" when there is none, or it was asked for exactly."""
    return "" if keys.name is None or keys.match is Match.EXACT else _UNHEARD.sub("", keys.name.typed)


def _heard(near: str, kind: SearchKind) -> list[str]:
    """The keys of a text with a slip: it is heard after it was slipped (サウト for サトウ). An ウ behind who knows what may be a long オ."""
    keys = list(islice(expand(near, kind), _KEYS))
    return keys + [key.replace(_ANY_U, f"{ANY}オ") for key in keys if _ANY_U in key]


def _near(key: str) -> list[str]:
    """The keys one slip away."""
    cuts = range(len(key))
    wrong = [key[:at] + ANY + key[at + 1 :] for at in cuts]
    missing = [key[:at] + ANY + key[at:] for at in range(len(key) + 1)]
    too_many = [key[:at] + key[at + 1 :] for at in cuts]
    return [*wrong, *missing, *too_many, *changed_about(key)]


def changed_about(text: str) -> list[str]:
    """The text with two neighbours changed about, which are not the same."""
    return [text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(len(text) - 1) if text[at] != text[at + 1]]


def _one_word_near(key: str) -> list[str]:
    """ローマ字 with a slip in one of several words, in whatever order; where the alphabet then puts it nobody knows."""
    words, found = key.split(" "), []
    for at, word in enumerate(words if len(words) > 1 else ()):
        others = words[:at] + words[at + 1 :]
        for near in _near(word) if len(word) >= SHORTEST else ():
            found += [" ".join([*others[:place], near, *others[place:]]) for place in range(len(others) + 1)]
    return found


def _grams_of(near: str) -> tuple[str, ...]:
    """What a key must hold to be this one."""
    parts = [part for part in re.split(f"[{ANY} ]", near) if part]
    longest = max(map(len, parts))
    return tuple(dict.fromkeys(gram for part in parts if len(part) > 1 or longest == 1 for gram in query_grams(part)))


def _least(grams: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Without those whom another, which asks for less, brings as well."""
    sets = [frozenset(one) for one in grams]
    return tuple(one for at, one in enumerate(grams) if not any(other < sets[at] for other in sets))


def birth_slips(keys: SearchKeys) -> Mapping[date, int]:
    """The days that the day typed may have been meant for, each with the ways that such a slip has; none when no day was typed."""
    typed, day = (keys.birth.begin, keys.birth.day) if keys.birth else (None, None)
    if typed is None or day is None:
        return {}
    era = eras.known().by_code.get(typed.parts.era) or eras.known().on(day)  # 昭和 typed as 平成 names a day of 令和 or of no era yet
    said = [(_of(day.year, day.day, day.month), FEW), *_digits_near(f"{day.year:04}", day, 0)]
    if era is not None:
        year = day.year - era.year_before_first
        said += [one for one in _digits_near(f"{year:02}", day, era.year_before_first) if _is_in(era, one[0])]
        said += [(found, FEW) for other in eras.known().all if _is_in(other, found := _of(year + other.year_before_first, day.month, day.day))]
    by_ways = sorted(said, key=lambda one: -one[1])  # a day that two slips lead to is of the one with fewer ways
    return {found: ways for found, ways in by_ways if found is not None and found != day}


def _digits_near(year: str, day: date, before_first: int) -> list[tuple[date | None, int]]:
    """年月日 as digits with two neighbours changed about, or one of them wrong; with the ways of each."""
    text = f"{year}{day.month:02}{day.day:02}"
    wrong = (text[:at] + digit + text[at + 1 :] for at in range(len(text)) for digit in "0123456789")
    said = [(one, FEW) for one in changed_about(text)] + [(one, _DIGITS) for one in wrong]
    return [(_of(int(one[:-4]) + before_first, int(one[-4:-2]), int(one[-2:])), ways) for one, ways in said]


def _is_in(era: Era, day: date | None) -> bool:
    """昭和84年 was never meant."""
    return day is not None and era.first_day <= day <= eras.known().last_day(era)


def _of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def may_slip(keys: SearchKeys) -> bool:
    """Whether there is something to try beside what was typed."""
    has_day = keys.birth is not None and keys.birth.day is not None
    return keys.name is not None and not keys.is_numbered and (has_day or len(_said(keys)) >= SHORTEST)
