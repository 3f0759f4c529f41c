"""Reads the glyphs embedded in a PDF: which outline stands for which text. An independent witness of what was printed."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import pikepdf
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from daicho.paper.glyphs import Repertoire

Outline = tuple[object, ...]


def embedded_outlines(pdf: bytes) -> dict[str, Outline]:
    """Text of each embedded glyph (a character, with its selector if any, by ToUnicode) to its outline. White space is left out."""
    found: dict[str, Outline] = {}
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for each in opened.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/Subtype") == "/Type0":
                texts = _to_unicode(each.ToUnicode.read_bytes().decode("latin-1"))
                descendant = each.DescendantFonts[0]
                assert descendant.CIDToGIDMap == "/Identity"
                font = TTFont(io.BytesIO(descendant.FontDescriptor.FontFile2.read_bytes()))
                found |= {text: outline_of(font, font.getGlyphName(glyph)) for glyph, text in texts.items() if text.strip()}
    assert found
    return found


def drawn_outlines(pdf: bytes) -> list[list[Outline]]:
    """For every page the outlines in the order in which the page draws them, empty ones (spaces) left out."""
    pages: list[list[Outline]] = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            fonts = {name: _embedded(each) for name, each in page.Resources.Font.items()}
            drawn: list[Outline] = []
            current: dict[int, Outline] | None = None
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    current = fonts[str(operands[0])]
                elif str(operator) in {"Tj", "TJ"}:
                    assert current is not None
                    parts = operands[0] if str(operator) == "TJ" else operands
                    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
                    drawn += [current[int.from_bytes(codes[at : at + 2])] for at in range(0, len(codes), 2)]
            pages.append([outline for outline in drawn if outline])
    return pages


class _embedded(dict[int, Outline]):  # noqa: N801, reads as a function
    """Glyph number to outline, of one embedded font; each outline is drawn when first asked for."""

    def __init__(self, font: pikepdf.Object) -> None:
        super().__init__()
        assert font.DescendantFonts[0].CIDToGIDMap == "/Identity"
        self.font = TTFont(io.BytesIO(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()))

    def __missing__(self, glyph: int) -> Outline:
        self[glyph] = outline_of(self.font, self.font.getGlyphName(glyph))
        return self[glyph]


def original_outline(repertoire: Repertoire, cluster: str) -> Outline:
    """The outline that the certificate's font itself has for the cluster."""
    name = repertoire.glyph_name(cluster)
    assert name is not None, f"{cluster!r} is not in the font"
    return outline_of(_original(repertoire.fonts.fonts[0].path), name)


@cache
def _original(path: Path) -> TTFont:
    return TTFont(io.BytesIO(path.read_bytes()), lazy=True)


def outline_of(font: TTFont, name: str) -> Outline:
    """The outline of one glyph: its points, or for a composite what its parts draw. Empty for a space."""
    glyph = font["glyf"][name]
    if glyph.numberOfContours > 0:
        return (tuple(glyph.endPtsOfContours), bytes(flag & 1 for flag in glyph.flags), glyph.coordinates._a.tobytes())
    if glyph.numberOfContours == 0:
        return ()
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    return tuple(pen.value)


def _to_unicode(cmap: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            start = bytes.fromhex(text).decode("utf-16-be")
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = start[:-1] + chr(ord(start[-1]) + step)
    return found
