"""帳票の定義 — a form or list that has no addressee: sections of labelled values, tables, places to write in by hand. 標準仕様 4章, 20 (forms not to be had).

Data in, `Document` out, as for letters. What an event or list brings differs each time, so the data bring the sections; the definition brings title,
article, orientation and the city's note.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from daicho.certificates.city_texts import IssueNumber
from daicho.certificates.document import Document, Leaf
from daicho.certificates.letters.layout import paragraphs_of, table_pieces
from daicho.certificates.letters.letter import Table
from daicho.certificates.story import Part, Piece, Story
from daicho.values.dates import wareki

PORTRAIT_MM, LANDSCAPE_MM = 170.0, 257.0
_ROOM = {False: (236.0, 252.0), True: (150.0, 166.0)}  # heights of the text on the first and on further pages, by landscape
BY_HAND_MM = 6.5
"""White above and below in a box that is written in by hand."""


@dataclass(frozen=True)
class Pair:
    """A label and its value. `by_hand`: an empty box, high enough to write in."""

    label: str
    text: str
    by_hand: bool = False


@dataclass(frozen=True)
class Section:
    """One part of a form under its own heading. `rows`: pairs side by side; then `text`; then a table with its lines.

    `together`: it stands whole on one page (署名 with what is signed).
    """

    ja: str = ""
    rows: tuple[tuple[Pair, ...], ...] = ()
    text: str = ""
    table: Table | None = None
    lines: tuple[tuple[str, ...], ...] = ()
    none_ja: str = ""  # what stands in place of a table without lines
    together: bool = False


@dataclass(frozen=True)
class FormHead:
    """What stands above every form: whose it is. `note`: the definition's note as the city has it."""

    municipality_name: str
    desk: str
    note: str = ""


@dataclass(frozen=True)
class FormDefinition:
    """One form or list under one state of the law. `note_key`: the city's dated setting of `note`, "" = it has none."""

    code: str
    ja: str
    title: str
    article: str
    in_force: tuple[date, date | None]
    landscape: bool = False
    note_key: str = ""
    note: str = ""

    def is_in_force(self, day: date) -> bool:
        first, last = self.in_force
        return first <= day and (last is None or day <= last)

    def compose(self, sections: tuple[Section, ...], head: FormHead, number: IssueNumber, on: date) -> Document:
        """The document that bears this day."""
        width = LANDSCAPE_MM if self.landscape else PORTRAIT_MM
        first, further = _ROOM[self.landscape]
        pieces = [piece for section in sections for piece in _section(section, width)] + list(paragraphs_of("注意書", head.note, 9.0, 4.0, width_mm=width))
        outside = {
            "title": self.title, "document_title": self.ja, "made_on": wareki(on), "office": f"{head.municipality_name}　{head.desk}",
            "continued": f"{self.title}（続き）",
        }  # fmt: skip
        return Document(
            code=self.code,
            definition_digest=self.digest,
            template="form.typ",
            dated=on,
            leaves=(Leaf((), story=Story(tuple(pieces), first, further)),),
            page_mark=number.page_mark,
            plain=tuple((_OUTSIDE_JA[key], text) for key, text in outside.items()),
            furniture={**outside, "landscape": self.landscape},
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of what the definition says."""
        said = (self.code, self.ja, self.title, self.article, self.in_force, self.landscape)
        return hashlib.sha256(repr(said).encode()).hexdigest()


_OUTSIDE_JA = {"title": "標題", "document_title": "文書名", "made_on": "年月日", "office": "作成した窓口", "continued": "続きの標題"}


def _section(section: Section, width: float) -> list[Piece]:
    pieces = list(_pieces(section, width))
    return [replace(piece, keeps=True) for piece in pieces[:-1]] + pieces[-1:] if section.together else pieces


def _pieces(section: Section, width: float) -> Iterator[Piece]:
    if section.ja:
        yield Piece("見出し", (Part(f"■　{section.ja}", width, 10.5, 1.4),), 3.0, 0.5, keeps=True)
    for row in section.rows:
        yield _row(row, width)
    yield from paragraphs_of(section.ja or "本文", section.text, 10.0, 1.0, width_mm=width)
    if section.table is not None and section.lines:
        yield from table_pieces(section.table, section.lines, width, 9.0, before_mm=0.0 if section.ja else 3.0)
    elif section.table is not None and section.none_ja:
        yield Piece(section.ja or "本文", (Part(section.none_ja, width, 10.0, 1.5),), 1.0)


def _row(row: tuple[Pair, ...], width: float) -> Piece:
    each = width / len(row)
    label = min(30.0, each * 0.36)
    parts = [
        part
        for pair in row
        for part in (
            Part(pair.label, label, 9.0, 1.3, inset_mm=1.6, ruled=True, tinted=True),
            Part(pair.text, each - label, 10.0, 1.3, inset_mm=1.8, ruled=True),
        )
    ]
    return Piece("、".join(pair.label for pair in row), tuple(parts), 0.0, BY_HAND_MM if any(pair.by_hand for pair in row) else 1.1)
