"""電子公印の読み — the city's registered drawing of a seal, judged whenever its content is new. std 5.1, 5.6 (N-5.1-08, N-5.6-07, -08).

A city registers one drawing for all its offices (N-5.6-10): the file `seals/<name>.svg` in the installation's folder, `name` as the certifier has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from daicho.paper.errors import FontMissing
from daicho.paper.fonts import open_fonts
from daicho.paper.seal import check_seal, draw_made_up_seal, seal_size_mm


@dataclass(frozen=True)
class Seal:
    """`problems` (Japanese): why nothing may be issued under it; then there is no drawing either."""

    svg: str = ""
    size_mm: float = 0.0
    problems: tuple[str, ...] = ()


def city_seal(name: str) -> Seal:
    """The drawing registered under that name. Where none is, in production a problem; in a demo or a test a made-up seal."""
    drawing = Path(settings.INSTALLATION.var_dir) / "seals" / f"{name}.svg"
    if name and drawing.is_file():
        return _judged(drawing.read_bytes())
    if settings.INSTALLATION.environment != "production":
        return _made_up(str(settings.FONTS_DIR), name)
    if not name:
        return Seal(problems=("認証者に電子公印が指定されていません。市の設定で公印を指定してから交付してください（標準仕様5.1、5.6）。",))
    return Seal(problems=(f"電子公印「{name}」の画像が登録されていません。公印の画像を登録してから交付してください（標準仕様5.1、5.6）。",))


@lru_cache(maxsize=8)
def _judged(content: bytes) -> Seal:
    svg = content.decode("utf-8", errors="replace")
    problems = check_seal(svg)
    return Seal(problems=problems) if problems else Seal(svg, seal_size_mm(svg))


def _made_up(fonts: str, name: str) -> Seal:
    """小樽市長之印 of 市長印; nothing where the fonts are not set up: nothing is printed then, and the press says why."""
    whose = name.removeprefix("市").removesuffix("印") or "長"
    try:
        return _drawn(fonts, f"{settings.INSTALLATION.municipality_name}{whose}之印"[-16:])
    except FontMissing:
        return Seal()


@lru_cache(maxsize=8)
def _drawn(fonts: str, characters: str) -> Seal:
    svg = draw_made_up_seal(characters, open_fonts(Path(fonts)))
    return Seal(svg, seal_size_mm(svg))
