"""画面用の字形 — web fonts cut from the certificate's fonts, so that a name on a screen shows the glyph that paper will show (design §7).

    python -m daicho.paper.web_fonts SRC OUT

SRC is the folder of registered fonts, OUT a folder to be served as static files. OUT/names.css declares the family "Daicho Names" in slices
by `unicode-range`: a browser fetches only the slices whose characters stand on the page. A base character and all its variation sequences lie
in one slice, else the browser would shape them apart. Exit 3: the fonts are not there.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from daicho.paper.errors import FontMissing
from daicho.paper.fonts import FontSet, RegisteredFont, open_fonts

FAMILY = "Daicho Names"
STYLE_SHEET = "names.css"
STATE = "names.json"
LAYOUT = 1  # raise when the way of cutting changes: folders cut otherwise are then cut anew
EVERYDAY_PER_SLICE = 420
OTHERS_PER_SLICE = 1000
SELECTORS = [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]
UNUSED_TABLES = ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "gasp", "DSIG"]


@dataclass(frozen=True)
class Slice:
    """What one file will hold: the font to cut and the base characters (code points, ascending).

    `flavor`: woff2 for what every page needs; woff, a quarter larger and cut five times as fast, for the many that few pages need.
    """

    font: RegisteredFont
    characters: tuple[int, ...]
    flavor: str = "woff2"


def cut(fonts: FontSet, out: Path, processes: int | None = None) -> int:
    """Cut all slices into `out` and write its style sheet; returns the number of slices. A folder already cut from these fonts is left."""
    state = {"layout": LAYOUT, "fonts": fonts.digest}
    if _is_cut(out, state):
        return len(_files(out))
    out.mkdir(parents=True, exist_ok=True)
    planned = list(plan(fonts))
    workers = processes or min(len(planned), os.cpu_count() or 1)
    # "spawn": the caller may hold threads and database connections that must not be forked
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        contents = list(pool.map(cut_slice, planned))
    names = [_write(out, each, piece.flavor) for each, piece in zip(contents, planned, strict=True)]
    style = "".join(_face(name, piece) for name, piece in zip(names, planned, strict=True))
    (out / STYLE_SHEET).write_text("/* Cut from the certificate's fonts at set-up: do not edit. */\n" + style, encoding="ascii")
    for stale in set(_files(out)) - {out / name for name in names}:
        stale.unlink()
    (out / STATE).write_text(json.dumps(state | {"files": names}), encoding="ascii")
    return len(names)


def plan(fonts: FontSet) -> Iterator[Slice]:
    """Which characters go together. Everyday ones first, so that a list of names needs few files; the rest by code point.

    A character belongs to the first font that has it: the same rule as on paper.
    """
    taken: set[int] = set()
    for font in fonts.fonts:
        with TTFont(font.path, lazy=True) as opened:
            has = {code for code in opened.getBestCmap() if code >= 0x20} - taken
        taken |= has
        everyday = has & _everyday()
        for group, size, flavor in ((everyday, EVERYDAY_PER_SLICE, "woff2"), (has - everyday, OTHERS_PER_SLICE, "woff")):
            ordered = sorted(group)
            for start in range(0, len(ordered), size):
                yield Slice(font, tuple(ordered[start : start + size]), flavor)


def _everyday() -> set[int]:
    """Latin, kana, signs and the first level of JIS X 0208 (rows 1–8 and 16–47): nearly all characters of nearly all names."""
    found = set(range(0x20, 0x7F))
    for row in (*range(1, 9), *range(16, 48)):
        for cell in range(1, 95):
            try:
                found.add(ord(bytes([0xA0 + row, 0xA0 + cell]).decode("euc_jp")))
            except UnicodeDecodeError:
                continue
    return found


def cut_slice(piece: Slice) -> bytes:
    """The slice as a web font: no hinting, no layout tables, no names beyond the licence's; the same bytes for the same font."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.glyph_names = False
    options.name_IDs = [0, 1, 2, 13, 14]
    options.drop_tables += UNUSED_TABLES
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[*piece.characters, *SELECTORS])
    stream = BytesIO()
    with TTFont(piece.font.path, lazy=True, recalcTimestamp=False) as font:
        subsetter.subset(font)
        font.flavor = piece.flavor
        font.save(stream)
    return stream.getvalue()


def _write(out: Path, contents: bytes, flavor: str) -> str:
    """Write under a name made from the contents, so that browsers may keep it for ever."""
    name = f"{hashlib.sha256(contents).hexdigest()[:16]}.{flavor}"
    partial = out / f".{name}.partial"
    partial.write_bytes(contents)
    partial.replace(out / name)
    return name


def _face(name: str, piece: Slice) -> str:
    ranges = ",".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in _runs(piece.characters))
    return f'@font-face{{font-family:"{FAMILY}";src:url("{name}") format("{piece.flavor}");font-display:block;unicode-range:{ranges}}}\n'


def _runs(ascending: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = -2
    for code in ascending:
        if code != last + 1:
            if last >= 0:
                yield first, last
            first = code
        last = code
    if last >= 0:
        yield first, last


def _files(out: Path) -> list[Path]:
    return [*out.glob("*.woff2"), *out.glob("*.woff")]


def _is_cut(out: Path, state: dict[str, object]) -> bool:
    try:
        kept = json.loads((out / STATE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return False
    files = kept.pop("files", [])
    return bool(kept == state and files and (out / STYLE_SHEET).is_file() and all((out / name).is_file() for name in files))


def main(arguments: list[str]) -> int:
    """Entry of `python -m daicho.paper.web_fonts SRC OUT`."""
    if len(arguments) != 2:
        print("usage: python -m daicho.paper.web_fonts SRC OUT", file=sys.stderr)
        return 2
    started = time.monotonic()
    out = Path(arguments[1])
    try:
        count = cut(open_fonts(Path(arguments[0]).resolve()), out)
    except FontMissing:
        print(f"The fonts of {arguments[0]} are not set up: names on screens will not show the certificate's glyphs.", file=sys.stderr)
        return 3
    megabytes = sum(file.stat().st_size for file in _files(out)) / 1e6
    print(f"{count} slices, {megabytes:.1f} MB, {time.monotonic() - started:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
