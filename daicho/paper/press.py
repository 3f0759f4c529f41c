"""印刷 — a composed form onto paper: every text checked against the fonts, set into its box, paged, made into a PDF.

The press knows boxes and lines, nothing of what they mean. What it prints is any object of the shape of `Form`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from daicho.paper.engine import Engine
from daicho.paper.errors import GlyphMissing, TextOverflow
from daicho.paper.fit import MM_PER_POINT, Box, Excess, Fitted, Overflow, break_lines, fit
from daicho.paper.fonts import FontSet, open_fonts
from daicho.paper.glyphs import Missing, Repertoire, clusters, repertoire


class Cell(Protocol):
    """A labelled box of a form's grid. `label_box` and `box` lie side by side."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def label_box(self) -> Box: ...
    @property
    def box(self) -> Box: ...


class Flow(Protocol):
    """A box of running text that goes on over as many pages as it needs: heights of its room on the first and on each further page."""

    @property
    def label(self) -> str: ...
    @property
    def paragraphs(self) -> Sequence[str]: ...
    @property
    def closing(self) -> str: ...
    @property
    def width_mm(self) -> float: ...
    @property
    def first_mm(self) -> float: ...
    @property
    def further_mm(self) -> float: ...
    @property
    def size_pt(self) -> float: ...
    @property
    def line_height(self) -> float: ...


class Form(Protocol):
    """What can be printed. `furniture` holds the template's own JSON values; `plain` the (label, text) pairs in it that must be printable.

    `page_mark` is printed on every page with its number behind it ('… 1/2').
    """

    @property
    def template(self) -> str: ...
    @property
    def dated(self) -> date: ...
    @property
    def rows(self) -> Sequence[Sequence[Cell]]: ...
    @property
    def flow(self) -> Flow: ...
    @property
    def page_mark(self) -> str: ...
    @property
    def plain(self) -> Sequence[tuple[str, str]]: ...
    @property
    def furniture(self) -> Mapping[str, object]: ...


@dataclass(frozen=True)
class Printed:
    """A made document. The four digests (SHA-256, hex) are what a register of issued documents keeps; the PDF itself is not kept."""

    pdf: bytes
    pages: int
    document_digest: str
    font_digest: str
    template_digest: str
    excess: tuple[Excess, ...]


class Press:
    """Prints forms with one set of fonts and one folder of templates. Keep one per process."""

    def __init__(self, fonts: FontSet, templates: Path) -> None:
        self.repertoire: Repertoire = repertoire(fonts)
        self._engine = Engine(fonts, templates)
        self._template_digest = _folder_digest(templates)

    def missing(self, form: Form) -> tuple[tuple[str, Missing], ...]:
        """Every character of the form that cannot be printed, with the label of its item. Asks no typesetter: cheap enough for every entry."""
        return tuple((label, each) for label, text in _texts(form) for each in self.repertoire.missing(text))

    def excess(self, form: Form) -> tuple[Excess, ...]:
        """文字超過リスト: the items that would not fit their boxes; empty when all do."""
        return _excess(self._fit(form))

    def print(self, form: Form, overflow: Overflow = Overflow.REFUSE) -> Printed:
        """Make the PDF. Raises `GlyphMissing` by item and code point, and `TextOverflow` unless the city's setting says how to go on."""
        missing = self.missing(form)
        if missing:
            raise GlyphMissing(missing)
        fitted = self._fit(form)
        excess = _excess(fitted)
        if excess and overflow is Overflow.REFUSE:
            raise TextOverflow(excess)
        pages = paginate(form.flow, self.repertoire)
        marks = [f"{form.page_mark} {number}/{len(pages)}" for number in range(1, len(pages) + 1)]
        data = {
            "rows": [[_cell(*pair, overflow) for pair in row] for row in fitted],
            "pages": [{"lines": page.lines, "is_closed": page.is_closed} for page in pages],
            "marks": marks,
            "flow": _flow(form.flow),
        }
        pdf = self._engine.pdf(form.template, {**form.furniture, **data}, form.dated)
        return Printed(pdf, len(pages), hashlib.sha256(pdf).hexdigest(), self._engine.fonts.digest, self._template_digest, excess)

    def _fit(self, form: Form) -> list[list[tuple[Cell, Fitted]]]:
        return [[(cell, fit(cell.text, cell.box, self.repertoire.width)) for cell in row] for row in form.rows]


def open_press(fonts_directory: Path, templates: Path) -> Press:
    """The press of this process for these fonts and templates, made at the first call (0.2 s).

    The fonts are looked at each time (by size and time of change): raises `FontMissing` as soon as they are gone or altered.
    """
    return _press(open_fonts(fonts_directory), templates)


@lru_cache(maxsize=4)
def _press(fonts: FontSet, templates: Path) -> Press:
    return Press(fonts, templates)


@dataclass(frozen=True)
class Page:
    """The running text of one page: its lines, and whether the closing words follow them."""

    lines: tuple[str, ...]
    is_closed: bool


def paginate(flow: Flow, fonts: Repertoire) -> tuple[Page, ...]:
    """The running text as lines for each page. Always at least one page; no line is lost.

    The closing words stand behind the last line; a last page filled to the end has no white to close and goes without them.
    """
    em = flow.width_mm / (flow.size_pt * MM_PER_POINT)
    lines = ["".join(line) for text in flow.paragraphs for line in break_lines(clusters(text), em, fonts.width) or [[]]]
    pages: list[Page] = []
    while lines or not pages:
        height = flow.further_mm if pages else flow.first_mm
        room = max(int(height / (flow.size_pt * MM_PER_POINT * flow.line_height) + 1e-6), 1)
        pages.append(Page(tuple(lines[:room]), len(lines) < room))
        lines = lines[room:]
    return tuple(pages)


def _texts(form: Form) -> list[tuple[str, str]]:
    cells = [pair for row in form.rows for cell in row for pair in ((f"{cell.label}（見出し）", cell.label), (cell.label, cell.text))]
    flow = [(form.flow.label, text) for text in (form.flow.label, *form.flow.paragraphs, form.flow.closing)]
    return [*cells, *flow, ("発行番号", form.page_mark), *form.plain]


def _excess(fitted: list[list[tuple[Cell, Fitted]]]) -> tuple[Excess, ...]:
    return tuple(Excess(cell.key, cell.label, each.length, each.fitted) for row in fitted for cell, each in row if each.overflows)


def _cell(cell: Cell, fitted: Fitted, overflow: Overflow) -> dict[str, object]:
    lines = () if fitted.overflows and overflow is Overflow.BLANK else fitted.lines
    return {
        "key": cell.key,
        "label": cell.label,
        "label_mm": cell.label_box.width_mm,
        "label_pt": cell.label_box.size_pt,
        "mm": cell.box.width_mm,
        "height_mm": cell.box.height_mm,
        "lines": list(lines),
        "pt": fitted.size_pt,
        "line_height": cell.box.line_height,
    }


def _flow(flow: Flow) -> dict[str, object]:
    return {
        "label": flow.label,
        "mm": flow.width_mm,
        "first_mm": flow.first_mm,
        "further_mm": flow.further_mm,
        "pt": flow.size_pt,
        "line_height": flow.line_height,
        "closing": flow.closing,
    }


@lru_cache(maxsize=8)
def _folder_digest(templates: Path) -> str:
    """SHA-256 over names and contents of the templates, read once per process."""
    whole = hashlib.sha256()
    for file in sorted(templates.glob("*.typ")):
        whole.update(f"{file.name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()
