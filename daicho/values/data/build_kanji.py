"""漢字表の作成 — writes kanji.csv.xz (部首, 画数, 音訓) and kanji_parts.csv (構成要素), by which a clerk looks for a character. 標準2.1.3-29, 2.2.3.

Run `python daicho/values/data/build_kanji.py UNIHAN KANJIVG FONT`: UNIHAN is the folder of Unihan_*.txt.bz2 (Debian package unicode-data),
KANJIVG the folder of its SVG files (PyPI kanjivg), FONT the certificate's font, whose characters are kept. Needs jaconv.
"""

from __future__ import annotations

import bz2
import csv
import io
import lzma
import re
import sys
from collections import defaultdict
from pathlib import Path

import jaconv
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
_WANTED = {
    "Unihan_IRGSources": ("kRSUnicode", "kTotalStrokes"),
    "Unihan_Readings": ("kJapaneseOn", "kJapaneseKun"),
    "Unihan_RadicalStrokeCounts": ("kRSAdobe_Japan1_6",),
}
_ELEMENT = re.compile(r'kvg:(?:element|original)="(.)"')
_JAPANESE = re.compile(r"C\+\d+\+\d+\.(\d+)\.(\d+)")


def unihan(folder: Path) -> dict[str, dict[str, str]]:
    """By character its properties."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for name, wanted in _WANTED.items():
        with bz2.open(folder / f"{name}.txt.bz2", "rt", encoding="utf-8") as file:
            for line in file:
                if line.startswith("U+"):
                    code, key, value = line.rstrip("\n").split("\t")
                    if key in wanted:
                        found[chr(int(code[2:], 16))][key] = value
    return found


def strokes(properties: dict[str, str]) -> int:
    """As it is written in Japan, where that is known."""
    japanese = _JAPANESE.match(properties.get("kRSAdobe_Japan1_6", ""))
    return sum(map(int, japanese.groups())) if japanese else int(properties["kTotalStrokes"].split()[0])


def kana(romaji: str) -> str:
    """Each reading once, in katakana."""
    return " ".join(dict.fromkeys(jaconv.alphabet2kata(reading.lower()) for reading in romaji.split()))


def parts(folder: Path) -> dict[str, str]:
    """By character every part of it, at whatever depth."""
    found = {}
    for file in sorted(folder.glob("?????.svg")):
        character = chr(int(file.stem, 16))
        if character >= "\u2e80":
            named = dict.fromkeys(_ELEMENT.findall(file.read_text(encoding="utf-8")))
            if rest := "".join(part for part in named if part != character):
                found[character] = rest
    return found


def main(folder: Path, drawings: Path, font: Path) -> None:
    with TTFont(font, lazy=True) as opened:
        printed = {chr(code) for code in opened.getBestCmap()}
    known = {character: of for character, of in unihan(folder).items() if character in printed and "kRSUnicode" in of}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("character", "radical", "strokes", "on", "kun"))
    for character, of in sorted(known.items()):
        radical = re.match(r"\d+", of["kRSUnicode"])
        assert radical
        writer.writerow((character, radical.group(), strokes(of), kana(of.get("kJapaneseOn", "")), kana(of.get("kJapaneseKun", ""))))
    (HERE / "kanji.csv.xz").write_bytes(lzma.compress(text.getvalue().encode(), preset=9 | lzma.PRESET_EXTREME))
    with (HERE / "kanji_parts.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("character", "parts"))
        rows.writerows((character, named) for character, named in parts(drawings).items() if character in known)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
