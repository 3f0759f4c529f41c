"""採番の読み — how far a series has come, and whether each number is accounted for. 標準1.1.13."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from daicho import clock
from daicho.numbering import series as all_series
from daicho.numbering.models import Counter, Gap


@dataclass(frozen=True)
class GapValue:
    """Numbers left out, first to last, and why."""

    first_no: int
    last_no: int
    reason: str
    recorded_by: str
    recorded_at: datetime


def last_taken(series: str, on: date | None = None) -> int:
    """The last number of the series (of that day, for a daily one); 0 before the first. One query."""
    row = Counter.objects.filter(**_key(series, on)).values_list("last_no", flat=True).first()
    return row or 0


def gaps(series: str, on: date | None = None) -> list[GapValue]:
    """The ledger of numbers left out, in order. One query."""
    rows = Gap.objects.filter(**_key(series, on)).order_by("first_no")
    return [GapValue(row.first_no, row.last_no, row.reason, row.recorded_by, row.recorded_at) for row in rows]


def unexplained(series: str, in_use: Iterable[int], on: date | None = None) -> list[int]:
    """Numbers up to the last taken that are neither in use nor in the ledger: each is a defect (欠番の点検). Two queries."""
    known = set(in_use)
    for gap in gaps(series, on):
        known.update(range(gap.first_no, gap.last_no + 1))
    return [number for number in range(1, last_taken(series, on) + 1) if number not in known]


def _key(series: str, on: date | None) -> dict[str, str]:
    period = all_series.get(series).period(on or clock.today())
    return {"municipality_code": settings.INSTALLATION.municipality_code, "series": series, "period": period}
