"""検索履歴 — the conditions an officer searched by, newest first, as many as the city keeps. std 2.1.1 (N-2.1.1-01…-03).

個人番号, 住民票コード and the numbers of cards are never among them: that one was searched by is said, not which.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

NUMBERS = frozenset({"individual_number", "juminhyo_code", "residence_card_no"})
NUMBER = "（番号）"


@dataclass(frozen=True)
class Search:
    """One search: its number within the officer's history, when and for which visit it was made last, and what was typed, by field."""

    no: int
    at: str
    visit_no: str
    words: Mapping[str, str]

    @property
    def needs_number(self) -> bool:
        """Whether it was by a number, which has to be typed again."""
        return bool(NUMBERS & self.words.keys())

    @property
    def words_kept(self) -> dict[str, str]:
        """What fills the form again."""
        return {name: text for name, text in self.words.items() if name not in NUMBERS}


History = tuple[Search, ...]
"""Newest first."""


def remembered(history: History, typed: Mapping[str, str], visit_no: str, at: str, most: int) -> History:
    """The history after a search. The same conditions again come to the top under their own number; beyond `most` the oldest go."""
    words = {name: NUMBER if name in NUMBERS else text for name, text in sorted(typed.items()) if text}
    again = next((search for search in history if search.words == words), None)
    no = again.no if again else max((search.no for search in history), default=0) + 1
    return (Search(no, at, visit_no, words), *(search for search in history if search is not again))[:most]


def to_bytes(history: Sequence[Search]) -> bytes:
    return json.dumps([asdict(search) for search in history], ensure_ascii=False, separators=(",", ":")).encode()


def from_bytes(data: bytes) -> History:
    return tuple(Search(**search) for search in json.loads(data))
