"""閲覧の記録 — reading is an act: its record is committed before the first byte leaves. F-1-13, F-1-16, N-10.2-03."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from daicho import rows
from daicho.audit.actor import Actor
from daicho.audit.context import current
from daicho.audit.records import require
from daicho.audit.write import Entry, Outcome, each_once, insert

_log = logging.getLogger(__name__)
_guards: list[Callable[["Reading"], None]] = []


def guard(function: Callable[["Reading"], None]) -> None:
    """Ask `function` at the end of every reading, before its record: what it raises ends the reading, and nobody is shown. Idempotent."""
    if function not in _guards:
        _guards.append(function)


@dataclass
class Reading:
    """An open reading: everyone who is shown is named to it. `entry_id` is the trail row, once it is closed."""

    actor: Actor
    permission: str
    purpose: str
    entry_id: int | None = None
    _subjects: dict[UUID, None] = field(default_factory=dict)
    _detail: dict[str, Any] = field(default_factory=dict)  # Any: JSON values
    _closed: bool = False

    def add(self, *subjects: UUID) -> None:
        """These persons are shown. RuntimeError once the reading is closed: nobody may be shown after the record."""
        if self._closed:
            raise RuntimeError("the reading is closed: who is shown now would not be on record")
        self._subjects.update(dict.fromkeys(each_once(subjects)))

    def note(self, **detail: Any) -> None:  # Any: JSON values
        """Add to the row's detail (a count, a file's name, an 発行番号); never personal data, never the words searched for."""
        if self._closed:
            raise RuntimeError("the reading is closed")
        self._detail.update(detail)

    @property
    def subjects(self) -> tuple[UUID, ...]:
        """Everyone named so far, each once."""
        return tuple(self._subjects)

    def entry(self, outcome: Outcome, error: BaseException | None = None) -> Entry:
        """The trail row of this reading as it now is; of an error only its kind is kept, as its words may quote a person."""
        detail = self._detail if error is None else {**self._detail, "error": type(error).__name__}
        return Entry(self.actor, self.permission, outcome, self.purpose, self.subjects, detail=detail)


@contextmanager
def reading(actor: Actor, permission: str, *, purpose: str = "", subjects: tuple[UUID, ...] = ()) -> Iterator[Reading]:
    """Read inside one durable transaction, at whose end ONE row names everyone who was shown. All of it is as it was at one moment (decision 0044).

    The row is committed when the block is left, so before a view can answer. An exception inside (404 too) leaves a row with
    outcome 'failed' and those named so far. `subjects` are those asked for by name; a refusal is recorded against them too.
    Raises Refused (recorded), ValueError when neither a purpose is given nor the actor works on a 受付 (F-1-16), RuntimeError
    inside a transaction: this is the second and last door that opens one. Asks the database once: the INSERT.
    """
    named = each_once(subjects)
    require(actor, permission, named)
    if not purpose and not actor.visit_no:
        raise ValueError("a reading needs its purpose, or an actor who works on a 受付 (F-1-16)")
    seen = Reading(actor, str(permission), purpose)
    seen.add(*named)
    context = current()
    context.open_readings += 1
    numbers: dict[str, str] = {}
    try:
        with rows.of_one_moment():
            yield seen
            for ask in _guards:
                ask(seen)
            seen._closed = True
            numbers = dict(context.numbers)
            seen.entry_id = insert(seen.entry(Outcome.DONE))
        context.shown.update(dict.fromkeys(seen.subjects))
    except BaseException as error:
        seen._closed = True
        context.numbers = numbers | context.numbers  # when the commit itself failed, the row that took them is gone
        _write_failed(seen, error)
        raise
    finally:
        context.open_readings -= 1


def _write_failed(seen: Reading, error: BaseException) -> None:
    """Leave a row although the reading failed; when even that cannot be written, the reading's own error goes on."""
    try:
        with transaction.atomic(durable=True):
            seen.entry_id = insert(seen.entry(Outcome.FAILED, error))
    except Exception:  # noqa: BLE001, whatever it is, the reading failed already and nothing leaves
        _log.exception("a failed reading of %s by %s could not be recorded", seen.permission, seen.actor.login)
