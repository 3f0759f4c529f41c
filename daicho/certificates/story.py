"""続き物 — text and tables that take the height they need, over as many pages as that is: the body of a letter, the rows of a list. 標準仕様 5.8.

Nothing of it is cut and nothing shrinks: what has no room on a page goes on on the next. Sizes of letters in points.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One text of a piece: `width_mm` from ruling to ruling, `inset_mm` of white on either side. `align`: left, center or right."""

    text: str
    width_mm: float
    size_pt: float = 10.5
    line_height: float = 1.4
    align: str = "left"
    inset_mm: float = 0.0
    ruled: bool = False
    tinted: bool = False


@dataclass(frozen=True)
class Piece:
    """A paragraph (one part) or a row of a table (parts side by side).

    `called` is how messages name it. `before_mm`: white above, none at the head of a page; `pad_mm`: white inside, above and below.
    `keeps`: it does not stand last on a page (見出し). `under`: what stands again above it where it begins a page (the heads of columns).
    """

    called: str
    parts: tuple[Part, ...]
    before_mm: float = 0.0
    pad_mm: float = 0.0
    keeps: bool = False
    under: Piece | None = None


@dataclass(frozen=True)
class Story:
    """Pieces one under another. `first_mm` and `further_mm`: the height of their room on the first and on each further page."""

    pieces: tuple[Piece, ...]
    first_mm: float
    further_mm: float

    @property
    def texts(self) -> tuple[str, ...]:
        """All that it says, in order."""
        return tuple(part.text for piece in self.pieces for part in piece.parts if part.text)
