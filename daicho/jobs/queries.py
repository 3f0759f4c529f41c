"""処理の読み — what ran, and what is due. 標準9.1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from daicho import clock
from daicho.jobs import registry
from daicho.jobs.models import Reservation, Run
from daicho.jobs.registry import Job
from daicho.jobs.schedule import Schedule
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
    """A job that ought to run now, the day it is for, and the reservation behind it; None = the schedule it is declared with."""

    job: Job
    for_date: date
    reservation: Reservation | None = None


def due(closed: ClosedDays) -> list[Due]:
    """What is due now and has not been done, oldest day first. Three queries for all jobs and reservations.

    A job that has never run begins with today. A day that failed or was cut off is tried again after `retry_minutes`, at
    most `attempts` times.
    """
    now = clock.now()
    since = clock.today() - timedelta(days=CATCH_UP_DAYS)
    ran: dict[tuple[str, int | None], list[Run]] = {}
    for row in _ours().filter(for_date__gte=since).order_by("id"):
        ran.setdefault((row.job, row.reservation_id), []).append(row)
    older = set(_ours().filter(for_date__lt=since, reservation__isnull=True).values_list("job", flat=True).distinct())
    found = []
    for job in registry.registered():
        rows = ran.get((job.name, None), [])
        first = since if job.name in older else min((row.for_date for row in rows), default=clock.today())
        if job.schedule is not None:
            found += [Due(job, day) for day in _due_days(job, job.schedule, rows, first, now, closed)]
    jobs = {job.name: job for job in registry.registered()}
    for one in standing():
        if one.job in jobs:  # one that is no longer registered stays where it is, and nothing runs
            first = max(since, clock.jst(one.reserved_at).date())
            days = _due_days(jobs[one.job], one.schedule(), ran.get((one.job, one.pk), []), first, now, closed)
            found += [Due(jobs[one.job], day, one) for day in days if _after(day, one)]
    return sorted(found, key=lambda due: (due.for_date, due.job.name, due.reservation.pk if due.reservation else 0))


def _after(day: date, one: Reservation) -> bool:
    """Whether that day's time came after the reservation was made: what was reserved at 15:00 for 13:05 every day begins tomorrow."""
    made = clock.jst(one.reserved_at)
    return one.when == Reservation.When.NOW or (day, one.at) >= (made.date(), made.time().replace(second=0, microsecond=0))


def _due_days(job: Job, schedule: Schedule, rows: list[Run], first: date, now: datetime, closed: ClosedDays) -> list[date]:
    days = [day for day in _days(first, clock.today()) if schedule.falls_on(day, closed)]
    if days and days[-1] == clock.today() and clock.jst(now).time() < schedule.at:
        days.pop()
    if not schedule.each_missed_day:
        days = days[-1:]
    return [day for day in days if _may_start(job, [row for row in rows if row.for_date == day], now)]


def standing() -> list[Reservation]:
    """Reservations that are not cancelled, oldest first; once done, those for one day are over. One query."""
    ended = Run.objects.filter(reservation=OuterRef("pk"), outcome=Run.Outcome.DONE)
    rows = Reservation.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, cancelled_at__isnull=True)
    return list(rows.exclude(Q(on__isnull=False) & Exists(ended)).order_by("id"))


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
    """The parameters of the last run of a job (N-9.1-06), those declared before the first. One query."""
    row = _ours().filter(job=name).order_by("-id").values_list("parameters", flat=True).first()
    declared = {one.name: one.default for one in registry.get(name).parameters}
    return dict(row) if row is not None else declared


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
