"""処理の実行 — run a job, one at a time, and keep its record. 標準9.1; F-1-13 (バッチの操作履歴).

The advisory lock belongs to the database session: a process that is killed loses it with its connection, and the next
run marks the row it left as 中断. (Through a pooler, jobs need session pooling.)
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.jobs import queries, registry
from daicho.jobs.models import Run
from daicho.jobs.permissions import JobPermission
from daicho.jobs.registry import Job
from daicho.values.closed_days import ClosedDays

log = logging.getLogger(__name__)


class Overlap(Exception):
    """The job is already running somewhere."""


def run(
    name: str, for_date: date | None = None, *, actor: Actor | None = None, parameters: Mapping[str, Any] | None = None
) -> queries.RunValue:  # Any: JSON values
    """Run a job now for a day (today). Its failure is recorded and comes back as outcome 'failed'; it is not raised.

    Overlap when it runs already, KeyError for an unknown job, audit.Refused without the right, RuntimeError inside a transaction.
    Without parameters those of the last run are used (N-9.1-06).
    """
    job = registry.get(name)
    who = actor or Actor.system(f"job.{name}", JobPermission.RUN)
    audit.require(who, JobPermission.RUN)
    with _alone(job):
        given = dict(parameters) if parameters is not None else queries.last_parameters(name)
        return _run(job, for_date or clock.today(), who, given)


def run_due(closed: ClosedDays | None = None) -> list[queries.RunValue]:
    """Run what is due, oldest day first; what runs elsewhere is passed over. Called by the worker, about once a minute."""
    done = []
    for due in queries.due(closed or ClosedDays()):
        try:
            done.append(run(due.job.name, due.for_date))
        except Overlap:
            log.info("job %s for %s runs elsewhere", due.job.name, due.for_date)
    return done


def _run(job: Job, for_date: date, who: Actor, parameters: dict[str, Any]) -> queries.RunValue:
    row = _begin(job, for_date, who, parameters)
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


def _begin(job: Job, for_date: date, who: Actor, parameters: dict[str, Any]) -> Run:
    now = clock.now()
    with transaction.atomic(durable=True):  # RuntimeError inside a transaction: a job does its own
        mine = Run.objects.filter(municipality_code=_municipality(), job=job.name)
        mine.filter(outcome=Run.Outcome.RUNNING).update(outcome=Run.Outcome.INTERRUPTED, finished_at=now, error="cut off: its process ended without a word")
        return mine.create(
            municipality_code=_municipality(),
            job=job.name,
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
