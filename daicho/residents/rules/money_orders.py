"""定額小為替 — what came for the fee of a request by mail: its kinds, whether it still holds, what is short, what goes back. 郵便為替; 地方自治法第227条, 第231条の2."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from daicho.values.deadlines import last_day_of_months

AMOUNTS_YEN = (50, 100, 150, 200, 250, 300, 350, 400, 450, 500, 750, 1000)
"""The twelve amounts in which 定額小為替証書 are issued."""
MONTHS_GOOD = 6
"""A 証書 can be paid out for six months from the day of its issue."""


@dataclass(frozen=True)
class MoneyOrder:
    """One 証書."""

    number: str
    amount_yen: int
    issued_on: date | None = None


@dataclass(frozen=True)
class Balance:
    """The fee against what came. At most one of `short_yen` and `change_yen` is not 0."""

    due_yen: int
    paid_yen: int

    @property
    def short_yen(self) -> int:
        return max(0, self.due_yen - self.paid_yen)

    @property
    def change_yen(self) -> int:
        return max(0, self.paid_yen - self.due_yen)


def balance(due_yen: int, orders: Iterable[MoneyOrder]) -> Balance:
    """`due_yen`: the fee of all copies, 0 where it is remitted."""
    return Balance(due_yen, sum(order.amount_yen for order in orders))


def check_order(order: MoneyOrder, known: Sequence[str], received_on: date) -> tuple[tuple[str, str], ...]:
    """All problems as (field, message) of one 証書. `known`: numbers that are recorded already, of whatever request."""
    found = []
    if not order.number:
        found.append(("order_number", "定額小為替の記号番号を入力してください。"))
    elif order.number in known:
        found.append(("order_number", "この記号番号の定額小為替は、もう記録されています。番号を確認してください。"))
    if order.amount_yen not in AMOUNTS_YEN:
        found.append(("order_amount", f"定額小為替の金額は、{'、'.join(f'{each:,}' for each in AMOUNTS_YEN)}円のどれかです。証書を確認してください。"))
    if order.issued_on is not None and order.issued_on > received_on:
        found.append(("order_issued_on", "定額小為替の発行日が、本日より後です。証書を確認してください。"))
    if order.issued_on is not None and last_day_of_months(order.issued_on, MONTHS_GOOD) < received_on:
        found.append(("order_issued_on", "発行の日から6か月を過ぎた定額小為替です。換金できないため、請求者に返して別のものを求めてください。"))
    return tuple(found)


def missing_fee(due: Balance) -> tuple[tuple[str, str], ...]:
    """What a request lacks in money."""
    return (("fee", f"手数料が{due.short_yen:,}円足りません（手数料{due.due_yen:,}円、届いた額{due.paid_yen:,}円）。"),) if due.short_yen else ()
