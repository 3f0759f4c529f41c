"""進み具合 — one line for each step of a start, with the time it took; and tables that stand straight with Japanese in them."""

from __future__ import annotations

import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {text}", flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Shows the step when it begins (on a terminal) and, with its seconds, when it has ended."""
    began = time.monotonic()
    if sys.stdout.isatty():
        print(f"{time.strftime('%H:%M:%S')}  {text} …", end="\r", flush=True)
    try:
        yield
    except BaseException:
        say(f"{text}: did not end well after {time.monotonic() - began:.1f} s")
        raise
    say(f"{text} ({time.monotonic() - began:.1f} s)")


def width(text: str) -> int:
    """Columns of a terminal that `text` takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 0 if unicodedata.combining(character) else 1 for character in text)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A plain table, columns aligned by what a terminal shows."""
    lines = [list(head), *map(list, rows)]
    wide = [max(width(line[column]) for line in lines) for column in range(len(head))]
    printed = ["  ".join(cell + " " * (wide[column] - width(cell)) for column, cell in enumerate(line)).rstrip() for line in lines]
    return "\n".join([printed[0], "  ".join("─" * size for size in wide), *printed[1:]])
