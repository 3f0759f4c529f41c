"""組み上がった証明書 — a composed certificate: pages of labelled boxes with the text that paper will show, and nothing else that is personal.

Its shape is the one that `daicho.paper.press.Form` asks for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from daicho.certificates.story import Story


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
    """One 記載事項 on the form: its key, its printed label and text, and their boxes.

    `key` is the item's in the definition; where the paper shows several people it bears the place of its person (2.name), and so does
    `called`, by which messages name it (2人目の氏名). `ruled_mm` is the width of the value from ruling to ruling.
    """

    key: str
    label: str
    text: str
    label_box: Box
    box: Box
    ruled_mm: float
    called: str


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Block:
    """Rows under one another inside one frame. `label` stands in a column of its own beside them: the place of a person; "" = no column."""

    rows: tuple[Row, ...]
    label: str = ""


@dataclass(frozen=True)
class Flow:
    """Running text that goes on over as many pages as it needs; `closing` (以下余白) stands behind the last where white is left.

    `repeated` stands above it on each further page.
    """

    label: str
    paragraphs: tuple[str, ...]
    closing: str
    width_mm: float
    first_mm: float
    further_mm: float
    repeated: tuple[Block, ...] = ()
    size_pt: float = 9.5
    line_height: float = 1.5


@dataclass(frozen=True)
class Leaf:
    """A page of the form: blocks from the top, then running text, then `closing` (以下余白) where no running text has it.

    `story`: text and tables that go on over further pages, in place of running text (letters and lists).
    """

    blocks: tuple[Block, ...]
    flow: Flow | None = None
    closing: str = ""
    story: Story | None = None


@dataclass(frozen=True)
class Document:
    """A certificate ready for the press.

    `plain` are the (label, text) pairs outside the blocks: title, 認証文, 職名 and so on; `furniture` is the same for the template, with drawings.
    """

    code: str
    definition_digest: str
    template: str
    dated: date
    leaves: tuple[Leaf, ...]
    page_mark: str
    plain: tuple[tuple[str, str], ...] = ()
    furniture: Mapping[str, object] = field(default_factory=dict)

    def cells(self) -> Iterator[Cell]:
        """Every cell in reading order, each once: what further pages repeat is not told again."""
        for leaf in self.leaves:
            for block in leaf.blocks:
                for row in block.rows:
                    yield from row

    def text_of(self, key: str) -> str:
        """The printed text of one item; KeyError when the form has no such box."""
        for cell in self.cells():
            if cell.key == key:
                return cell.text
        raise KeyError(key)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """All running text, in order."""
        return tuple(text for leaf in self.leaves for text in (leaf.flow.paragraphs if leaf.flow else leaf.story.texts if leaf.story else ()))

    @cached_property
    def stamp(self) -> str:
        """刻印 — SHA-256 (hex) over all that the copy says and its 発行番号. The press writes it into the PDF, so that a PDF tells whose content it holds."""
        said = [self.code, self.definition_digest, self.dated.isoformat(), self.page_mark, *(f"{label}\0{text}" for label, text in self.plain)]
        said += [f"{cell.key}\0{cell.label}\0{cell.text}" for cell in self.cells()]
        said += self.paragraphs
        return hashlib.sha256("\1".join(said).encode()).hexdigest()

    @cached_property
    def tally(self) -> str:
        """契印 — the mark that ties the pages: the same on every page of one copy, and on no page of another (K7Q2-9MXD).

        The beginning of the stamp, so that a page put in from elsewhere, or made anew, bears another.
        """
        number = int(self.stamp[:10], 16)
        letters = "".join(_LETTERS[number >> shift & 31] for shift in range(35, -1, -5))
        return f"{letters[:4]}-{letters[4:]}"


_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U: what is read from paper is not mistaken (Crockford's base 32)."""
