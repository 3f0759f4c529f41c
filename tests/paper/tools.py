"""What paper's tests need from the machine: the certificate's font and PDF tools that did not make the PDF. Absent = failed, unless allowed."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from daicho.paper import font_setup
from daicho.paper.fonts import FontSet

if TYPE_CHECKING:
    from PIL import Image

FONTS = Path(__file__).resolve().parents[2] / "var" / "fonts"


def lacking(what: str, why: str) -> None:
    """Fails the test, or skips it where ALLOW_MISSING names `what` (design §10)."""
    if what in os.environ.get("ALLOW_MISSING", "").split(","):
        pytest.skip(f"{why}; ALLOW_MISSING names {what}")
    pytest.fail(f"{why}; install it, or name it: ALLOW_MISSING={what}")


def tool(name: str) -> str:
    """The path of a command. Name for ALLOW_MISSING: `poppler` for pdftotext and pdftoppm, else its own."""
    found = shutil.which(name)
    if found is None:
        lacking("poppler" if name.startswith("pdf") else name, f"{name} is not on this machine")
    return str(found)


def fonts() -> FontSet:
    """The certificate's font, fetched once per working copy."""
    found = _fonts()
    if isinstance(found, str):
        lacking("font", found)
    assert isinstance(found, FontSet)
    return found


@cache
def _fonts() -> FontSet | str:
    FONTS.parent.mkdir(exist_ok=True)
    with (FONTS.parent / ".fonts.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            return font_setup.set_up(FONTS)
        except font_setup.CannotFetch as error:
            return f"the certificate's font could not be had: {error}"


def text_of(pdf: bytes, folder: Path, *options: str) -> str:
    """The text that poppler reads out of a PDF."""
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    return subprocess.run([tool("pdftotext"), *options, str(path), "-"], check=True, capture_output=True, text=True).stdout


def drawn_seal_mm(pdf: bytes, folder: Path) -> float:
    """The height of the ink around the seal's place at the lower right of a certificate's only page, as a picture of the paper shows it."""
    box = _seal_place(pdf, folder).getbbox()
    return (box[3] - box[1]) / 10 if box else 0.0


BEHIND_THE_CERTIFIER = (160, 245, 186, 283)
"""Where a certificate's seal stands, above the page's marks: left, top, right, bottom in mm."""


def seal_ink_mm2(pdf: bytes, folder: Path, place: tuple[int, int, int, int] = BEHIND_THE_CERTIFIER) -> float:
    """How much ink there is at that place."""
    return sum(_seal_place(pdf, folder, place).histogram()[1:]) / 100


def _seal_place(pdf: bytes, folder: Path, place: tuple[int, int, int, int] = BEHIND_THE_CERTIFIER) -> Image.Image:
    from PIL import Image

    dpi = 254  # ten dots a millimetre
    (folder / "seal.pdf").write_bytes(pdf)
    subprocess.run([tool("pdftoppm"), "-r", str(dpi), "-gray", "-png", "-singlefile", str(folder / "seal.pdf"), str(folder / "seal")], check=True)
    with Image.open(folder / "seal.png") as page:
        left, top, right, bottom = (side * 10 for side in place)
        return page.convert("L").crop((left, top, right, bottom)).point(lambda grey: 255 * (grey < 64))
