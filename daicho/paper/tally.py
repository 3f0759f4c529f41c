"""契印の印影 — the drawing that lies over the pages of one document, of which each bears its slice: laid over one another they show it whole."""

from __future__ import annotations

from daicho.paper.fonts import FontSet
from daicho.paper.outlines import outline

SIZE_MM = 10.0


def draw_tally(characters: str, fonts: FontSet) -> str:
    """A round mark as SVG, one or two characters in a double ring. The same for every document of a city: make it once and keep it.

    Raises `GlyphMissing`.
    """
    if not 1 <= len(characters) <= 2:
        raise ValueError("the tally's mark takes one or two characters")
    half, size = SIZE_MM / 2, 5.2 if len(characters) == 1 else 3.6
    top = half - size * len(characters) / 2
    path = outline([(each, half - size / 2, top + order * size) for order, each in enumerate(characters)], size, fonts, "契印")
    rings = "".join(f'<circle cx="{half:g}" cy="{half:g}" r="{r:g}" fill="none" stroke="#000" stroke-width="{w:g}"/>' for r, w in ((4.7, 0.45), (4.0, 0.15)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE_MM:g}mm" height="{SIZE_MM:g}mm" viewBox="0 0 {SIZE_MM:g} {SIZE_MM:g}">{rings}'
        f'<path d="{path}" fill="#000" stroke="#000" stroke-width="0.1"/></svg>'
    )
