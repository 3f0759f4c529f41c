"""処理の登録 — the jobs of this system, registered once at start (site/wiring). 標準9.1."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from daicho.jobs.schedule import Schedule

Counts = Mapping[str, int]
Parameters = Mapping[str, Any]  # Any: JSON values


@dataclass(frozen=True)
class Job:
    """A job: `run(for_date, parameters)` does its own transactions and returns what it counted (by Japanese label).

    It must bear being run again for the same day: a run may be cut off anywhere. Without a schedule it is started by hand.
    """

    name: str
    ja: str
    schedule: Schedule | None
    run: Callable[[date, Parameters], Counts]
    attempts: int = 3
    retry_minutes: int = 10


@dataclass(frozen=True)
class Round:
    """What the worker does again and again between its own rounds: `once` says whether there may be more at once; `pause` is the rest in seconds."""

    name: str
    once: Callable[[], bool]
    pause: float


_jobs: dict[str, Job] = {}
_rounds: dict[str, Round] = {}


def register(job: Job) -> None:
    """Add a job. Idempotent for the same job; ValueError when the name is taken by another."""
    if _jobs.setdefault(job.name, job) != job:
        raise ValueError(f"two jobs are named {job.name}")


def unregister(name: str) -> None:
    """Take a job out again (tests)."""
    _jobs.pop(name, None)


def get(name: str) -> Job:
    """The job of that name; KeyError names those there are."""
    if name not in _jobs:
        raise KeyError(f"no job named {name}; there are: {', '.join(sorted(_jobs)) or 'none'}")
    return _jobs[name]


def registered() -> tuple[Job, ...]:
    """All jobs, by name."""
    return tuple(_jobs[name] for name in sorted(_jobs))


def register_round(one: Round) -> None:
    """Add a round. Idempotent for the same round; ValueError when the name is taken by another."""
    if _rounds.setdefault(one.name, one) != one:
        raise ValueError(f"two rounds are named {one.name}")


def registered_rounds() -> tuple[Round, ...]:
    """All rounds, by name."""
    return tuple(_rounds[name] for name in sorted(_rounds))
