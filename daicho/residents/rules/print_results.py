"""印刷の確認 — how the prints of a copy came out, and what may follow: never two good prints under one number. std 5.5, 1.3.8; decision 0052."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daicho.residents.rules.paper_stock import Sheets


@dataclass(frozen=True)
class Print:
    """A print of which somebody said how it came out. `print_no` from 1."""

    print_no: int
    good: bool


@dataclass(frozen=True)
class CopyPrinted:
    """A copy with all that is known of its prints. `is_held`: its bytes are still there to be printed again."""

    is_paper: bool
    is_valid: bool
    is_held: bool
    prints: tuple[Print, ...] = ()

    @property
    def has_good_print(self) -> bool:
        return any(each.good for each in self.prints)

    @property
    def next_print_no(self) -> int:
        """The print that nobody has judged yet."""
        return len(self.prints) + 1


_GOOD_ALREADY = "この写しは「正しく印刷された」と記録されています。渡した後に不備が分かったときは、交付を取り消して、新しい写しを交付してください。"
_CANCELLED = "この写しの交付は取り消されています。"
_ELECTRONIC = "電子で交付した写しです。用紙の記録はありません。"


def judging_refusal(copy: CopyPrinted) -> str:
    """Why nobody can say how the latest print came out; "" when they can."""
    if not copy.is_paper:
        return _ELECTRONIC
    if not copy.is_valid:
        return _CANCELLED
    return _GOOD_ALREADY if copy.has_good_print else ""


def reprint_refusal(copy: CopyPrinted) -> str:
    """Why the same copy cannot be printed once more; "" when it can: only after the print before it was recorded as spoiled."""
    if why := judging_refusal(copy):
        return why
    if not copy.prints:
        return "先に、印刷し直す理由と書損となった用紙番号を記録してください。"
    if not copy.is_held:
        return "この写しを印刷し直せる期間が過ぎました。交付を取り消して、新しい写しを交付してください（手数料は要りません）。"
    return ""


def dealt_out(sheets: Sequence[Sheets], pages: Sequence[int]) -> list[list[Sheets]]:
    """Sheets in their order over copies of so many pages each. ValueError when the counts differ."""
    if sum(each.count for each in sheets) != sum(pages):
        raise ValueError("as many sheets as pages")
    left, found = list(sheets), []
    for wanted in pages:
        of_copy: list[Sheets] = []
        while wanted:
            first, *rest = left
            taken = min(wanted, first.count)
            of_copy.append(first.part(first.first, first.first + taken - 1))
            left = [first.part(first.first + taken, first.last), *rest] if taken < first.count else rest
            wanted -= taken
        found.append(of_copy)
    return found
