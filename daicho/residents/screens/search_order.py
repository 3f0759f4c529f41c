"""検索結果の並べ替え — the list as it is shown, in the order that serves this visitor. spec/domain.md §2.1.1.

Only what is shown is put in order: who is beyond the fifty is found by one more condition, not by another order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from daicho.residents.queries.search import Hit
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.terms import TermKind, sort_kana, term_key

NEAR = "near"
ORDERS = ((NEAR, "条件に近い順"), ("kana", "フリガナ順"), ("birth", "生年月日順"), ("address", "住所順"))
_NUMBER = re.compile(r"([0-9]+)")


def in_order(hits: Sequence[Hit], order: str) -> list[Hit]:
    """As the search ranked them unless another order is asked; equals stay as ranked."""
    key = {"kana": _by_kana, "birth": _by_birth, "address": _by_address}.get(order)
    return sorted(hits, key=lambda hit: key(hit.entries)) if key else list(hits)


def _by_kana(entries: SheetEntries) -> tuple[str, date]:
    return sort_kana(entries), _by_birth(entries)[0]


def _by_birth(entries: SheetEntries) -> tuple[date, date]:
    return (entries.birth_date.first, entries.birth_date.last) if entries.birth_date else (date.max, date.max)


def _by_address(entries: SheetEntries) -> tuple[tuple[bool, int, str], ...]:
    """花園2丁目 before 花園10丁目: numbers as numbers."""
    key = term_key(TermKind.BUILDING, f"{entries.address or ''}　{entries.address_building or ''}")
    return tuple((part.isdigit(), int(part) if part.isdigit() else 0, part) for part in _NUMBER.split(key))
