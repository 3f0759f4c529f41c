"""交付請求の行 — one request with its rows as the rules see them: statement, course, what was allowed, what is used, money. 住民基本台帳法第12条–第12条の3.

Of rows that were read with `of_all`; nothing of the register is read here, and nobody but who asked is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings
from django.db.models import QuerySet

from daicho import city
from daicho.certificates.catalogue import certificate
from daicho.certificates.fees import fee_yen
from daicho.residents.models import (
    ApplicationDecision,
    ApplicationMatch,
    ApplicationMoneyOrder,
    ApplicationStatement,
    ApplicationStep,
    CertificateApplication,
    CertificateIssue,
)
from daicho.residents.rules.application_allowed import Allowed, is_used_up
from daicho.residents.rules.application_states import Course, Standing, Step, StepKind, standing_of
from daicho.residents.rules.applications import Stated, Way, what_is_missing
from daicho.residents.rules.disposals import stands
from daicho.residents.rules.money_orders import Balance, MoneyOrder, balance, missing_fee

Used = Mapping[str, int]


@dataclass(frozen=True)
class ApplicationRows:
    """One request. `used`: copies issued for it that stand, by code; `due_yen`: the fee of all copies asked for, by the table of today."""

    row: CertificateApplication
    statements: tuple[ApplicationStatement, ...]
    matches: Mapping[int, ApplicationMatch]
    steps: tuple[ApplicationStep, ...]
    decision: ApplicationDecision | None
    orders: tuple[ApplicationMoneyOrder, ...]
    used: Used
    due_yen: int
    decide_days: int

    @cached_property
    def stated(self) -> Stated:
        return Stated.of_json(self.statements[-1].stated)

    @cached_property
    def money(self) -> Balance:
        back = {order.number for order in self.orders if order.returned}
        kept = [order for order in self.orders if not order.returned and order.number not in back]
        return balance(self.due_yen, [MoneyOrder(order.number, order.amount_yen, order.issued_on) for order in kept])

    @cached_property
    def missing(self) -> tuple[tuple[str, str], ...]:
        """Everything that the request lacks, as (field, message)."""
        return (*what_is_missing(self.stated), *(missing_fee(self.money) if self.row.way == Way.MAIL else ()))

    @property
    def allowed(self) -> Allowed | None:
        """What was approved; None before, and of a refusal."""
        decision = self.decision
        if decision is None or not decision.approved or decision.valid_until is None:
            return None
        return Allowed.of_json(decision.allowed, decision.valid_until)

    @property
    def course(self) -> Course:
        allowed = self.allowed
        found = self.stated.names_by_list or (len(self.stated.subjects) > 0 and set(self.matches) >= set(range(1, len(self.stated.subjects) + 1)))
        # Of what is sent by mail nobody knows that it left until somebody says so.
        used_up = allowed is not None and self.row.way == Way.COUNTER and is_used_up(allowed, self.used)
        return Course(
            self.row.received_on, tuple(Step(StepKind(step.kind), step.done_on, step.due_on) for step in self.steps), bool(self.missing), found,
            self.decision.approved if self.decision else None, self.decision.valid_until if self.decision else None, used_up, self.decide_days,
        )  # fmt: skip

    def standing(self, today: date) -> Standing:
        return standing_of(self.course, today)


def applications() -> QuerySet[CertificateApplication]:
    """This city's, with their rows."""
    rows = CertificateApplication.objects.filter(municipality_code=settings.INSTALLATION.municipality_code)
    return rows.prefetch_related("statements", "matches__person", "steps", "decisions", "money_orders")


def of_all(rows: Iterable[CertificateApplication], on: date) -> list[ApplicationRows]:
    """With what the rules need of each. `rows` of `applications()`. Three statements, however many there are."""
    found = list(rows)
    if not found:
        return []
    used = _used([row.pk for row in found])
    stated = {row.pk: sorted(row.statements.all(), key=lambda each: each.pk) for row in found}
    table = _fees(on)
    return [_one(row, stated[row.pk], used.get(row.pk, {}), table, on) for row in found]


@dataclass(frozen=True)
class _Fees:
    """The city's table of a day."""

    yen: Mapping[str, int]
    by_mail: Mapping[str, int]
    decide_days: int


def _fees(on: date) -> _Fees:
    from daicho.certificates.catalogue import ALL_CERTIFICATES

    keys = sorted({definition.fee_key for definition in ALL_CERTIFICATES})
    said = city.settings_on((*keys, "fees_by_mail", "application_decide_days"), on)
    return _Fees({key: int(said[key]) for key in keys}, said["fees_by_mail"], int(said["application_decide_days"]))


def _one(row: CertificateApplication, statements: list[ApplicationStatement], used: Used, fees: _Fees, on: date) -> ApplicationRows:
    stated = Stated.of_json(statements[-1].stated)
    due = 0
    for line in stated.lines:
        definition = certificate(line.kind, on)
        due += line.copies * fee_yen(definition.fee_key, fees.yen, fees.by_mail, mail=row.way == Way.MAIL, exemption=stated.exemption)
    newest: dict[int, ApplicationMatch] = {}
    for match in sorted(row.matches.all(), key=lambda each: each.pk):
        newest[match.place] = match
    decisions = sorted(row.decisions.all(), key=lambda each: each.pk)
    return ApplicationRows(
        row, tuple(statements), newest, tuple(sorted(row.steps.all(), key=lambda each: each.pk)), decisions[-1] if decisions else None,
        tuple(sorted(row.money_orders.all(), key=lambda each: each.pk)), used, due, fees.decide_days,
    )  # fmt: skip


def _used(ids: list[int]) -> dict[int, dict[str, int]]:
    """Copies issued for each, by code; one that was taken back or spoiled is made anew and does not count. Two statements."""
    rows = CertificateIssue.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, visit__application__in=ids)
    found: dict[int, dict[str, int]] = {}
    for issue in rows.select_related("visit").prefetch_related("disposals"):
        records = sorted(issue.disposals.all(), key=lambda each: each.pk)
        if stands(each.kind for each in records):
            used = found.setdefault(issue.visit.application_id, {})
            used[issue.kind] = used.get(issue.kind, 0) + 1
    return found
