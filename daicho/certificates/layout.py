"""様式の割付け — the ruled grid of an A4 certificate: millimetres of boxes and sizes of letters, shared by the personal sheets. 標準仕様 4章, 5.8."""

from __future__ import annotations

from collections.abc import Mapping

from daicho.certificates.document import Box, Cell, Flow

GRID_MM = 174.0
LABEL_MM = 29.0
NARROW_LABEL_MM, NARROW_MM = 20.0, 34.0
BODY_MM = 208.0  # grid and integrated column together, between the title and the 認証文
FLOW_BAR_MM = 6.5  # the column's heading
FLOW_INSET_MM = 2.5
INSET_MM = 1.6  # white on each side of a text in its box
CONTINUED_GRID_MM = 16.0  # further pages repeat the name's row alone

NARROW = frozenset({"sex", "birth_date", "relationship"})
LARGE = {"name": 17.0, "address": 12.0, "alias": 12.0, "former_surname": 12.0}
USUAL_PT, SMALLEST_PT, LABEL_PT = 10.5, 6.0, 8.0

Grid = tuple[tuple[float, tuple[str, ...]], ...]


def rows_of(grid: Grid, labels: Mapping[str, str], texts: Mapping[str, str]) -> tuple[tuple[Cell, ...], ...]:
    """The grid filled with labels and texts. Every key of the grid must have both."""
    return tuple(tuple(_cell(key, height, keys, labels[key], texts[key]) for key in keys) for height, keys in grid)


def _cell(key: str, height: float, row: tuple[str, ...], label: str, text: str) -> Cell:
    label_mm = NARROW_LABEL_MM if key in NARROW else LABEL_MM
    if len(row) == 1:
        outer = GRID_MM - label_mm
    elif key in NARROW:
        outer = NARROW_MM
    else:
        outer = GRID_MM - label_mm - NARROW_LABEL_MM - NARROW_MM if set(row) & NARROW else GRID_MM / 2 - label_mm
    return Cell(
        key,
        label,
        text,
        label_box=Box(label_mm, height, LABEL_PT),
        box=Box(outer - 2 * INSET_MM, height - 1.0, LARGE.get(key, USUAL_PT), SMALLEST_PT),
    )


def flow_below(grid: Grid, paragraphs: tuple[str, ...], closing: str) -> Flow:
    """The integrated column in what the grid leaves of the page; further pages keep the name's row above it."""
    first = BODY_MM - sum(height for height, _ in grid)
    return Flow(
        label="統合記載欄",
        paragraphs=paragraphs,
        closing=closing,
        width_mm=GRID_MM - 2 * FLOW_INSET_MM,
        first_mm=first - FLOW_BAR_MM - FLOW_INSET_MM,
        further_mm=BODY_MM - CONTINUED_GRID_MM - FLOW_BAR_MM - FLOW_INSET_MM,
    )
