"""もしかして — which slips of the fingers and ears a search forgives, when nothing was found as it was typed. std 2.1.2; decision 0035.

In a name: one character wrong, missing or too many, or two neighbours changed about. In a day of birth: one digit wrong, two
neighbours changed about, month for day, another era. Never both at once, never in a number (its check digit tells), never in an address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from daicho.residents.rules.search_keys import KANA_QUERY, ROMAN_TERMS, SearchKeys
from daicho.residents.rules.terms import TermKind
from daicho.values import eras
from daicho.values.search_key import Match, like_pattern, query_grams

SHORTEST = 3
"""Of two characters with one of them wrong, nothing is left to go by."""
_KEYS = 4  # alternatives of チ, ジ … that are looked at
ANY = "\ufffc"  # stands for a character that is not known; no key holds it
_KANA = (TermKind.NAME_KANA, TermKind.ALIAS_KANA)
_KANJI = (TermKind.NAME_KANJI, TermKind.ALIAS)


@dataclass(frozen=True)
class Slips:
    """Whom a name with one slip may mean: the kinds of term, LIKE patterns of their whole keys, 氏 or 名, and for each the grams it cannot do without."""

    kinds: tuple[TermKind, ...]
    patterns: tuple[str, ...]
    grams: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...]


def name_slips(keys: SearchKeys) -> Slips | None:
    """Of the name that was typed; None when it is too short, or asked for exactly."""
    words = keys.name
    if words is None or keys.match is Match.EXACT:
        return None
    typed = [key for key in words.keys[:_KEYS] if len(key.replace(" ", "")) >= SHORTEST]
    near = [one for key in typed for one in (_roman(key) if words.kinds == ROMAN_TERMS else _near(key))]
    if not near:
        return None
    kinds = ROMAN_TERMS if words.kinds == ROMAN_TERMS else _KANA if words.kinds == KANA_QUERY else _KANJI
    grams = dict.fromkeys(found for one in near if (found := _grams_of(one)))
    return Slips(kinds, tuple(dict.fromkeys(map(_like, near))), _least(tuple(grams)), words.keys)


def _near(key: str) -> list[str]:
    """The keys one slip away."""
    cuts = range(len(key))
    wrong = [key[:at] + ANY + key[at + 1 :] for at in cuts]
    missing = [key[:at] + ANY + key[at:] for at in range(len(key) + 1)]
    too_many = [key[:at] + key[at + 1 :] for at in cuts]
    changed = [key[:at] + key[at + 1] + key[at] + key[at + 2 :] for at in cuts[:-1] if key[at] != key[at + 1]]
    return [*wrong, *missing, *too_many, *changed]


def _roman(key: str) -> list[str]:
    """One word of several with a slip; where the alphabet then puts it nobody knows."""
    words, found = key.split(" "), []
    for at, word in enumerate(words):
        others = words[:at] + words[at + 1 :]
        for near in _near(word) if len(word) >= SHORTEST else ():
            found += [" ".join([*others[:place], near, *others[place:]]) for place in range(len(others) + 1)]
    return found


def _like(near: str) -> str:
    return like_pattern(near, Match.EXACT).replace(ANY, "_")


def _grams_of(near: str) -> tuple[str, ...]:
    """What a key must hold to be this one."""
    parts = [part for part in re.split(f"[{ANY} ]", near) if part]
    longest = max(map(len, parts))
    return tuple(dict.fromkeys(gram for part in parts if len(part) > 1 or longest == 1 for gram in query_grams(part)))


def _least(grams: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Without those whom another, which asks for less, brings as well."""
    sets = [frozenset(one) for one in grams]
    return tuple(one for at, one in enumerate(grams) if not any(other < sets[at] for other in sets))


def birth_slips(keys: SearchKeys) -> tuple[date, ...]:
    """The days that the day typed may have been meant for; () when no day was typed."""
    typed, day = (keys.birth.begin, keys.birth.day) if keys.birth else (None, None)
    if typed is None or day is None:
        return ()
    era = eras.known().by_code.get(typed.parts.era) or eras.known().on(day)  # 昭和 typed as 平成 names a day of 令和 or of no era yet
    said = [_of(day.year, day.day, day.month), *_digits_near(f"{day.year:04}", day, 0)]
    if era is not None:
        year = day.year - era.year_before_first
        said += [
            *_digits_near(f"{year:02}", day, era.year_before_first),
            *(_of(year + other.year_before_first, day.month, day.day) for other in eras.known().all),
        ]
    return tuple(sorted({found for found in said if found is not None and found != day}))


def _digits_near(year: str, day: date, before_first: int) -> list[date | None]:
    """年月日 as digits with one of them wrong, or two neighbours changed about."""
    text = f"{year}{day.month:02}{day.day:02}"
    wrong = [text[:at] + digit + text[at + 1 :] for at in range(len(text)) for digit in "0123456789" if digit != text[at]]
    changed = [text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(len(text) - 1)]
    return [_of(int(one[:-4]) + before_first, int(one[-4:-2]), int(one[-2:])) for one in (*wrong, *changed)]


def _of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def may_slip(keys: SearchKeys) -> bool:
    """Whether there is something to try beside what was typed."""
    return keys.name is not None and (name_slips(keys) is not None or bool(birth_slips(keys)))
