"""様式の割付け — the ruled grid of an A4 certificate: millimetres of boxes and sizes of letters. 標準仕様 4章, 5.8.

A grid is rows of slots, each slot a label and a value beside it; every row is as wide as the frame, ruling to ruling.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from daicho.certificates.document import Box, Cell, Row

FRAME_MM = 174.0
BODY_MM = 208.0  # what the frame holds, between the title and the 認証文
FLOW_BAR_MM = 6.5  # the heading of running text
FLOW_INSET_MM = 2.5
FLOW_WIDTH_MM = FRAME_MM - 2 * FLOW_INSET_MM
SMALLEST_PT = 6.0


@dataclass(frozen=True)
class Slot:
    """A labelled box of a row: the widths of label and value, ruling to ruling, and the usual size of their letters."""

    key: str
    label_mm: float
    value_mm: float
    size_pt: float = 10.5
    label_pt: float = 8.0


Grid = tuple[tuple[float, tuple[Slot, ...]], ...]
"""Rows from the top: height in mm, then the slots from left to right."""


@dataclass(frozen=True)
class White:
    """The white inside a box: on each side of its text, above and below together, and the height of a line as a multiple of its letters."""

    side_mm: float = 1.6
    above_below_mm: float = 1.0
    line_height: float = 1.25


USUAL_WHITE = White()


def height_of(grid: Grid) -> float:
    """In mm."""
    return sum(height for height, _ in grid)


def rows_of(grid: Grid, labels: Mapping[str, str], texts: Mapping[str, str], *, person: int = 0, white: White = USUAL_WHITE) -> tuple[Row, ...]:
    """The grid filled with labels and texts; every key of the grid must have both. `person`: the place among several, 0 = alone."""
    return tuple(tuple(_cell(slot, height, labels[slot.key], texts[slot.key], person, white) for slot in slots) for height, slots in grid)


def _cell(slot: Slot, height: float, label: str, text: str, person: int, white: White) -> Cell:
    return Cell(
        key=f"{person}.{slot.key}" if person else slot.key,
        label=label,
        text=text,
        label_box=Box(slot.label_mm, height, slot.label_pt),
        box=Box(slot.value_mm - 2 * white.side_mm, height - white.above_below_mm, slot.size_pt, SMALLEST_PT, white.line_height),
        ruled_mm=slot.value_mm,
        called=f"{person}人目の{label}" if person else label,
    )


def places_of(people: Sequence[object]) -> tuple[int, ...]:
    """The places by which messages and keys tell several people apart; (0,) for someone alone."""
    return tuple(range(1, len(people) + 1)) if len(people) != 1 else (0,)
