"""けん制の地紋 — a ground pattern that shows a word on photocopies: fine dots, and inside the word coarse ones of the same tone.

On plain paper both look alike; a copier loses the fine dots and keeps the coarse. It deters, it does not prove.
"""

from __future__ import annotations

from daicho.paper.fonts import FontSet
from daicho.paper.outlines import outline

TILE_MM = (68, 84)  # repeats over the page; two rows of words, the second set off by half
TONE = 0.05  # share of the paper covered by dots, inside and outside the word
FINE_MM, COARSE_MM = 0.5, 1.0  # distance of the dots; both divide the tile
WORD_MM = 17.0
BOLD_MM = 1.2  # the strokes of a 明朝 are thinner than the coarse dots lie apart
INK = "#5f6f86"


def draw_ground(word: str, fonts: FontSet) -> str:
    """One tile of the pattern as SVG, of `TILE_MM`. The same for every sheet of a city: make it once and keep it."""
    width, height = TILE_MM
    left = (width - len(word) * WORD_MM) / 2
    rows = [(left, 12.5), (left + width / 2, 54.5), (left - width / 2, 54.5)]
    path = outline([(each, start + order * WORD_MM, top) for start, top in rows for order, each in enumerate(word)], WORD_MM, fonts, "地紋")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}">'
        f"<defs>{_dots('f', FINE_MM)}{_dots('c', COARSE_MM)}</defs>"
        f'<rect width="{width}" height="{height}" fill="url(#f)"/>'
        f'<path d="{path}" fill="#fff" stroke="#fff" stroke-width="{BOLD_MM}"/>'
        f'<path d="{path}" fill="url(#c)" stroke="url(#c)" stroke-width="{BOLD_MM}"/></svg>'
    )


def _dots(name: str, distance: float) -> str:
    radius = distance * (TONE / 3.14159) ** 0.5
    half = distance / 2
    circle = f'<circle cx="{half:g}" cy="{half:g}" r="{radius:.4f}" fill="{INK}"/>'
    return f'<pattern id="{name}" width="{distance:g}" height="{distance:g}" patternUnits="userSpaceOnUse">{circle}</pattern>'
