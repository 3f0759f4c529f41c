"""字形の確かめ — MJ numbers and lacking glyphs of what is drawn as a name, from the certificate's own fonts (design §7).

A browser fills a glyph that the certificate's font lacks from some other font, and the clerk would see what paper never
prints: such text is marked. Without the fonts nothing is marked; certificates refuse by name anyway.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from daicho.paper.errors import FontMissing
from daicho.paper.fonts import open_fonts
from daicho.paper.glyphs import Repertoire, clusters, is_selector, repertoire


@lru_cache(maxsize=4)
def _of(folder: Path) -> Repertoire | None:
    """The fonts' repertoire, kept for the life of the process: fonts are registered at set-up, then the system is restarted."""
    try:
        return repertoire(open_fonts(folder))
    except FontMissing:
        return None


def are_plain(text: str) -> bool:
    """Whether paper can print every character and none stands with a selector: nothing is to be said of such a text. False without the fonts."""
    known = _of(settings.FONTS_DIR)
    return known is not None and known.is_plain(text)


def lacking(text: str) -> tuple[str, ...]:
    """A sentence for each cluster that paper cannot print; () when all can be, or when the fonts are not set up."""
    known = _of(settings.FONTS_DIR)
    return tuple(each.message for each in known.missing(text)) if known else ()


def described(text: str) -> str:
    """Code points and MJ number of each cluster: 「U+9089 U+E010F（MJ026190）」; several are joined by 、."""
    known = _of(settings.FONTS_DIR)
    return "、".join(_describe(cluster, known) for cluster in clusters(text))


def code_points(cluster: str) -> str:
    """「U+9089 U+E010F」."""
    return " ".join(f"U+{ord(character):04X}" for character in cluster)


def _describe(cluster: str, known: Repertoire | None) -> str:
    points = code_points(cluster)
    number = known.mj_number(cluster) if known else None
    return f"{points}（{number}）" if number else points


def mj_number(cluster: str) -> str:
    """ "" when the font does not number it, or is not set up."""
    known = _of(settings.FONTS_DIR)
    return (known.mj_number(cluster) if known else None) or ""


def forms_of(character: str) -> tuple[str, ...]:
    """The character and its sequences as paper can print them; itself alone when the fonts are not set up."""
    known = _of(settings.FONTS_DIR)
    return known.sequences_of(character) if known else (character,)


def find_mj(number: str) -> str | None:
    """The cluster of an MJ文字図形名."""
    known = _of(settings.FONTS_DIR)
    return known.find_mj(number) if known else None


def has_selector(text: str) -> bool:
    return any(map(is_selector, text))
