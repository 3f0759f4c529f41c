"""検索の印 — what a sheet says in codes (性別, 続柄, 住所コード, 消除の事由 …, and what is left empty), as marks of its search term. std 2.1.3.

A mark is two letters and a value, without a space: sx1, re妻（未届）, to01203001002, unkana. All marks of a sheet are one term, so that any
combination of them is one look into the index of the grams, whatever the size of the city.
"""

from __future__ import annotations

from collections.abc import Callable

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.vocabulary import (
    DIED,
    ENTRY_CANCELLED,
    FOREIGN,
    LEFT,
    NATIONALITY_LOST,
    NATURALISED,
    REASONS,
    REMADE,
    REMOVALS_EX_OFFICIO,
    RENEWED,
)
from daicho.values.relationship import HEAD

_AS_KEPT = str.maketrans({"(": "（", ")": "）", " ": None, "\u3000": None})


def _is_foreign(entries: SheetEntries) -> bool:
    return entries.resident_kind == FOREIGN


def _no_kana(entries: SheetEntries) -> bool:
    return not (entries.foreign_name_katakana if _is_foreign(entries) else entries.name_kana or entries.search_kana)


UNFILLED: tuple[tuple[str, str, Callable[[SheetEntries], bool]], ...] = (
    ("kana", "氏名のフリガナ", _no_kana),
    ("name", "氏名", lambda e: not (e.foreign_name_alphabet or e.foreign_name_kanji if _is_foreign(e) else e.name_kanji)),
    ("alphabet", "氏名（アルファベット）", lambda e: _is_foreign(e) and not e.foreign_name_alphabet),
    ("former_surname_kana", "旧氏のフリガナ", lambda e: bool(e.former_surname) and not e.former_surname_kana),
    ("alias_kana", "通称のフリガナ", lambda e: bool(e.foreign_alias) and not e.foreign_alias_kana),
    ("birth", "生年月日", lambda e: e.birth_date is None),
    ("sex", "性別", lambda e: not e.sex_code),
    ("relationship", "続柄", lambda e: not e.relationship),
    ("head", "世帯主氏名", lambda e: not e.householder_name),
    ("address", "住所", lambda e: not e.address),
    ("town", "住所コード", lambda e: not e.address_town_code),
    ("building", "方書", lambda e: not e.address_building),
    ("household", "世帯番号", lambda e: not e.household_no),
    ("individual_number", "個人番号", lambda e: e.individual_number is None),
    ("juminhyo_code", "住民票コード", lambda e: e.juminhyo_code is None),
    ("nationality", "国籍・地域", lambda e: _is_foreign(e) and not e.nationality_code),
    ("residence_card_no", "在留カード等の番号", lambda e: _is_foreign(e) and e.residence_card_no is None),
)
"""検索項目のうち未入力にできるもの (N-2.1.3-28): only where something is missing; who has no 旧氏 or 通称 lacks nothing."""

UNFILLED_WORDS = tuple((code, ja) for code, ja, _ in UNFILLED)


_EX_OFFICIO = tuple(reason for reason, ja in REASONS.items() if ja.startswith("職権消除"))
REMOVALS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("left", "転出", tuple(sorted(LEFT))),
    *((reason, f"　{REASONS[reason]}", (reason,)) for reason in REASONS if reason in LEFT),
    (DIED, REASONS[DIED], (DIED,)),
    ("ex_officio", "職権消除", _EX_OFFICIO),
    *((reason, f"　{REASONS[reason]}", (reason,)) for reason in (*(code for code, _ in REMOVALS_EX_OFFICIO), NATURALISED, NATIONALITY_LOST)),
    (RENEWED, REASONS[RENEWED], (RENEWED,)),
    (REMADE, REASONS[REMADE], (REMADE,)),
    (ENTRY_CANCELLED, REASONS[ENTRY_CANCELLED], (ENTRY_CANCELLED,)),
)
"""消除した事由 as they are chosen, and the reasons of the sheet that each stands for (N-2.1.3-17)."""


def marks_of(entries: SheetEntries) -> tuple[str, ...]:
    """All marks of a sheet, in one order."""
    said = (
        ("rk", entries.resident_kind), ("sx", entries.sex_code), ("re", entries.relationship), ("to", entries.address_town_code),
        ("na", entries.nationality_code), ("rr", entries.removal_reason_code),
    )  # fmt: skip
    marks = [mark(kind, value) for kind, value in said if value]
    marks.append("hd1" if entries.relationship == HEAD else "hd0")
    return (*marks, *(f"un{code}" for code, _, is_missing in UNFILLED if is_missing(entries)))


def mark(kind: str, value: str) -> str:
    """A mark of a value as it stands on the sheet, or as it was typed: full parentheses, no spaces (妻(未届) is 妻（未届）, and never 妻)."""
    return kind + value.translate(_AS_KEPT)
