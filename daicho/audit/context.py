"""操作の場 — what is under way in this thread: one request, one job, one message taken in. 標準10.2（機能名・画面名）.

It carries what every trail row of the request has in common, counts readings that are open or written, and collects which
kinds of number were opened, so that 個人番号へのアクセス有無 is never left to the memory of the caller (N-10.2-10).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID


@dataclass
class Context:
    """What is known of the act under way. `screen` is the view's, job's or message's name."""

    request_id: str = ""
    screen: str = ""
    open_readings: int = 0
    written: int = 0  # trail rows that are in the database, or in the open transaction
    numbers: dict[str, str] = field(default_factory=dict)  # kind of number -> because; since the last trail row
    shown: dict[UUID, None] = field(default_factory=dict)  # everyone whom a reading of this request named, in order

    def take_numbers(self) -> dict[str, str]:
        """The kinds of number opened since the last trail row; the next row is not told again."""
        taken, self.numbers = self.numbers, {}
        return taken


_current: ContextVar[Context | None] = ContextVar("daicho_audit_context", default=None)


def current() -> Context:
    """The context of this thread; one is made where neither middleware nor job has opened any."""
    context = _current.get()
    if context is None:
        context = Context()
        _current.set(context)
    return context


@contextmanager
def acting(screen: str = "", request_id: str = "") -> Iterator[Context]:
    """Everything inside belongs to one request, job or message. Jobs and intakes open one of their own each."""
    with use(Context(request_id=request_id, screen=screen)) as context:
        yield context


@contextmanager
def use(context: Context) -> Iterator[Context]:
    """Go on inside `context`, as the body of a streamed response does."""
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)


def note_numbers(kind: str, because: str) -> None:
    """A number of this kind was opened in the clear: the next trail row of this context says so, with the reason."""
    current().numbers[kind] = because
