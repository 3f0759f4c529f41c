"""組み上がった証明書 — a composed certificate: labelled boxes with the text that paper will show, and nothing else that is personal.

Its shape is the one that `daicho.paper.press.Form` asks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Box:
    """A box of the form in millimetres; letters in points, from the usual to the smallest size allowed (標準仕様 5.8)."""

    width_mm: float
    height_mm: float
    size_pt: float = 11.0
    smallest_pt: float = 6.0
    line_height: float = 1.25


@dataclass(frozen=True)
class Cell:
    """One 記載事項 on the form: its key in the definition, its printed label and text, and their boxes."""

    key: str
    label: str
    text: str
    label_box: Box
    box: Box


@dataclass(frozen=True)
class Flow:
    """統合記載欄: paragraphs that go on over as many pages as they need; `closing` (以下余白) stands behind the last where white is left."""

    label: str
    paragraphs: tuple[str, ...]
    closing: str
    width_mm: float
    first_mm: float
    further_mm: float
    size_pt: float = 9.5
    line_height: float = 1.5


@dataclass(frozen=True)
class Document:
    """A certificate ready for the press. `rows` is the grid from top to bottom, each row from left to right.

    `plain` are the (label, text) pairs outside the grid: title, 認証文, 職名 and so on; `furniture` is the same for the template, with drawings.
    """

    code: str
    definition_digest: str
    template: str
    dated: date
    rows: tuple[tuple[Cell, ...], ...]
    flow: Flow
    page_mark: str
    plain: tuple[tuple[str, str], ...] = ()
    furniture: Mapping[str, object] = field(default_factory=dict)

    def cells(self) -> Iterator[Cell]:
        """Every cell in reading order."""
        for row in self.rows:
            yield from row

    def text_of(self, key: str) -> str:
        """The printed text of one item; KeyError when the form has no such box."""
        for cell in self.cells():
            if cell.key == key:
                return cell.text
        raise KeyError(key)
