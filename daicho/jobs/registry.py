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
class Parameter:
    """What an officer may set for a run: a text, or a whole number where the default is one. `hint` says what it does."""

    name: str
    ja: str
    default: str | int
    hint: str = ""


@dataclass(frozen=True)
class Job:
    """A job: `run(for_date, parameters)` does its own transactions and returns what it counted (by Japanese label).

    It must bear being run again for the same day: a run may be cut off anywhere. Without a schedule it runs when an officer reserves it.
    """

    name: str
    ja: str
    schedule: Schedule | None
    run: Callable[[date, Parameters], Counts]
    attempts: int = 3
    retry_minutes: int = 10
    parameters: tuple[Parameter, ...] = ()


_jobs: dict[str, Job] = {}


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


def find(name: str) -> Job | None:
    """The job of that name, None when it is no longer registered."""
    return _jobs.get(name)


def registered() -> tuple[Job, ...]:
    """All jobs, by name."""
    return tuple(_jobs[name] for name in sorted(_jobs))
