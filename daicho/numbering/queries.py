"""採番の読み — how far a series has come, and whether each number is accounted for. 標準1.1.13."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import connection

from daicho import clock
from daicho.numbering import registry
from daicho.numbering import series as all_series
from daicho.numbering.models import Counter, Gap
from daicho.numbering.ranges import Range, missing
from daicho.numbering.series import Series


@dataclass(frozen=True)
class GapValue:
    """Numbers left out, first to last, and why."""

    first_no: int
    last_no: int
    reason: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True)
class SeriesState:
    """A series as it stands: what is in its ledger, and the numbers that nothing accounts for (each a defect)."""

    series: Series
    last_no: int
    gaps: tuple[GapValue, ...]
    unexplained: tuple[Range, ...]


def states(on: date | None = None) -> list[SeriesState]:
    """Every series that this system draws from, of today or of that day where it begins again each day. Two queries, and one for each series."""
    day = on or clock.today()
    names = registry.drawn()
    keys = {name: all_series.get(name).period(day) for name in names}
    counters = {(row.series, row.period): row.last_no for row in Counter.objects.filter(**_city(), series__in=names, period__in=set(keys.values()))}
    ledger: dict[tuple[str, str], list[GapValue]] = {}
    for row in Gap.objects.filter(**_city(), series__in=names, period__in=set(keys.values())).order_by("first_no"):
        ledger.setdefault((row.series, row.period), []).append(_gap(row))
    found = []
    for key in keys.items():
        last_no, gaps = counters.get(key, 0), tuple(ledger.get(key, ()))
        found.append(SeriesState(all_series.get(key[0]), last_no, gaps, tuple(_unaccounted(key[0], day, last_no, gaps))))
    return found


def last_taken(series: str, on: date | None = None) -> int:
    """The last number of the series (of that day, for a daily one); 0 before the first. One query."""
    row = Counter.objects.filter(**_key(series, on)).values_list("last_no", flat=True).first()
    return row or 0


def gaps(series: str, on: date | None = None) -> list[GapValue]:
    """The ledger of numbers left out, in order. One query."""
    return [_gap(row) for row in Gap.objects.filter(**_key(series, on)).order_by("first_no")]


def unexplained(series: str, on: date | None = None) -> list[Range]:
    """Numbers up to the last taken that are neither in use nor in the ledger: each is a defect (欠番の点検). Three queries."""
    return _unaccounted(series, on or clock.today(), last_taken(series, on), gaps(series, on))


# Of the numbers that the ledger does not explain, those in use, as unbroken stretches: few, however many numbers there are.
_STRETCHES = """
SELECT min(no), max(no) FROM (
    SELECT no, no - row_number() OVER (ORDER BY no) AS stretch FROM (
        SELECT DISTINCT no FROM ({serials}) AS in_use(no) WHERE no BETWEEN 1 AND %s AND NOT EXISTS (
            SELECT FROM numbering_gap AS gap
             WHERE gap.municipality_code = %s AND gap.series = %s AND gap.period = %s AND in_use.no BETWEEN gap.first_no AND gap.last_no
        )
    ) AS each_once
) AS numbered GROUP BY stretch
"""


def _unaccounted(series: str, on: date, last_no: int, explained: Iterable[GapValue]) -> list[Range]:
    rows, key = registry.serials_of(series)(on), _key(series, on)
    serials, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_STRETCHES.format(serials=serials), [*parameters, last_no, key["municipality_code"], series, key["period"]])
        stretches = cursor.fetchall()
    return missing(last_no, [*stretches, *((gap.first_no, gap.last_no) for gap in explained)])


def _gap(row: Gap) -> GapValue:
    return GapValue(row.first_no, row.last_no, row.reason, row.recorded_by, row.recorded_at)


def _city() -> dict[str, str]:
    return {"municipality_code": settings.INSTALLATION.municipality_code}


def _key(series: str, on: date | None) -> dict[str, str]:
    return {**_city(), "series": series, "period": all_series.get(series).period(on or clock.today())}
