"""記録と拒否 — the record of a write, and of what was refused. F-0-12, F-1-13, F-1-43.

A write's record lies in the command's own transaction: both are there, or neither. A refusal's record must stay although
the command is given up, so it is committed on its own.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NoReturn
from uuid import UUID

from django.db import connection, connections, transaction

from daicho.audit.actor import Actor
from daicho.audit.write import Entry, Outcome, each_once, insert


class Refused(Exception):
    """The actor may not do this; the refusal is recorded already. Screens answer 403 (F-0-12)."""

    def __init__(self, permission: str, reason: str = "") -> None:
        super().__init__(f"refused: {permission}" + (f" ({reason})" if reason else ""))
        self.permission = permission
        self.reason = reason


def record(
    actor: Actor,
    action: str,
    subjects: Iterable[UUID] = (),
    outcome: Outcome | str = Outcome.DONE,
    *,
    purpose: str = "",
    digests: Mapping[str, str] | None = None,
    detail: Mapping[str, Any] | None = None,  # Any: JSON values; never personal data
) -> int:
    """Write the record of an act inside the caller's transaction; returns the row's id. One INSERT.

    Write it last in the transaction: `daicho audit verify` names rows dated more than an hour before the seal in front of them.
    """
    return insert(Entry(actor, action, Outcome(outcome), purpose, each_once(subjects), digests or {}, detail or {}))


def require(actor: Actor, permission: str, subjects: Iterable[UUID] = ()) -> None:
    """Let an actor with `permission` pass. Otherwise commit the refusal's record and raise Refused.

    No query when the actor may.
    """
    if not actor.may(permission):
        refused(actor, permission, subjects)


def refused(
    actor: Actor,
    action: str,
    subjects: Iterable[UUID] = (),
    *,
    purpose: str = "",
    reason: str = "",
    detail: Mapping[str, Any] | None = None,  # Any: JSON values; never personal data
) -> NoReturn:
    """Record that `action` was refused, durably, and raise Refused. `reason` is a word of ours, never personal data.

    Inside a transaction the row goes through a connection of its own, because what raised is about to be rolled back.
    """
    entry = Entry(actor, action, Outcome.REFUSED, purpose, each_once(subjects), detail={**(detail or {}), **({"reason": reason} if reason else {})})
    write_apart(entry)
    raise Refused(str(action), reason)


def write_apart(entry: Entry) -> int:
    """Write one row and commit it, whatever becomes of the transaction that is open here; returns its id.

    Under a test that is rolled back, everything stays on the test's connection: a row that must outlive a command's rollback is
    tested with `committed_db`.
    """
    if not _inside_transaction():
        with transaction.atomic():
            return insert(entry)
    other = connections.create_connection(connection.alias)
    try:
        return insert(entry, other)
    finally:
        other.close()


def _inside_transaction() -> bool:
    """Whether a transaction of the product's own is open here."""
    return connection.in_atomic_block and not any(getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)
