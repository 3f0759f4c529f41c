"""電子公印 — the image of a seal: a black vector drawing of at most 25 mm. 標準仕様 5.6 (N-5.6-05, -07, -08).

A city registers its own drawing; `draw_made_up_seal` makes one for a city that does not exist.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from daicho.paper.fonts import FontSet
from daicho.paper.outlines import outline

LARGEST_MM = 25.0
_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = {_SVG + name for name in ("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "title", "desc")}
_DRAWN = _SHAPES - {_SVG + name for name in ("svg", "g", "title", "desc")}
_PAINTS = {"none", "black", "#000", "#000000"}
_ATTRIBUTES = {
    *("width", "height", "viewBox", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "points", "transform"),
    *("fill", "stroke", "fill-rule", "stroke-width", "stroke-linejoin", "stroke-linecap", "version"),
}


def check_seal(svg: str) -> tuple[str, ...]:
    """What forbids this drawing as a seal for certificates, in Japanese; empty when it is fit. Only shapes, black, square, at most 25 mm."""
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError:
        return ("電子公印の画像を読めません。SVG形式の画像を登録してください。",)
    problems: list[str] = []
    elements = list(root.iter())
    if root.tag != _SVG + "svg" or any(each.tag not in _SHAPES or set(each.attrib) - _ATTRIBUTES for each in elements):
        problems.append("電子公印の画像に、図形以外の要素や書式（文字・画像・スタイル等）が含まれています。図形だけのSVGにしてください。")
    if any(paint.strip().lower() not in _PAINTS for each in elements for paint in (each.get("fill", "none"), each.get("stroke", "none"))):
        problems.append("電子公印は黒色でなければなりません。黒以外の色を取り除いてください（標準仕様5.6）。")
    if not any(each.tag in _DRAWN and {each.get("fill", "black"), each.get("stroke", "none")} != {"none"} for each in elements):
        problems.append("電子公印の画像に印影がありません。印影を描いたSVGを登録してください。")
    width, height = _millimetres(root.get("width")), _millimetres(root.get("height"))
    if width is None or height is None or width != height:
        problems.append("電子公印の大きさは、縦横同じ長さをミリメートル（例：24mm）で指定してください。")
    elif not 0 < width <= LARGEST_MM:
        problems.append(f"電子公印の大きさが{width:g}mmです。25mm角以内にしてください（標準仕様5.6）。")
    return tuple(problems)


def seal_size_mm(svg: str) -> float:
    """The side of a seal that `check_seal` found fit."""
    size = _millimetres(ElementTree.fromstring(svg).get("width"))
    if size is None:
        raise ValueError("a seal without size: check_seal() was not asked")
    return size


def _millimetres(length: str | None) -> float | None:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)mm", length or "")
    return float(found[1]) if found else None


def draw_made_up_seal(characters: str, fonts: FontSet, size_mm: float = 24.0) -> str:
    """A square seal with its characters in columns from right to left, as seals are cut: up to four in 2×2, nine in columns of three, sixteen of four.

    Made up: no real city's.
    """
    if not 1 <= len(characters) <= 16:
        raise ValueError("a made-up seal takes one to sixteen characters")
    down = next(side for side in (2, 3, 4) if len(characters) <= side**2)
    across = -(-len(characters) // down)
    margin = size_mm * 0.075
    wide, high = (size_mm - 2 * margin) / across, (size_mm - 2 * margin) / down
    places = [(each, margin + (across - 1 - order // down) * wide, margin + (order % down) * high) for order, each in enumerate(characters)]
    path = outline(places, high, fonts, "公印", widened=wide / high)
    thick, inset = size_mm * 0.032, size_mm * 0.016
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size_mm:g}mm" height="{size_mm:g}mm" viewBox="0 0 {size_mm:g} {size_mm:g}">'
        f'<rect x="{inset:g}" y="{inset:g}" width="{size_mm - 2 * inset:g}" height="{size_mm - 2 * inset:g}" rx="{size_mm * 0.03:g}" '
        f'fill="none" stroke="#000" stroke-width="{thick:g}"/>'
        f'<path d="{path}" fill="#000" stroke="#000" stroke-width="{size_mm * 0.004:g}"/></svg>'
    )
