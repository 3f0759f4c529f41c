"""書かれたとおりか — of people found by the same key, who is written as was typed and who only sounds so. std 2.1.2; 正本は書かれたまま."""

from __future__ import annotations

import re

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.terms import SOURCES

_SPACES = re.compile(r"\s+")
_SELECTORS = re.compile("[\U000e0100-\U000e01ef]")
_NAMES = tuple(dict.fromkeys(name for _, name in SOURCES))


def likeness(typed: str, entries: SheetEntries) -> int:
    """0: one of the names, its 氏 or its 名 is written so; 1: but for the variation selectors; 2: it only counts as the same."""
    said = _SPACES.sub("", typed)
    written = {_SPACES.sub("", part) for name in _NAMES if (text := getattr(entries, name)) for part in (text, *_SPACES.split(text))}
    if said in written:
        return 0
    return 1 if _SELECTORS.sub("", said) in {_SELECTORS.sub("", part) for part in written} else 2
