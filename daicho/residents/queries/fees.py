"""手数料日報の照会 — the fees of a day from 交付履歴, and how each window's money was counted. 地方自治法第227条; 市の財務規則.

Nobody of the register is read: what is counted are copies, officers and yen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from daicho import audit, city, clock
from daicho.audit.actor import Actor
from daicho.certificates.fees import Exemption, exemptions_of
from daicho.residents.models import CertificateIssue, FeeClosing
from daicho.residents.permissions import Permission
from daicho.residents.rules.applications import Way
from daicho.residents.rules.fee_report import Fee, Report, report


@dataclass(frozen=True)
class Closed:
    """How a window's day stands: the newest count and who confirmed it. `is_stale`: copies were issued or taken back after it."""

    office: str
    terminal: str
    due_yen: int
    count: FeeClosing | None
    confirmed: FeeClosing | None

    @property
    def is_stale(self) -> bool:
        return self.count is not None and self.count.due_yen != self.due_yen


@dataclass(frozen=True)
class FeeDay:
    """The report of a day, how each window was closed, and the table of exemptions of that day."""

    report: Report
    closed: tuple[Closed, ...]
    remissions: tuple[Exemption, ...]
    two_officers: bool


def fee_day(actor: Actor, day: date, office: str = "") -> FeeDay:
    """Of the whole city, or of one office. Four statements, whatever was issued."""
    audit.require(actor, Permission.FEES_READ)
    found = report_of(day, office)
    said = city.settings_on(("fee_remissions", "fee_closing_two_officers"), day)
    return FeeDay(found, tuple(_closed(found, day, office)), exemptions_of(said["fee_remissions"]), bool(said["fee_closing_two_officers"]))


def report_of(day: date, office: str = "") -> Report:
    """For commands too, which count against it. Two statements."""
    return report(day, _fees(day, office))


def _fees(day: date, office: str) -> Iterable[Fee]:
    """Certificates alone: a letter of the city's own has no fee. What a shop gave out is paid there."""
    from daicho.certificates.papers import CERTIFICATE_NAMES

    first, after = (datetime.combine(each, time.min, clock.JST) for each in (day, day + timedelta(1)))
    ours = CertificateIssue.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, kind__in=CERTIFICATE_NAMES)
    rows: QuerySet[CertificateIssue] = ours.filter(
        Q(issued_at__gte=first, issued_at__lt=after) | Q(disposals__recorded_at__gte=first, disposals__recorded_at__lt=after)
    ).distinct()
    if office:
        rows = rows.filter(office_code=office)
    for issue in rows.select_related("visit__application").prefetch_related("disposals"):
        application = issue.visit.application if issue.visit is not None else None
        records = sorted(issue.disposals.all(), key=lambda each: each.pk)
        yield Fee(
            issue.office_code, issue.terminal, issue.issued_by, issue.kind, clock.jst(issue.issued_at).date(), issue.fee_yen, issue.exemption,
            application is not None and application.way == Way.MAIL, tuple((each.kind, clock.jst(each.recorded_at).date()) for each in records),
        )  # fmt: skip


def _closed(found: Report, day: date, office: str) -> Iterable[Closed]:
    rows = FeeClosing.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, day=day)
    by_window: dict[tuple[str, str], list[FeeClosing]] = {}
    for row in (rows.filter(office_code=office) if office else rows).order_by("pk"):
        by_window.setdefault((row.office_code, row.terminal), []).append(row)
    for window in sorted({*found.windows, *by_window}):
        counts = [row for row in by_window.get(window, ()) if row.confirms_id is None]
        count = counts[-1] if counts else None
        confirmed = next((row for row in by_window.get(window, ()) if count is not None and row.confirms_id == count.pk), None)
        yield Closed(*window, found.due_at(*window), count, confirmed)
