"""手数料日報 — the fees of a day by window, officer and certificate, cash and money orders apart, against what was counted. 地方自治法第227条; 市の財務規則.

A day's sums never change afterwards: a copy that is taken back on a later day is that day's refund.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from daicho.residents.rules.disposals import stands


@dataclass(frozen=True)
class Fee:
    """One copy with its fee. `disposed`: (kind, day) of each 処分, in the order of recording. `by_money_order`: it was paid by 定額小為替."""

    office: str
    terminal: str
    officer: str
    kind: str
    issued_on: date
    fee_yen: int
    exemption: str = ""
    by_money_order: bool = False
    disposed: tuple[tuple[str, date], ...] = ()

    def moved_on(self, day: date) -> int:
        """How often the fee went back (1) or was owed again (-1) that day: taken back, and the record of that a slip."""
        moved, stood = 0, True
        for place, (_, on) in enumerate(self.disposed, 1):
            stands_now = stands(kind for kind, _ in self.disposed[:place])
            moved += (stood - stands_now) * (on == day)
            stood = stands_now
        return moved


@dataclass(frozen=True)
class Line:
    """What one officer issued of one certificate at one window. Yen; `kept_yen` is what is in the drawer of it."""

    office: str
    terminal: str
    officer: str
    kind: str
    copies: int
    charged_yen: int
    exempt: int
    taken_back: int
    refunded_yen: int

    @property
    def kept_yen(self) -> int:
        return self.charged_yen - self.refunded_yen


@dataclass(frozen=True)
class Report:
    """`cash` and `money_orders` in the order of window, officer, certificate. `exempt`: (code, copies) of both."""

    day: date
    cash: tuple[Line, ...]
    money_orders: tuple[Line, ...]
    exempt: tuple[tuple[str, int], ...]

    def due_at(self, office: str, terminal: str) -> int:
        """The cash that should lie in the drawer of one window, in yen."""
        return sum(line.kept_yen for line in self.cash if (line.office, line.terminal) == (office, terminal))

    @property
    def windows(self) -> tuple[tuple[str, str], ...]:
        """Offices and terminals with cash or copies that day."""
        return tuple(dict.fromkeys((line.office, line.terminal) for line in self.cash))


def report(day: date, fees: Iterable[Fee]) -> Report:
    """`fees`: every copy issued that day, and every earlier one of which something was recorded that day; others are left out."""
    counted = [fee for fee in fees if fee.issued_on == day or fee.moved_on(day)]
    remitted: dict[str, int] = {}
    for fee in counted:
        if fee.issued_on == day and fee.exemption:
            remitted[fee.exemption] = remitted.get(fee.exemption, 0) + 1
    cash, orders = ([fee for fee in counted if fee.by_money_order is by_order] for by_order in (False, True))
    return Report(day, _lines(day, cash), _lines(day, orders), tuple(sorted(remitted.items())))


def _lines(day: date, fees: Sequence[Fee]) -> tuple[Line, ...]:
    by_key: dict[tuple[str, str, str, str], list[Fee]] = {}
    for fee in fees:
        by_key.setdefault((fee.office, fee.terminal, fee.officer, fee.kind), []).append(fee)
    return tuple(_line(day, key, by_key[key]) for key in sorted(by_key))


def _line(day: date, key: tuple[str, str, str, str], fees: Sequence[Fee]) -> Line:
    today = [fee for fee in fees if fee.issued_on == day]
    back = [(fee.moved_on(day), fee.fee_yen) for fee in fees]
    return Line(
        *key, len(today), sum(fee.fee_yen for fee in today), sum(bool(fee.exemption) for fee in today), sum(times for times, _ in back), sum(times * yen for times, yen in back)
    )  # fmt: skip


def check_count(counted_yen: int | None, due_yen: int, note: str) -> tuple[tuple[str, str], ...]:
    """All problems of a count as (field, message)."""
    if counted_yen is None or counted_yen < 0:
        return (("counted", "数えた現金の額を、0以上の数字で入力してください。"),)
    if counted_yen != due_yen and not note.strip():
        over = counted_yen - due_yen
        return (("note", f"現金が{abs(over):,}円{'多い' if over > 0 else '足りない'}ため、締められません。もう一度数えるか、差額の理由を入力してください。"),)
    return ()
