"""一括登録の人手 — other processes make the lines of a file's portions, while this one asks the database and writes to it. design §4."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from daicho.residents.commands.bulk_lines import Made, Maker, Portion

_maker: Maker | None = None
"""In another process: what it makes lines with. What was read once is remembered there from portion to portion."""


def all_made(maker: Maker, portions: Iterator[Portion], processes: int) -> Iterator[Made]:
    """Lines of all portions, in order; each of the other processes has a portion waiting. A single portion is made here."""
    first = list(islice(portions, 2))
    if processes == 0 or len(first) < 2:
        yield from map(maker.make, first)
        yield from map(maker.make, portions)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("fork"), initializer=_begin, initargs=(maker,)) as pool:
        waiting: deque[Future[Made]] = deque(pool.submit(_make, portion) for portion in first)
        while waiting:
            waiting.extend(pool.submit(_make, portion) for portion in islice(portions, 2 * processes - len(waiting)))
            yield waiting.popleft().result()


def _begin(maker: Maker) -> None:
    global _maker
    _maker = maker
    gc.disable()  # lines make no cycles, and looking for some takes a twentieth of the time


def _make(portion: Portion) -> Made:
    assert _maker is not None
    return _maker.make(portion)
