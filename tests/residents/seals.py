"""公印を見分ける手 — registers three drawings that are told apart by how much ink there is on the paper. 標準仕様 5.6."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from daicho.city.models import Certifier
from tests.paper.tools import seal_ink_mm2

SEALS = {"市長印": ("M2 2H20V20H2Z", 324), "代理印": ("M2 2H20V6H2Z", 72), "専用印": ("M11 2L20 20H2Z", 162)}
"""Three drawings of 22 mm with the area of their ink in mm²."""


def register_seals(settings, folder: Path) -> None:
    """The drawings in an installation's folder of their own, beside the keys of the test's."""
    seals = folder / "var" / "seals"
    seals.mkdir(parents=True)
    for keys in ("city-keys", "city-certificates"):
        (folder / "var" / keys).symlink_to(settings.INSTALLATION.var_dir / keys)
    for name, (path, _) in SEALS.items():
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="22mm" height="22mm" viewBox="0 0 22 22"><path d="{path}" fill="#000"/></svg>'
        (seals / f"{name}.svg").write_text(svg)
    settings.INSTALLATION = replace(settings.INSTALLATION, var_dir=folder / "var")


def deputy_of(first: int, last: int) -> None:
    """職務代理者期間: those days of April 2026."""
    deputy = {"title": "北海道小樽市長職務代理者　北海道小樽市副市長", "name": "副市　代", "seal_name": "代理印"}
    Certifier.objects.create(municipality_code="012033", kind="deputy", valid_from=date(2026, 4, first), valid_to=date(2026, 4, last), **deputy)


def seal_at(pdf: bytes, folder: Path, place: tuple[int, int, int, int]) -> str:
    """Which of the drawings stands there (mm); "" for none, be it that （公印省略） stands in its place."""
    ink = seal_ink_mm2(pdf, folder, place)
    return next((name for name, (_, area) in SEALS.items() if abs(ink - area) < 15), "" if ink < 15 else f"{ink} mm²")
