"""改ざん防止用紙の出納 — the numbered sheets that certificates are printed on: where each is, what may become of it, what is left. domain §4.2; decision 0052.

A sheet comes into the city once, and from then on is taken from where it was by one move at a time: so a number is used once, and whatever is neither
in use nor destroyed is in the store, at a terminal, or known to be missing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

MOST_AT_ONCE = 100_000
"""Sheets of one entry: more is a slip of the keys."""


class Where(StrEnum):
    """Where a sheet is, or what became of it."""

    STORE = "store"
    TERMINAL = "terminal"
    USED = "used"
    SPOILED = "spoiled"
    GONE = "gone"
    LOST = "lost"


class Kind(StrEnum):
    """入庫 … 発見: what is done with sheets."""

    RECEIVE = "receive"
    HAND_OUT = "hand_out"
    GIVE_BACK = "give_back"
    USE = "use"
    SPOIL = "spoil"
    SHRED = "shred"
    DISCARD = "discard"
    LOSE = "lose"
    FIND = "find"


@dataclass(frozen=True)
class Move:
    """What a kind asks for: from where sheets can be taken, where they are afterwards, and what must be said. `by_two`: another officer was there, and says so."""

    ja: str
    taken_from: frozenset[Where]
    leads_to: Where
    needs_reason: bool = False
    needs_proof: bool = False
    by_two: bool = False


MOVES = {
    Kind.RECEIVE: Move("入庫", frozenset(), Where.STORE, by_two=True),
    Kind.HAND_OUT: Move("払出し", frozenset({Where.STORE}), Where.TERMINAL),
    Kind.GIVE_BACK: Move("返却", frozenset({Where.TERMINAL}), Where.STORE),
    Kind.USE: Move("使用", frozenset({Where.TERMINAL}), Where.USED),
    Kind.SPOIL: Move("書損・紙詰まり", frozenset({Where.TERMINAL, Where.USED}), Where.SPOILED, needs_reason=True),
    Kind.SHRED: Move("書損紙の裁断", frozenset({Where.SPOILED}), Where.GONE, by_two=True),
    Kind.DISCARD: Move("未使用紙の廃棄", frozenset({Where.STORE}), Where.GONE, needs_reason=True, needs_proof=True, by_two=True),
    Kind.LOSE: Move("亡失", frozenset({Where.STORE, Where.TERMINAL}), Where.LOST, needs_reason=True, by_two=True),
    Kind.FIND: Move("発見", frozenset({Where.LOST}), Where.STORE, needs_reason=True),
}


class Unreadable(ValueError):
    """What was typed is no number of a sheet; `str()` says so to the clerk."""


@dataclass(frozen=True, order=True)
class Sheets:
    """Sheets of one maker's series that follow one another: A-000123 is prefix A-, six digits, 123."""

    prefix: str
    digits: int
    first: int
    last: int

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    def number(self, no: int) -> str:
        return f"{self.prefix}{no:0{self.digits}d}"

    def __str__(self) -> str:
        """'A-000123' or 'A-000123～A-000130'."""
        first = self.number(self.first)
        return first if self.first == self.last else f"{first}～{self.number(self.last)}"

    def part(self, first: int, last: int) -> Sheets:
        return replace(self, first=first, last=last)


_NUMBER = re.compile(r"([A-Z\u30a0-\u30ff-]{0,10}?)(\d{3,15})")
_HOW = "「A000123」又は「A000123～A000130」の形で入力してください。続いていない番号は、空白か改行で区切ってください。"


def read_sheets(text: str) -> list[Sheets]:
    """As a clerk types or scans them: one number, a range (～ or から), several parted by white. Each once; what follows one another is joined. Unreadable."""
    plain = unicodedata.normalize("NFKC", text).upper().replace("から", "~").replace("〜", "~").replace("まで", "")
    plain = re.sub(r"\s*~\s*", "~", plain)
    found = [_range(token) for token in re.split(r"[\s、,]+", plain) if token]
    if not found:
        raise Unreadable(f"用紙番号を入力してください。{_HOW}")
    return _joined(found)


def _range(token: str) -> Sheets:
    first, _, last = token.partition("~")
    begin = _one(first)
    if not last:
        return begin
    end = _one(last)
    if (end.prefix, end.digits) != (begin.prefix, begin.digits):
        raise Unreadable("範囲の最初と最後の用紙番号で、記号か桁数が違います。番号を確認してください。")
    if end.first < begin.first:
        raise Unreadable("範囲の最後の用紙番号が、最初の番号より前です。番号を確認してください。")
    if end.first - begin.first >= MOST_AT_ONCE:
        raise Unreadable(f"一度に記録できるのは{MOST_AT_ONCE:,}枚までです。番号を確認してください。")
    return replace(begin, last=end.first)


def _one(token: str) -> Sheets:
    match = _NUMBER.fullmatch(token)
    if match is None:
        raise Unreadable(f"用紙番号を読み取れません。{_HOW}")
    return Sheets(match[1], len(match[2]), int(match[2]), int(match[2]))


def _joined(found: Iterable[Sheets]) -> list[Sheets]:
    joined: list[Sheets] = []
    for one in sorted(found):
        before = joined[-1] if joined else None
        if before is None or (before.prefix, before.digits) != (one.prefix, one.digits) or one.first > before.last + 1:
            joined.append(one)
        elif one.first <= before.last:
            raise Unreadable("同じ用紙番号が2回あります。番号を確認してください。")
        else:
            joined[-1] = replace(before, last=one.last)
    return joined


def read_for_pages(text: str, pages: int) -> list[Sheets]:
    """The sheets of a copy of so many pages: a single number is the first, and the others follow it. Unreadable when the count is another."""
    found = read_sheets(text)
    if len(found) == 1 and found[0].count == 1:
        return [replace(found[0], last=found[0].first + pages - 1)]
    if (count := sum(one.count for one in found)) != pages:
        raise Unreadable(f"用紙は{pages}枚です。入力された用紙番号は{count}枚分です。番号を確認してください。")
    return found


@dataclass(frozen=True)
class Moved:
    """A move as recorded. `source`: the move from which its sheets were taken, None for 入庫. `terminal`: where a move leads to, or where it was made.

    `certificate_no`: of the copy that the sheets were used for. `is_checked`: the other officer has confirmed it, where two are asked for.
    """

    no: int
    kind: Kind
    first: int
    last: int
    source: int | None
    terminal: str = ""
    certificate_no: str = ""
    is_checked: bool = True

    @property
    def where(self) -> Where:
        return MOVES[self.kind].leads_to


@dataclass(frozen=True)
class Part:
    """Sheets from `first` to `last` that are where `move` brought them."""

    first: int
    last: int
    move: Moved


def left_of(first: int, last: int, taken: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What of a range nothing took; `taken` in any order, none overlapping another."""
    left = []
    following = first
    for begin, end in sorted(taken):
        if end < following or begin > last:
            continue
        if begin > following:
            left.append((following, begin - 1))
        following = max(following, end + 1)
    return [*left, (following, last)] if following <= last else left


def whereabouts(moves: Sequence[Moved], first: int, last: int) -> list[Part]:
    """Where each sheet of a range is, in order. `moves`: every move that touches the range. What is in no part never came in."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for move in moves:
        if move.source is not None:
            taken.setdefault(move.source, []).append((move.first, move.last))
    parts = [Part(begin, end, move) for move in moves for begin, end in left_of(max(move.first, first), min(move.last, last), taken.get(move.no, ()))]
    return sorted(parts, key=lambda part: part.first)


@dataclass(frozen=True)
class Asked:
    """A move that shall be recorded: its kind, at which terminal, and for which copy."""

    kind: Kind
    terminal: str = ""
    certificate_no: str = ""


def refusals(asked: Asked, sheets: Sheets, parts: Sequence[Part], names: dict[str, str] | None = None) -> list[str]:
    """Everything that stands against it, for the clerk; empty when it may be recorded. `names`: of terminals by code."""
    known = names or {}
    if asked.kind is Kind.RECEIVE:
        return [f"用紙番号{sheets.part(part.first, part.last)}は、すでに入庫されています。番号を確認してください。" for part in parts]
    missing = left_of(sheets.first, sheets.last, [(part.first, part.last) for part in parts])
    found = [f"用紙番号{sheets.part(*one)}は、入庫の記録がありません。番号を確認してください。" for one in missing]
    return found + [f"用紙番号{sheets.part(part.first, part.last)}は、{why}" for part in parts if (why := _refusal(asked, part.move, known))]


def _refusal(asked: Asked, move: Moved, names: dict[str, str]) -> str:
    if move.where not in MOVES[asked.kind].taken_from:
        return _elsewhere(asked.kind, move, names)
    if not move.is_checked:
        return "まだ二人目の職員が確かめていません。確かめてから記録してください。"
    if move.where is Where.TERMINAL and asked.kind is not Kind.LOSE and move.terminal != asked.terminal:
        return f"端末「{names.get(move.terminal, move.terminal)}」に払い出された用紙です。この端末では記録できません。用紙と端末を確認してください。"
    if move.where is Where.USED and (not asked.certificate_no or move.certificate_no != asked.certificate_no):
        return _elsewhere(asked.kind, move, names)
    return ""


def _elsewhere(kind: Kind, move: Moved, names: dict[str, str]) -> str:
    if move.where is Where.USED:
        return f"発行番号「{move.certificate_no}」の交付に使用済みです。番号を確認してください。"
    at = names.get(move.terminal, move.terminal)
    return {
        Where.STORE: f"保管庫にあり、端末に払い出されていません。払出しを記録してから{MOVES[kind].ja}を記録してください。",
        Where.TERMINAL: f"端末「{at}」にあります。{MOVES[kind].ja}を記録できません。先に返却を記録してください。",
        Where.SPOILED: "書損・紙詰まりとして記録されています。番号を確認してください。",
        Where.GONE: f"{MOVES[move.kind].ja}を済ませた用紙です。番号を確認してください。",
        Where.LOST: "亡失として記録されています。見つかったときは、先に発見を記録してください。",
    }[move.where]


def said_enough(kind: Kind, reason: str, proof: str) -> list[tuple[str, str]]:
    """What is missing beside the numbers, as (entry, message)."""
    rule = MOVES[kind]
    found = [("reason", f"{rule.ja}の理由を入力してください。")] if rule.needs_reason and not reason.strip() else []
    if rule.needs_proof and not proof.strip():
        found.append(("proof", "廃棄の証明（溶解証明書の番号など）を入力してください。"))
    return found


def count_problem(reckoned: int, counted: int, explanation: str) -> str:
    """棚卸: a difference is explained (亡失 is then recorded by its numbers); "" when all is said."""
    if counted == reckoned or explanation.strip():
        return ""
    return f"帳簿の残数は{reckoned:,}枚、数えた枚数は{counted:,}枚で、{abs(counted - reckoned):,}枚{'不足' if counted < reckoned else '超過'}しています。差の説明を入力してください。"
