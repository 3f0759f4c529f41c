"""書かれたとおりか — of people found by the same key, who is written as was typed and who only sounds so. std 2.1.2; 正本は書かれたまま."""

from __future__ import annotations

import re
from collections.abc import Iterator

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.terms import SOURCES, TermKind

_SPACES = re.compile(r"\s+")
_SELECTORS = re.compile("[\U000e0100-\U000e01ef]")


def written_names(entries: SheetEntries) -> Iterator[tuple[TermKind, str]]:
    """Each name of a sheet as it is written, and its 氏 and 名 alone."""
    for kind, name in SOURCES:
        if text := getattr(entries, name):
            yield from ((kind, part) for part in dict.fromkeys((text, *_SPACES.split(text))))


def joined(text: str) -> str:
    """Without its spaces."""
    return _SPACES.sub("", text)


def likeness(typed: str, entries: SheetEntries) -> int:
    """0: one of the names, its 氏 or its 名 is written so; 1: but for the variation selectors; 2: it only counts as the same."""
    said, written = joined(typed), {joined(part) for _, part in written_names(entries)}
    if said in written:
        return 0
    return 1 if _SELECTORS.sub("", said) in {_SELECTORS.sub("", part) for part in written} else 2
