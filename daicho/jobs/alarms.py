"""異常終了の警告 — a job that failed or was cut off is told to the city's own reporting system, until that has taken it. N-9.1-12.

One signed POST (JSON, as the wire signs) for each failed run, to the installation's `alarm_url`; a run that ended well tells nobody. What is
told names the job, its times and the kind of error; nothing about a person is in a run's record, so none is here. The run is marked
only after the answer, so that a receiver may hear of a run twice (`run` is its number) but never not at all.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.jobs import registry
from daicho.jobs.models import Run
from daicho.outbox.errors import Unavailable
from daicho.outbox.signed_line import SignedLine

# Older failures are history: who names a receiver today does not want last year's alarms.
NEWEST_DAYS = 7
_LONGEST_ANSWER = 64 * 1024


@dataclass(frozen=True)
class Alarm:
    """What the reporting system is told. `outcome`: failed or interrupted; `error`: the kind of error with its database code, no message."""

    municipality_code: str
    system: str
    run: int
    job: str
    job_ja: str
    for_date: str
    started_at: datetime
    finished_at: datetime
    outcome: str
    error: str

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=lambda instant: instant.isoformat()).encode()


class Receiver(Protocol):
    """通報システム: takes an alarm, or raises Unavailable (outbox.errors) or Unauthorized; then it is told again."""

    def tell(self, alarm: Alarm) -> None: ...


class HttpReceiver:
    """Implements `Receiver` over HTTPS: signed with this system's key, trusting the authorities of its allowed peers alone. Any 2xx is its receipt."""

    name = "alarm_receiver"

    def __init__(self, url: str) -> None:
        self.url, self.public_key_file = url, settings.DAICHO.signing_key_file  # it signs nothing that we would believe
        self._line = SignedLine(self, url, _LONGEST_ANSWER)

    def tell(self, alarm: Alarm) -> None:
        answer = self._line.answer_to(alarm.to_json())
        if not 200 <= answer.status_code < 300:
            raise Unavailable(f"http_{answer.status_code}", whole_line=False)


def configured() -> Receiver | None:
    """The receiver that the installation names, None when it names none."""
    url = settings.DAICHO.alarm_url
    return HttpReceiver(url) if url else None


def tell_once(receiver: Receiver) -> bool:
    """Tell the oldest failure that has not been told; whether there was one. Called by the worker, which tries again after an error."""
    ours = Run.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, alarm_told_at__isnull=True)
    since = clock.now() - timedelta(days=NEWEST_DAYS)
    row = ours.filter(outcome__in=[Run.Outcome.FAILED, Run.Outcome.INTERRUPTED], finished_at__gte=since).order_by("id").first()
    if row is None:
        return False
    receiver.tell(_alarm(row))
    row.alarm_told_at = clock.now()
    row.save(update_fields=["alarm_told_at"])
    audit.record(Actor.system("job.alarm"), "jobs:alarm:tell", detail={"run": row.pk, "job": row.job})
    return True


def _alarm(row: Run) -> Alarm:
    assert row.finished_at is not None  # the table's own constraint
    job = registry.find(row.job)
    return Alarm(
        row.municipality_code, settings.DAICHO.name, row.pk, row.job, job.ja if job else row.job, row.for_date.isoformat(), row.started_at, row.finished_at,
        row.outcome, row.error,
    )  # fmt: skip
