"""採番 — numbers in order and without gaps, taken in the transaction that uses them. 標準1.1.13, 5.5.

The row of the series stays locked until the caller's transaction ends: what is rolled back gives its numbers back, and
the next taker waits for that. Take numbers late in a transaction. Plain SQL, so that the package can be imported before
Django has its models.
"""

from collections.abc import Mapping

from django.conf import settings
from django.db import connection

from daicho import clock
from daicho.numbering import series as all_series

_TAKE = """
INSERT INTO numbering_counter AS counter (municipality_code, series, period, last_no)
SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::bigint[])
ON CONFLICT (municipality_code, series, period) DO UPDATE SET last_no = counter.last_no + EXCLUDED.last_no RETURNING series, last_no
"""
_BEGIN = "INSERT INTO numbering_counter (municipality_code, series, period, last_no) VALUES (%s, %s, %s, 0) ON CONFLICT DO NOTHING"
_LOCK = "SELECT last_no FROM numbering_counter WHERE municipality_code = %s AND series = %s AND period = %s FOR UPDATE"
_RAISE = "UPDATE numbering_counter SET last_no = %s WHERE municipality_code = %s AND series = %s AND period = %s"
_GAP = """
INSERT INTO numbering_gap (municipality_code, series, period, first_no, last_no, reason, recorded_by, recorded_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""


def take(series: str, count: int = 1) -> list[int]:
    """The next `count` numbers, in order. One statement for any count; RuntimeError outside a transaction, KeyError for an unknown series."""
    return take_several({series: count})[series]


def take_several(counts: Mapping[str, int]) -> dict[str, list[int]]:
    """The next numbers of several series, as `take`. One statement for all, none when nothing is wanted."""
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count of numbers is not negative")
    keys = {series: _key(series) for series in sorted(counts)}  # in one order, so that two takers never wait for each other crosswise
    wanted = [[*key, counts[series]] for series, key in keys.items() if counts[series]]
    last: dict[str, int] = {}
    if wanted:
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, [list(column) for column in zip(*wanted, strict=True)])
            last = dict(cursor.fetchall())
    return {series: list(range(last[series] - count + 1, last[series] + 1)) if count else [] for series, count in counts.items()}


def never_below(series: str, number: int, reason: str, by: str = "") -> int:
    """After an import or a restore: go on above `number` at least; what is skipped is recorded as a gap. Returns the last number.

    Numbers at or below `number` that the import did bring are in use, the rest of the skipped ones are explained by `reason`.
    """
    key = _key(series)
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, key)
        cursor.execute(_LOCK, key)
        last = int(cursor.fetchone()[0])
        if number <= last:
            return last
        cursor.execute(_RAISE, [number, *key])
        _record_gap(key, last + 1, number, reason, by)
    return number


def leap(count: int, reason: str, by: str = "") -> dict[str, int]:
    """After a restore: every series goes on `count` numbers further, and what is skipped is in the ledger (some of it was given out, and lost).

    Of series that begin again each day only today's. Returns the last number of each. RuntimeError outside a transaction.
    """
    if count < 1:
        raise ValueError("a leap is one number at least")
    leapt = {}
    for series in sorted(all_series.SERIES):
        key = _key(series)
        with connection.cursor() as cursor:
            cursor.execute(_BEGIN, key)
            cursor.execute(_LOCK, key)
            last = int(cursor.fetchone()[0])
            cursor.execute(_RAISE, [last + count, *key])
        _record_gap(key, last + 1, last + count, reason, by)
        leapt[series] = last + count
    return leapt


def leave_out(series: str, first: int, last: int, reason: str, by: str = "") -> None:
    """Record that numbers taken before were not used for anything (a 発行番号 whose paper was spoiled, say). ValueError for numbers not yet taken."""
    key = _key(series)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, key)
        row = cursor.fetchone()
        if row is None or last > int(row[0]):
            raise ValueError(f"{series}: numbers up to {last} have not been taken yet")
        _record_gap(key, first, last, reason, by)


def _key(series: str) -> list[str]:
    if not connection.in_atomic_block:
        raise RuntimeError("numbers are taken inside the transaction that uses them")
    period = all_series.get(series).period(clock.today())
    return [settings.INSTALLATION.municipality_code, series, period]


def _record_gap(key: list[str], first: int, last: int, reason: str, by: str) -> None:
    if not reason.strip():
        raise ValueError("a gap needs its reason")
    with connection.cursor() as cursor:
        cursor.execute(_GAP, [*key, first, last, reason, by, clock.now()])
