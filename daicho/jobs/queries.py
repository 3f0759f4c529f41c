"""処理の読み — what ran, and what is due. 標準9.1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from daicho import clock
from daicho.jobs import registry
from daicho.jobs.models import Run
from daicho.jobs.registry import Job
from daicho.values.closed_days import ClosedDays

# How far back missed days are caught up. Longer than any closure of the offices; beyond it an operator decides.
CATCH_UP_DAYS = 31


@dataclass(frozen=True)
class RunValue:
    """One run as recorded. `error` names the kind of error only."""

    id: int
    job: str
    for_date: date
    parameters: Mapping[str, Any]
    started_by: str
    terminal: str
    started_at: datetime
    finished_at: datetime | None
    outcome: str
    counts: Mapping[str, int]
    error: str


@dataclass(frozen=True)
class Due:
    """A job that ought to run now, and the day it is for."""

    job: Job
    for_date: date


def due(closed: ClosedDays) -> list[Due]:
    """What is due now and has not been done, oldest day first. Two queries for all jobs.

    A job that has never run begins with today. A day that failed or was cut off is tried again after `retry_minutes`, at
    most `attempts` times.
    """
    now = clock.now()
    since = clock.today() - timedelta(days=CATCH_UP_DAYS)
    by_job: dict[str, list[Run]] = {}
    for row in _ours().filter(for_date__gte=since).order_by("id"):
        by_job.setdefault(row.job, []).append(row)
    older = set(_ours().filter(for_date__lt=since).values_list("job", flat=True).distinct())
    found = []
    for job in registry.registered():
        rows = by_job.get(job.name, [])
        first = since if job.name in older else min((row.for_date for row in rows), default=clock.today())
        found += [Due(job, day) for day in _due_days(job, rows, first, now, closed)]
    return sorted(found, key=lambda one: (one.for_date, one.job.name))


def _due_days(job: Job, rows: list[Run], first: date, now: datetime, closed: ClosedDays) -> list[date]:
    if job.schedule is None:
        return []
    days = [day for day in _days(first, clock.today()) if job.schedule.falls_on(day, closed)]
    if days and days[-1] == clock.today() and clock.jst(now).time() < job.schedule.at:
        days.pop()
    if not job.schedule.each_missed_day:
        days = days[-1:]
    return [day for day in days if _may_start(job, [row for row in rows if row.for_date == day], now)]


def _may_start(job: Job, rows: list[Run], now: datetime) -> bool:
    if any(row.outcome == Run.Outcome.DONE for row in rows):
        return False
    failed = [row for row in rows if row.outcome in (Run.Outcome.FAILED, Run.Outcome.INTERRUPTED)]
    if len(failed) >= job.attempts:
        return False
    return not failed or failed[-1].finished_at is None or failed[-1].finished_at + timedelta(minutes=job.retry_minutes) <= now


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def last_parameters(name: str) -> dict[str, Any]:
    """The parameters of the last run of a job, {} before the first (N-9.1-06). One query."""
    row = _ours().filter(job=name).order_by("-id").values_list("parameters", flat=True).first()
    return dict(row) if row else {}


def runs(name: str = "", limit: int = 50) -> list[RunValue]:
    """The latest runs, newest first; of one job when named. One query."""
    rows = _ours().filter(job=name) if name else _ours()
    return [value_of(row) for row in rows.order_by("-id")[:limit]]


def last_runs() -> dict[str, RunValue]:
    """The latest run of each job that ever ran, by its name. One query."""
    return {row.job: value_of(row) for row in _ours().order_by("job", "-id").distinct("job")}


def value_of(row: Run) -> RunValue:
    """A row as a value."""
    return RunValue(
        row.pk, row.job, row.for_date, row.parameters, row.started_by, row.terminal, row.started_at, row.finished_at, row.outcome, row.counts, row.error
    )


def _ours() -> Any:  # Any: Django's queryset
    return Run.objects.filter(municipality_code=settings.INSTALLATION.municipality_code)
