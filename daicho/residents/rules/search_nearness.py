"""もしかしての順 — of those one slip away, to whom the slip that was made points. std 2.1.2; decision 0035.

The fewer ways a slip has, the more each of them says: of a name of eight characters any of eight can be left out, but each can be wrong in some
eighty ways. So whoever lacks one (タガ for タガミ) comes before whoever has another (タガ for タバ), and both before those in whom sounds must be
folded as well (タガ for タナカ).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.search_keys import SearchKeys
from daicho.residents.rules.search_likeness import joined, written_names
from daicho.residents.rules.search_slips import FEW, birth_slips
from daicho.residents.rules.terms import term_key

_NEAR, _MANY, _MORE = 60, 600, 1_000_000
"""Ways of a wrong character of the same row or column of the 五十音, of any other or one too many, and of more slips than one."""
_TRUST = (1, 4, 20)
"""Names that are alike as written say most, less those that are but for their spaces, least those that only sound alike."""
_SOUNDS = ("アイウエオ", "カキクケコ", "サシスセソ", "タチツテト", "ナニヌネノ", "ハヒフヘホ", "マミムメモ", "ヤ\0ユ\0ヨ", "ラリルレロ", "ワヰ\0ヱヲ")
_SMALL = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")


def ways_apart(keys: SearchKeys) -> Callable[[SheetEntries], int]:
    """For a sheet, the number of ways in which what was typed may have come of it: 1 when it is as was typed, the nearest have the fewest."""
    typed = () if keys.name is None else tuple(zip((keys.name.typed, joined(keys.name.typed), joined(keys.name.keys[0])), _TRUST, strict=True))
    days = birth_slips(keys)

    def of_sheet(entries: SheetEntries) -> int:
        names = [ways_between(said, meant) * trust for name in _names(entries) for (said, trust), meant in zip(typed, name, strict=True)]
        born = entries.birth_date
        return min(names, default=1) * (days.get(born.first, 1) if born and born.is_certain else 1)

    return of_sheet


def _names(entries: SheetEntries) -> Iterator[tuple[str, str, str]]:
    """Each name of a sheet, its 氏 and its 名, as they are compared: as written, without spaces, as the key."""
    return ((part, joined(part), joined(term_key(kind, part))) for kind, part in written_names(entries))


def ways_between(typed: str, meant: str) -> int:
    """The ways of the slip that makes the one of the other."""
    begin = _alike(typed, meant)
    end = min(_alike(typed[::-1], meant[::-1]), len(typed) - begin, len(meant) - begin)
    wrong, right = typed[begin : len(typed) - end], meant[begin : len(meant) - end]
    match len(wrong), len(right):
        case 0, 0:
            return 1
        case 0, 1:
            return FEW
        case 1, 0:
            return FEW if typed[begin - 1 : begin] == wrong else _MANY
        case 1, 1:
            return _NEAR if _are_near(wrong, right) else _MANY
        case 2, 2 if wrong == right[::-1]:
            return FEW
        case _:
            return _MORE


def _alike(one: str, other: str) -> int:
    """How many characters are the same from the beginning."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _are_near(one: str, other: str) -> bool:
    here, there = _place(one), _place(other)
    return here is not None and there is not None and (here[0] == there[0] or here[1] == there[1])


def _place(kana: str) -> tuple[int, int] | None:
    """Row and column in the 五十音, whether voiced, small or neither; None of another character."""
    plain = unicodedata.normalize("NFD", kana)[0].translate(_SMALL)
    return next(((row, sounds.index(plain)) for row, sounds in enumerate(_SOUNDS) if plain in sounds), None)
