"""漢字表 — 部首, 画数, 音訓, 構成要素 and 異体字 of a character, and the characters that a clerk looks for by them. 標準2.1.3-29, 2.2.3.

The tables are made by data/build_kanji.py; their sources and licences stand in data/README.md. Read once, when first asked.
"""

from __future__ import annotations

import csv
import io
import lzma
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from daicho.values.characters import is_selector
from daicho.values.kana import to_katakana
from daicho.values.search_fold import variant_table

_DATA = Path(__file__).parent / "data"
RADICALS = tuple(unicodedata.normalize("NFKC", chr(0x2F00 + place)) for place in range(214))
"""康煕部首: 一 is number 1."""
_SAME_SOUND = str.maketrans("ヂヅ", "ジズ")
_FORMS = {
    "亻": "人", "氵": "水", "扌": "手", "忄": "心", "艹": "艸", "⺾": "艸", "辶": "辵", "⻌": "辵", "⻖": "阜", "阝": "阜", "犭": "犬", "灬": "火", "礻": "示", "衤": "衣", "刂": "刀",
    "⺡": "水", "⺘": "手", "飠": "食", "𩙿": "食", "釒": "金", "糹": "糸", "訁": "言", "⺮": "竹", "罒": "网", "月": "肉", "王": "玉",
}  # fmt: skip
"""How a 部首 is written within a character: who types 艹 means it, and a table that says 艸 too."""


@dataclass(frozen=True, slots=True)
class Kanji:
    """One character. `radical` is the number of its 康煕部首; readings in katakana; `parts` those named by the table, at whatever depth."""

    character: str
    radical: int
    strokes: int
    on: tuple[str, ...]
    kun: tuple[str, ...]
    parts: str

    @property
    def radical_character(self) -> str:
        return RADICALS[self.radical - 1]


@dataclass(frozen=True)
class Wanted:
    """What a clerk knows of a character: each that is given must agree. `parts`: every one of these must be in it."""

    reading: str = ""
    parts: str = ""
    radical: int | None = None
    fewest: int | None = None
    most: int | None = None

    @property
    def says_nothing(self) -> bool:
        return not (self.reading or self.parts or self.radical or self.fewest or self.most)


@lru_cache(maxsize=1)
def table() -> Mapping[str, Kanji]:
    """Every character of the certificate's font that has a 部首, by itself."""
    with (_DATA / "kanji_parts.csv").open(encoding="utf-8", newline="") as file:
        parts = {row["character"]: row["parts"] for row in csv.DictReader(file)}
    text = io.StringIO(lzma.decompress((_DATA / "kanji.csv.xz").read_bytes()).decode(), newline="")
    return {
        row["character"]: Kanji(
            row["character"], int(row["radical"]), int(row["strokes"]), tuple(row["on"].split()), tuple(row["kun"].split()), parts.get(row["character"], "")
        )
        for row in csv.DictReader(text)
    }


def find_kanji(character: str) -> Kanji | None:
    """Of a character with a selector: of the character itself."""
    return table().get(character[:1])


def search(wanted: Wanted, most: int) -> tuple[Kanji, ...]:
    """The characters that agree, at most so many: those known by themselves first, then 異体字 of such (who has no reading or parts of its own in the
    table), each by strokes. () when nothing is asked.
    """
    if wanted.says_nothing:
        return ()
    own, as_variant = [], []
    for kanji in table().values():
        if not _fits(kanji, wanted):
            continue
        if _agrees(kanji, wanted):
            own.append(kanji)
        elif (standard := _standard(kanji)) is not None and _agrees(_as(kanji, standard), wanted):
            as_variant.append(kanji)
    return tuple([*sorted(own, key=_order), *sorted(as_variant, key=_order)][:most])


@cache
def _families() -> Mapping[str, tuple[str, ...]]:
    """By the character that a family of 異体字 folds to, its members."""
    found: dict[str, list[str]] = {}
    for variant, to in variant_table().items():
        found.setdefault(to, [to]).append(variant)
    return {to: tuple(members) for to, members in found.items()}


def variants_of(character: str) -> tuple[str, ...]:
    """The other characters that a search holds equal to it, in the table's order (N-2.1.2-14)."""
    base = character[:1]
    return tuple(one for one in _families().get(variant_table().get(base, base), ()) if one != base)


def kana_reading(text: str) -> str:
    """A reading as the table has it."""
    return to_katakana("".join(text.split())).translate(_SAME_SOUND)


def only_characters(text: str) -> str:
    """Without selectors and spaces: the parts that were typed."""
    return "".join(c for c in text if not is_selector(c) and not c.isspace())


def _fits(kanji: Kanji, wanted: Wanted) -> bool:
    return (
        (wanted.radical is None or kanji.radical == wanted.radical)
        and (wanted.fewest is None or kanji.strokes >= wanted.fewest)
        and (wanted.most is None or kanji.strokes <= wanted.most)
    )


def _agrees(kanji: Kanji, wanted: Wanted) -> bool:
    if wanted.reading and not any(reading.translate(_SAME_SOUND) == wanted.reading for reading in (*kanji.on, *kanji.kun)):
        return False
    return all(_has(kanji, part) for part in wanted.parts)


@cache
def _written_as(part: str) -> frozenset[str]:
    """The part in every form that the tables may say."""
    written = _FORMS.get(part, part)
    return frozenset({part, written, *(form for form, of in _FORMS.items() if of == written)})


def _has(kanji: Kanji, part: str) -> bool:
    forms = _written_as(part)
    return kanji.character in forms or kanji.radical_character in forms or any(form in kanji.parts for form in forms)


def _standard(kanji: Kanji) -> Kanji | None:
    to = variant_table().get(kanji.character)
    return table().get(to) if to else None


def _as(kanji: Kanji, standard: Kanji) -> Kanji:
    """With what its family's character has, where the table says nothing of its own."""
    return Kanji(
        kanji.character, kanji.radical, kanji.strokes, kanji.on or standard.on, kanji.kun or (() if kanji.on else standard.kun), kanji.parts or standard.parts
    )


def _order(kanji: Kanji) -> tuple[int, int, str]:
    return kanji.strokes, kanji.radical, kanji.character
