"""欄に収める — text set into a box of fixed size: smaller letters first, then an explicit excess, never a silent cut. 標準仕様 5.8.

Lines are broken here and not by the typesetter, so that what overflows and how many pages there are is known before a page is made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from daicho.paper.glyphs import clusters

MM_PER_POINT = 25.4 / 72
STEP_PT = 0.5
# These do not begin a line (行頭禁則); the character before them goes with them to the next line.
NOT_FIRST = frozenset("、。，．・：；？！）」』】〉》〕］｝ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ%％)")
NOT_LAST = frozenset("（「『【〈《〔［｛(")

_MOST_CARRIED = 4
"""A line that would lose more than these to the next breaks the rule instead."""
Width = Callable[[str], float]


class Overflow(StrEnum):
    """What to print of a text that does not fit: a setting of the city (N-5.8-06), or nothing at all."""

    REFUSE = "refuse"
    AS_FAR_AS_IT_FITS = "as_far_as_it_fits"
    BLANK = "blank"


class Box(Protocol):
    """A box on the form, as a template draws it. Sizes of letters in points; `line_height` is a multiple of the letter size."""

    @property
    def width_mm(self) -> float: ...
    @property
    def height_mm(self) -> float: ...
    @property
    def size_pt(self) -> float: ...
    @property
    def smallest_pt(self) -> float: ...
    @property
    def line_height(self) -> float: ...


@dataclass(frozen=True)
class Fitted:
    """Text set into a box: the lines to print at `size_pt`, and how many characters (clusters) of how many they hold."""

    lines: tuple[str, ...]
    size_pt: float
    fitted: int
    length: int

    @property
    def overflows(self) -> bool:
        return self.fitted < self.length


@dataclass(frozen=True)
class Excess:
    """One line of 文字超過リスト (N-5.8-04): the item and how much of it has room. The text itself is looked up by `key`, not carried."""

    key: str
    label: str
    length: int
    fitted: int


def fit(text: str, box: Box, width: Width) -> Fitted:
    """Set `text` into `box`, at its own size or the largest smaller one that holds everything; else at the smallest, cut, and saying so."""
    parts = clusters(text)
    size = box.size_pt
    while True:
        lines = break_lines(parts, box.width_mm / (size * MM_PER_POINT), width)
        room = int(box.height_mm / (size * MM_PER_POINT * box.line_height) + 1e-6)
        if len(lines) <= room or size - STEP_PT < box.smallest_pt:
            break
        size -= STEP_PT
    kept = lines[:room]
    return Fitted(tuple("".join(line) for line in kept), size, sum(map(len, kept)), len(parts))


def break_lines(parts: list[str], em: float, width: Width) -> list[list[str]]:
    """Clusters broken into lines of at most `em` em. Always gives every cluster back, in order; at least one to a line."""
    lines: list[list[str]] = []
    line: list[str] = []
    used = 0.0
    for part in parts:
        advance = width(part)
        if line and used + advance > em + 1e-6:
            carried = _carried(line, part)
            lines.append(line[: len(line) - carried])
            line = line[len(line) - carried :]
            used = sum(width(each) for each in line)
        line.append(part)
        used += advance
    if line:
        lines.append(line)
    return lines


def _carried(line: list[str], following: str) -> int:
    """How many clusters go from the end of a full line to the next one, so that neither line breaks the rule of first and last: 「条）」 before 「。」."""
    if following[0] in NOT_FIRST:
        for count in range(1, min(len(line) - 1, _MOST_CARRIED + 1)):
            if line[-count][0] not in NOT_FIRST and line[-count - 1][0] not in NOT_LAST:
                return count
    return 1 if line[-1][0] in NOT_LAST and len(line) > 1 else 0
