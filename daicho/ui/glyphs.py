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


def _describe(cluster: str, known: Repertoire | None) -> str:
    points = " ".join(f"U+{ord(character):04X}" for character in cluster)
    number = known.mj_number(cluster) if known else None
    return f"{points}（{number}）" if number else points


def has_selector(text: str) -> bool:
    return any(map(is_selector, text))
