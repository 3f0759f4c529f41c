"""操作履歴の書込み — the one INSERT of the trail. 標準10.2, F-1-13, F-1-14.

Plain SQL, because a refusal inside a command's transaction is written through a connection of its own.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from daicho import clock
from daicho.audit.actor import Actor
from daicho.audit.context import current


class Outcome(StrEnum):
    """How the act ended."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True)
class Entry:
    """One act, as it goes into the trail. `digests` are those of the version rows that a write made."""

    actor: Actor
    action: str
    outcome: Outcome
    purpose: str = ""
    subjects: tuple[UUID, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    detail: Mapping[str, Any] = field(default_factory=dict)  # Any: JSON values


COLUMNS = (
    "municipality_code", "at", "system", "account_id", "login", "actor_name", "unit_code", "unit_name", "office_code", "terminal",
    "visit_no", "action", "purpose", "outcome", "screen", "request_id", "subjects", "subject_count", "shows_numbers", "digests", "detail",
)  # fmt: skip
_INSERT = f"INSERT INTO audit_entry ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))}) RETURNING id"


def insert(entry: Entry, using: BaseDatabaseWrapper | None = None) -> int:
    """Write one row through `using` (this thread's connection when None); returns its id. One statement."""
    context = current()
    numbers = context.take_numbers()
    detail = {**entry.detail, "numbers": numbers} if numbers else entry.detail
    who = entry.actor
    with (using or connection).cursor() as cursor:
        cursor.execute(
            _INSERT,
            [
                settings.INSTALLATION.municipality_code, clock.now(), settings.DAICHO.name,
                who.account_id, who.login, who.name, who.unit_code, who.unit_name, who.office_code, who.terminal,
                who.visit_no or "", str(entry.action), entry.purpose, entry.outcome.value, context.screen, context.request_id,
                list(entry.subjects), len(entry.subjects), "individual_number" in numbers, _json(entry.digests), _json(detail),
            ],
        )  # fmt: skip
        entry_id = int(cursor.fetchone()[0])
    context.written += 1
    return entry_id


def each_once(subjects: Iterable[UUID]) -> tuple[UUID, ...]:
    """Every person once, in the order they were named. TypeError when something else than a public id is given."""
    seen = dict.fromkeys(subjects)
    if not all(isinstance(subject, UUID) for subject in seen):
        raise TypeError("subjects of the trail are public ids (UUID), never numbers, names or rows")
    return tuple(seen)


def _json(value: Mapping[str, Any]) -> str:  # Any: JSON values
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
