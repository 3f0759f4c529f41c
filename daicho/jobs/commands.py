"""処理の実行 — run a job, one at a time, and keep its record. 標準9.1; F-1-13 (バッチの操作履歴).

The advisory lock belongs to the database session: a process that is killed loses it with its connection, and the next
run marks the row it left as 中断. (Through a pooler, jobs need session pooling.)
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.jobs import queries, registry
from daicho.jobs.models import Reservation, Run
from daicho.jobs.permissions import JobPermission
from daicho.jobs.registry import Job
from daicho.jobs.scheduler import machine
from daicho.jobs.wanted import JobProblem, Wanted, wanted_problems
from daicho.values.closed_days import ClosedDays

log = logging.getLogger(__name__)


class Overlap(Exception):
    """The job is already running somewhere."""


def run(
    name: str,
    for_date: date | None = None,
    *,
    actor: Actor | None = None,
    parameters: Mapping[str, Any] | None = None,  # Any: JSON values
    reservation: Reservation | None = None,
) -> queries.RunValue:
    """Run a job now for a day (today). Its failure is recorded and comes back as outcome 'failed'; it is not raised.

    Overlap when it runs already, KeyError for an unknown job, audit.Refused without the right, RuntimeError inside a transaction.
    Without parameters those of the last run are used (N-9.1-06).
    """
    job = registry.get(name)
    who = actor or replace(Actor.system(f"job.{name}", JobPermission.RUN), terminal=machine())
    audit.require(who, JobPermission.RUN)
    with _alone(job):
        given = dict(parameters) if parameters is not None else queries.last_parameters(name)
        return _run(job, for_date or clock.today(), who, given, reservation)


def run_due(closed: ClosedDays | None = None) -> list[queries.RunValue]:
    """Run what is due, oldest day first; what runs elsewhere is passed over. Called by the worker, about once a minute."""
    done = []
    for due in queries.due(closed or ClosedDays()):
        try:
            done.append(_run_due(due))
        except Overlap:
            log.info("job %s for %s runs elsewhere", due.job.name, due.for_date)
    return done


def _run_due(due: queries.Due) -> queries.RunValue:
    """A reserved run bears the name and terminal of who reserved it (N-9.1-10)."""
    one = due.reservation
    if one is None:
        return run(due.job.name, due.for_date)
    who = replace(Actor.system(f"job.{due.job.name}", JobPermission.RUN), login=one.reserved_by, terminal=one.terminal)
    return run(due.job.name, due.for_date, actor=who, parameters=one.parameters, reservation=one)


@transaction.atomic
def reserve(actor: Actor, wanted: Wanted) -> Reservation:
    """Reserve a job. JobProblem with every reason in Japanese; audit.Refused without the right."""
    audit.require(actor, JobPermission.RUN)
    problems = wanted_problems(wanted, clock.jst(clock.now()))
    if problems:
        raise JobProblem(problems)
    now = clock.now()
    is_now = wanted.when == Reservation.When.NOW
    row = Reservation.objects.create(
        municipality_code=_municipality(), job=wanted.job, when=wanted.when, at=clock.jst(now).time() if is_now else wanted.at,
        on=clock.today() if is_now else wanted.on, weekday=wanted.weekday, day_of_month=wanted.day_of_month, open_days_only=wanted.open_days_only,
        parameters=dict(wanted.parameters), reserved_by=actor.login, terminal=actor.terminal, reserved_at=now,
    )  # fmt: skip
    audit.record(actor, "jobs:job:reserve", detail={"job": wanted.job, "reservation": row.pk, "when": str(wanted.when)})
    return row


@transaction.atomic
def cancel(actor: Actor, reservation_id: int) -> None:
    """Cancel a reservation; what is running goes on. JobProblem when it stands no longer."""
    audit.require(actor, JobPermission.RUN)
    standing = Reservation.objects.filter(municipality_code=_municipality(), pk=reservation_id, cancelled_at__isnull=True)
    if not standing.update(cancelled_by=actor.login, cancelled_at=clock.now()):
        raise JobProblem([("", "この予約は、すでに取り消されています。一覧を開き直してください。")])
    audit.record(actor, "jobs:job:cancel", detail={"reservation": reservation_id})


def _run(job: Job, for_date: date, who: Actor, parameters: dict[str, Any], reservation: Reservation | None) -> queries.RunValue:
    row = _begin(job, for_date, who, parameters, reservation)
    try:
        counts = dict(job.run(for_date, parameters))
        outcome, error = Run.Outcome.DONE, ""
    except Exception as problem:  # noqa: BLE001, whatever a job raises ends in its record
        counts, outcome, error = {}, Run.Outcome.FAILED, _named(problem)
        log.error("job %s for %s failed: %s", job.name, for_date, error)
    with transaction.atomic(durable=True):
        row.outcome, row.counts, row.error, row.finished_at = outcome, counts, error, clock.now()
        row.save(update_fields=["outcome", "counts", "error", "finished_at"])
        ended = audit.Outcome.DONE if outcome == Run.Outcome.DONE else audit.Outcome.FAILED
        audit.record(who, JobPermission.RUN, outcome=ended, detail={"job": job.name, "run": row.pk, "for_date": for_date.isoformat()})
    return queries.value_of(row)


def _begin(job: Job, for_date: date, who: Actor, parameters: dict[str, Any], reservation: Reservation | None) -> Run:
    now = clock.now()
    with transaction.atomic(durable=True):  # RuntimeError inside a transaction: a job does its own
        mine = Run.objects.filter(municipality_code=_municipality(), job=job.name)
        mine.filter(outcome=Run.Outcome.RUNNING).update(outcome=Run.Outcome.INTERRUPTED, finished_at=now, error="cut off: its process ended without a word")
        return mine.create(
            municipality_code=_municipality(),
            job=job.name,
            reservation=reservation,
            for_date=for_date,
            parameters=parameters,
            started_by=who.login,
            terminal=who.terminal,
            started_at=now,
        )


@contextmanager
def _alone(job: Job) -> Iterator[None]:
    key = f"daicho.job:{_municipality()}:{job.name}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [key])
        if not cursor.fetchone()[0]:
            raise Overlap(job.name)
    try:
        yield
    finally:
        if connection.is_usable():  # a lost connection has lost the lock already
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])


def _named(problem: Exception) -> str:
    """The kind of error and its database code: no message, which may hold personal data (style, rule 10)."""
    code = getattr(problem, "sqlstate", None) or getattr(problem.__cause__, "sqlstate", None)
    return f"{type(problem).__module__}.{type(problem).__qualname__}" + (f" [{code}]" if code else "")


def _municipality() -> str:
    return str(settings.INSTALLATION.municipality_code)
