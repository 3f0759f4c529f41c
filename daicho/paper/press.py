"""印刷 — a composed form onto paper: every text checked against the fonts, set into its box, paged, made into a PDF.

The press knows boxes and lines, nothing of what they mean. What it prints is any object of the shape of `Form`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from daicho.paper.engine import Engine
from daicho.paper.errors import GlyphMissing, TextOverflow
from daicho.paper.fit import MM_PER_POINT, Box, Excess, Fitted, Overflow, Width, break_lines, fit
from daicho.paper.fonts import FontSet, open_fonts
from daicho.paper.glyphs import Missing, Repertoire, clusters, repertoire
from daicho.paper.story import Story, set_pages


class Cell(Protocol):
    """A labelled box of a row. `label_box` and the value, `ruled_mm` wide, lie side by side; `called` is how messages name it."""

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
    @property
    def ruled_mm(self) -> float: ...
    @property
    def called(self) -> str: ...


class Block(Protocol):
    """Rows under one another; `label` in a column beside them, "" = none."""

    @property
    def rows(self) -> Sequence[Sequence[Cell]]: ...
    @property
    def label(self) -> str: ...


class Flow(Protocol):
    """Running text that goes on over as many pages as it needs: heights of its room on the first and on each further page.

    `repeated` stands above it on the further ones.
    """

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
    def repeated(self) -> Sequence[Block]: ...
    @property
    def size_pt(self) -> float: ...
    @property
    def line_height(self) -> float: ...


class Leaf(Protocol):
    """A page: blocks, running text (None = without), closing words below them ("" = none); or blocks and a story that goes on over further pages."""

    @property
    def blocks(self) -> Sequence[Block]: ...
    @property
    def flow(self) -> Flow | None: ...
    @property
    def closing(self) -> str: ...
    @property
    def story(self) -> Story | None: ...


class Form(Protocol):
    """What can be printed. `furniture` holds the template's own JSON values; `plain` the (label, text) pairs in it that must be printable.

    `page_mark` is printed on every page with its number behind it ('… 1/2'), `tally` on every page alike. `stamp` (hex) tells the content from
    every other; it goes into the PDF's own facts, unseen on paper.
    """

    @property
    def template(self) -> str: ...
    @property
    def dated(self) -> date: ...
    @property
    def leaves(self) -> Sequence[Leaf]: ...
    @property
    def page_mark(self) -> str: ...
    @property
    def tally(self) -> str: ...
    @property
    def stamp(self) -> str: ...
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
        return _excess(form, Fits(self.repertoire.width))

    def count(self, form: Form) -> int:
        """How many pages it will have. Asks no typesetter, and sets no text into its box: boxes do not move pages."""
        return sum(self._count(leaf) for leaf in form.leaves)

    def _count(self, leaf: Leaf) -> int:
        if leaf.story is not None:
            return len(set_pages(leaf.story, self.repertoire.width))
        return 1 if leaf.flow is None else len(paginate(leaf.flow, self.repertoire))

    def print(self, form: Form, overflow: Overflow = Overflow.REFUSE) -> Printed:
        """Make the PDF. Raises `GlyphMissing` by item and code point, and `TextOverflow` unless the city's setting says how to go on."""
        missing = self.missing(form)
        if missing:
            raise GlyphMissing(missing)
        fits = Fits(self.repertoire.width)
        excess = _excess(form, fits)
        if excess and overflow is Overflow.REFUSE:
            raise TextOverflow(excess)
        pages = [page for leaf in form.leaves for page in self._pages(leaf, overflow, fits)]
        marks = [f"{form.page_mark} {number}/{len(pages)}" for number in range(1, len(pages) + 1)]
        filled = {**form.furniture, "pages": pages, "marks": marks, "tally": form.tally, "stamp": form.stamp}
        pdf = self._engine.pdf(form.template, filled, form.dated)
        return Printed(pdf, len(pages), hashlib.sha256(pdf).hexdigest(), self._engine.fonts.digest, self._template_digest, excess)

    def _pages(self, leaf: Leaf, overflow: Overflow, fits: Fits) -> list[dict[str, object]]:
        """A leaf as the template draws it: one page, and further ones where its running text goes on."""
        blocks = _blocks(leaf.blocks, overflow, fits)
        if leaf.story is not None:
            pages = [[one.drawn() for one in page] for page in set_pages(leaf.story, self.repertoire.width)]
            return [{"blocks": [] if number else blocks, "flow": None, "closing": "", "story": page} for number, page in enumerate(pages)]
        if leaf.flow is None:
            return [{"blocks": blocks, "flow": None, "closing": leaf.closing}]
        first, *further = (_flow(leaf.flow, page) for page in paginate(leaf.flow, self.repertoire))
        repeated = _blocks(leaf.flow.repeated, overflow, fits) if further else []
        return [{"blocks": blocks, "flow": first, "closing": ""}, *({"blocks": repeated, "flow": each, "closing": ""} for each in further)]


class Fits:
    """The texts of one form, each set into a box of its kind once, however often it stands there."""

    def __init__(self, width: Width) -> None:
        self._width = width
        self._known: dict[tuple[str, Box], Fitted] = {}

    def of(self, cell: Cell) -> Fitted:
        known = self._known.get((cell.text, cell.box))
        if known is None:
            known = self._known[cell.text, cell.box] = fit(cell.text, cell.box, self._width)
        return known


def _excess(form: Form, fits: Fits) -> tuple[Excess, ...]:
    fitted = ((cell, fits.of(cell)) for cell in _cells(form))
    return tuple(Excess(cell.key, cell.called, each.length, each.fitted) for cell, each in fitted if each.overflows)


def _blocks(blocks: Sequence[Block], overflow: Overflow, fits: Fits) -> list[dict[str, object]]:
    return [{"label": block.label, "rows": [[_cell(cell, fits.of(cell), overflow) for cell in row] for row in block.rows]} for block in blocks]


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


def _cells(form: Form) -> Iterator[Cell]:
    """Every cell, each once: what further pages repeat stood on the first."""
    return (cell for leaf in form.leaves for block in leaf.blocks for row in block.rows for cell in row)


def _texts(form: Form) -> Iterator[tuple[str, str]]:
    """Everything that is printed, with the name of its item. What stands on several pages is told once."""
    for cell in _cells(form):
        yield f"{cell.called}（見出し）", cell.label
        yield cell.called, cell.text
    for leaf in form.leaves:
        if leaf.flow is not None:
            yield from ((leaf.flow.label, text) for text in (leaf.flow.label, *leaf.flow.paragraphs, leaf.flow.closing))
        if leaf.story is not None:
            yield from ((piece.called, text) for piece in leaf.story.pieces for part in piece.parts for text in part.text.split("\n"))
            yield from ((piece.under.called, part.text) for piece in leaf.story.pieces if piece.under for part in piece.under.parts)
        yield from (("段の見出し", block.label) for block in leaf.blocks)
        yield "余白の文言", leaf.closing
    yield "発行番号", form.page_mark
    yield "契印", form.tally
    yield from form.plain


def _cell(cell: Cell, fitted: Fitted, overflow: Overflow) -> dict[str, object]:
    lines = () if fitted.overflows and overflow is Overflow.BLANK else fitted.lines
    return {
        "label": cell.label,
        "label_mm": cell.label_box.width_mm,
        "label_pt": cell.label_box.size_pt,
        "mm": cell.box.width_mm,
        "ruled_mm": cell.ruled_mm,
        "height_mm": cell.label_box.height_mm,
        "lines": list(lines),
        "pt": fitted.size_pt,
        "line_height": cell.box.line_height,
    }


def _flow(flow: Flow, page: Page) -> dict[str, object]:
    """The running text of one page."""
    return {
        "label": flow.label,
        "pt": flow.size_pt,
        "line_height": flow.line_height,
        "lines": page.lines,
        "closing": flow.closing if page.is_closed else "",
    }


@lru_cache(maxsize=8)
def _folder_digest(templates: Path) -> str:
    """SHA-256 over names and contents of the templates, read once per process."""
    whole = hashlib.sha256()
    for file in sorted(templates.glob("*.typ")):
        whole.update(f"{file.name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()
