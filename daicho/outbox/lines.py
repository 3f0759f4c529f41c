"""回線 — whether a destination is tried at all: a failing line waits, an unauthorized one stops until an operator opens it. design §5.

The state is the destination's and not the notice's, so that a counterpart that is away over a weekend makes no notice old.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from daicho import audit, clock
from daicho.outbox.models import Line, municipality_code

# Seconds until the next attempt, by the number of failed ones; the last repeats. Without jitter: a destination has one queue.
BACK_OFF = (5, 15, 60, 300, 900, 3600)


def back_off(failures: int) -> timedelta:
    """How long to wait after `failures` failed attempts (1 or more)."""
    return timedelta(seconds=BACK_OFF[min(failures, len(BACK_OFF)) - 1])


def open_now(destinations: Iterable[str]) -> list[str]:
    """Those that may be tried now. One query."""
    now = clock.now()
    closed = {
        line.destination
        for line in Line.objects.filter(municipality_code=municipality_code())
        if line.stopped_at is not None or (line.next_at is not None and line.next_at > now)
    }
    return [destination for destination in destinations if destination not in closed]


def stop(destination: str, code: str) -> None:
    """Stop the line: only `commands.reopen_line` opens it. Recorded in the trail (requirements F-2-21)."""
    with transaction.atomic(durable=True):
        line = _locked(destination)
        line.stopped_at, line.code = clock.now(), code[:60]
        line.save(update_fields=["stopped_at", "code"])
        audit.record(audit.Actor.system("outbox.relay"), "outbox:line:stop", outcome="refused", detail={"destination": destination, "code": code})


def is_first_stale(destination: str, code: str) -> bool:
    """Whether a signature was too old for once: it is made with every attempt, and a machine that stood still, or a clock that was set, lies
    between making and judging. Twice in a row the two clocks differ, which an operator must mend.
    """
    if code not in ("stale", "reply_stale"):
        return False
    return not Line.objects.filter(municipality_code=municipality_code(), destination=destination, failures__gt=0, code=code).exists()


def failed(destination: str, code: str) -> None:
    """The line did not answer: wait, each time longer."""
    with transaction.atomic(durable=True):
        line = _locked(destination)
        line.failures += 1
        line.next_at, line.code = clock.now() + back_off(line.failures), code[:60]
        line.save(update_fields=["failures", "next_at", "code"])


def worked(destination: str) -> None:
    """The line answered: forget its failures. Writes only if there were any."""
    Line.objects.filter(municipality_code=municipality_code(), destination=destination, failures__gt=0).update(failures=0, next_at=None, code="")


def _locked(destination: str) -> Line:
    Line.objects.bulk_create([Line(destination=destination)], ignore_conflicts=True)
    return Line.objects.select_for_update().get(municipality_code=municipality_code(), destination=destination)
