"""字形の輪郭 — characters as vector outlines (SVG path data), for drawings that must not become searchable text: seals and ground patterns."""

from __future__ import annotations

from collections.abc import Iterable

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from daicho.paper.errors import GlyphMissing
from daicho.paper.fonts import FontSet
from daicho.paper.glyphs import repertoire


def outline(characters: Iterable[tuple[str, float, float]], size: float, fonts: FontSet, what: str, *, widened: float = 1.0) -> str:
    """SVG path data of single characters, each with the left and top of its em square; `size` is the side of the em square,
    `widened` its width as a multiple of that.

    Raises `GlyphMissing` with the label `what`.
    """
    placed = list(characters)
    known = repertoire(fonts)
    missing = [(what, lack) for character, _, _ in placed for lack in known.missing(character)]
    if missing:
        raise GlyphMissing(missing)
    with TTFont(fonts.fonts[0].path, lazy=True) as font:
        glyphs = font.getGlyphSet()
        cmap = font.getBestCmap()
        scale = size / font["head"].unitsPerEm
        rise = font["hhea"].ascent * scale
        pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.3f}".rstrip("0").rstrip("."))
        for character, left, top in placed:
            glyphs[cmap[ord(character)]].draw(TransformPen(pen, (scale * widened, 0, 0, -scale, left, top + rise)))
        commands: str = pen.getCommands()
        return commands
