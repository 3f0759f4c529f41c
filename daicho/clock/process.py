"""時計の本体 — what this process takes for the present. No article."""

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from daicho.clock.offset import ClockError, read_offset

JST = ZoneInfo("Asia/Tokyo")
ENVIRONMENT_NAME = "DAICHO_CLOCK_FILE"
OPENING = time(9, 0)  # a test that names only a day means the counter's opening

_log = logging.getLogger(__name__)
_lock = threading.Lock()
_NEVER = datetime.min.replace(tzinfo=UTC)


class _Process:
    """The state of this process's clock; all of it is read and written under `_lock`."""

    last = _NEVER
    back_noticed = False
    movable = True
    fixed: tuple[datetime, ...] = ()  # instants set by tests, innermost last
    file_seen: tuple[int, int, int] | None = None
    offset = timedelta(0)


def now() -> datetime:
    """The present instant, UTC and aware; never earlier than any this process has given."""
    with _lock:
        if _Process.fixed:
            return _Process.fixed[-1]
        instant = datetime.now(UTC) + _offset()
        if instant < _Process.last:
            _notice_move_back(_Process.last - instant)
            return _Process.last
        _Process.last = instant
        _Process.back_noticed = False
        return instant


def today() -> date:
    """The present date in Japan: the day of receipt, of recording and of every deadline."""
    return jst(now()).date()


def jst(instant: datetime) -> datetime:
    """The same instant as Japanese time. Raises ValueError for one without a time zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return instant.astimezone(JST)


@contextmanager
def at(moment: datetime | date) -> Iterator[datetime]:
    """For tests: the clock stands at `moment` in every thread of this process (a date means 9:00 in Japan).

    May be nested, and the inner one may be earlier. Afterwards the clock goes on from where it was.
    """
    if isinstance(moment, datetime):
        if moment.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        instant = moment.astimezone(UTC)
    else:
        instant = datetime.combine(moment, OPENING, JST).astimezone(UTC)
    with _lock:
        if not _Process.movable:
            raise ClockError("the clock of a production system is not moved")
        _Process.fixed = (*_Process.fixed, instant)
    try:
        yield instant
    finally:
        with _lock:
            _Process.fixed = _Process.fixed[:-1]


def forbid_moving() -> None:
    """Production: from now on neither file nor test moves this clock. Raises ClockError when a file is set."""
    if os.environ.get(ENVIRONMENT_NAME):
        raise ClockError(f"{ENVIRONMENT_NAME} is set, but a production system does not move its clock")
    with _lock:
        _Process.movable = False


def _offset() -> timedelta:
    """The offset of the file, read again only when the file has changed (one stat per call otherwise)."""
    name = os.environ.get(ENVIRONMENT_NAME)
    if not name:
        return timedelta(0)
    if not _Process.movable:
        raise ClockError(f"{ENVIRONMENT_NAME} is set, but a production system does not move its clock")
    try:
        status = os.stat(name)
        seen = (status.st_mtime_ns, status.st_ino, status.st_size)
    except FileNotFoundError:
        seen = (0, 0, 0)
    if seen != _Process.file_seen:
        _Process.offset = timedelta(seconds=read_offset(Path(name)))
        _Process.file_seen = seen
    return _Process.offset


def _notice_move_back(by: timedelta) -> None:
    """Say once per move back, and only when a person would notice it: clock synchronisation slews by milliseconds."""
    if not _Process.back_noticed and by > timedelta(seconds=1):
        _Process.back_noticed = True
        _log.warning("the time moved back by %.1f s; this process's clock stands still until it catches up", by.total_seconds())
