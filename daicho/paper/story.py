"""続き物の割付け — pieces of text set into pages: lines broken by the font's own widths, rows kept whole where a page holds them, no line lost. 標準仕様 5.8."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, Self

from daicho.paper.fit import MM_PER_POINT, Width, break_lines
from daicho.paper.glyphs import clusters


class Part(Protocol):
    """One text of a piece, `width_mm` wide from ruling to ruling."""

    @property
    def text(self) -> str: ...
    @property
    def width_mm(self) -> float: ...
    @property
    def size_pt(self) -> float: ...
    @property
    def line_height(self) -> float: ...
    @property
    def align(self) -> str: ...
    @property
    def inset_mm(self) -> float: ...
    @property
    def ruled(self) -> bool: ...
    @property
    def tinted(self) -> bool: ...


class Piece(Protocol):
    """Parts side by side. `keeps`: never last on a page; `under`: stands again above it where it begins a page."""

    @property
    def called(self) -> str: ...
    @property
    def parts(self) -> Sequence[Part]: ...
    @property
    def before_mm(self) -> float: ...
    @property
    def pad_mm(self) -> float: ...
    @property
    def keeps(self) -> bool: ...
    @property
    def under(self) -> Self | None: ...


class Story(Protocol):
    """Pieces one under another, and the height of their room on the first and on each further page."""

    @property
    def pieces(self) -> Sequence[Piece]: ...
    @property
    def first_mm(self) -> float: ...
    @property
    def further_mm(self) -> float: ...


@dataclass(frozen=True)
class Set:
    """A piece, or what of it stands on one page: the lines of each part."""

    piece: Piece
    lines: tuple[tuple[str, ...], ...]
    before_mm: float

    @property
    def height_mm(self) -> float:
        """Without the white above it."""
        return max(map(self._part_mm, range(len(self.lines))), default=0.0) + 2 * self.piece.pad_mm

    @property
    def least_mm(self) -> float:
        """What of it must stand on the page on which it begins: of a paragraph a line, of a row all."""
        if any(part.ruled for part in self.piece.parts):
            return self.height_mm
        return max(map(_line_mm, self.piece.parts), default=0.0) + 2 * self.piece.pad_mm

    def _part_mm(self, at: int) -> float:
        return len(self.lines[at]) * _line_mm(self.piece.parts[at])

    def drawn(self) -> dict[str, object]:
        """As the template draws it."""
        parts = [
            {
                "lines": list(lines), "pt": part.size_pt, "line_height": part.line_height, "mm": part.width_mm, "inset_mm": part.inset_mm,
                "align": part.align, "ruled": part.ruled, "tinted": part.tinted,
            }
            for part, lines in zip(self.piece.parts, self.lines, strict=True)
        ]  # fmt: skip
        return {"parts": parts, "before_mm": self.before_mm, "height_mm": self.height_mm}


def set_pages(story: Story, width: Width) -> tuple[tuple[Set, ...], ...]:
    """The pieces of each page. Always at least one page; every line stands on exactly one (heads of columns on each that needs them).

    A row stays whole where a page holds it; a paragraph may be parted between any two lines. ValueError where a page holds not even one line.
    """
    pages = _Pages(story, width)
    for group in _groups(story.pieces):
        whole = [pages.whole(piece) for piece in group]
        if pages.is_begun and sum(one.before_mm + one.height_mm for one in whole[:-1]) + whole[-1].before_mm + whole[-1].least_mm > pages.room + _NOTHING:
            pages.turn()
        for one in whole:
            pages.place(one)
    return pages.done()


class _Pages:
    """The pages as they fill."""

    def __init__(self, story: Story, width: Width) -> None:
        self._story, self._width = story, width
        self._pages: list[list[Set]] = [[]]
        self.room = story.first_mm

    @property
    def is_begun(self) -> bool:
        return bool(self._pages[-1])

    def done(self) -> tuple[tuple[Set, ...], ...]:
        return tuple(map(tuple, self._pages))

    def turn(self) -> None:
        self._pages.append([])
        self.room = self._story.further_mm

    def whole(self, piece: Piece) -> Set:
        return Set(piece, tuple(_lines(part, self._width) for part in piece.parts), piece.before_mm)

    def place(self, one: Set) -> None:
        """On this page, and what of it has no room on the next ones."""
        left: Set | None = one
        while left is not None:
            begins = not self.is_begun
            if begins:
                left = replace(left, before_mm=0.0)
                if left.piece.under is not None and len(self._pages) > 1:
                    self._put(replace(self.whole(left.piece.under), before_mm=0.0))
            now, left = _parted(left, self.room)
            if now is not None:
                self._put(now)
            elif begins:
                raise ValueError("a page of this form holds not even one line")
            if left is not None:
                self.turn()

    def _put(self, one: Set) -> None:
        self._pages[-1].append(one)
        self.room -= one.before_mm + one.height_mm


_NOTHING = 1e-6


def _groups(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """A heading together with what it must not be parted from."""
    group: list[Piece] = []
    for piece in pieces:
        group.append(piece)
        if not piece.keeps:
            yield group
            group = []
    if group:
        yield group


def _lines(part: Part, width: Width) -> tuple[str, ...]:
    em = (part.width_mm - 2 * part.inset_mm) / (part.size_pt * MM_PER_POINT)
    return tuple("".join(line) for text in part.text.split("\n") for line in break_lines(clusters(text), em, width) or [[]])


def _parted(one: Set, room: float) -> tuple[Set | None, Set | None]:
    """What of it stands in this room, and what goes on on the next page."""
    if one.before_mm + one.height_mm <= room + _NOTHING:
        return one, None
    lines_room = room - one.before_mm - 2 * one.piece.pad_mm
    counts = [max(0, int(lines_room / _line_mm(part) + _NOTHING)) for part in one.piece.parts]
    if not any(min(count, len(lines)) for count, lines in zip(counts, one.lines, strict=True)):
        return None, one
    now = tuple(lines[:count] for count, lines in zip(counts, one.lines, strict=True))
    later = tuple(lines[count:] for count, lines in zip(counts, one.lines, strict=True))
    return replace(one, lines=now), replace(one, lines=later, before_mm=0.0)


def _line_mm(part: Part) -> float:
    return part.size_pt * MM_PER_POINT * part.line_height
