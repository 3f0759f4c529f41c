"""字形の検査 — can the certificate's font print a text as it is stored? Asked on entry and again before printing (design §7).

A text is read as clusters: a character with the variation selector behind it, if any. Text is never normalised.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

from daicho.paper.fonts import FontSet, RegisteredFont


class Lack(Enum):
    """Why a cluster cannot be printed; the value is the clerk's sentence, after the code points."""

    CHARACTER = "の字形が証明書用フォントにありません。文字を確認し、代替文字を選ぶか、外字の登録を依頼してください。"
    SEQUENCE = "の異体字の字形が証明書用フォントにありません。このまま印字すると別の字形になります。登録されている異体字を選び直してください。"
    GAIJI = "は外字領域の文字です。証明書には印字できません。文字を同定して置き換えてください。"
    LONE_SELECTOR = "は異体字の指定だけで、前に文字がありません。入力し直してください。"
    CONTROL = "は印字できない制御文字です。取り除いてください。"


@dataclass(frozen=True)
class Missing:
    """One cluster that cannot be printed: `offset` is its place in the text (in characters from 0)."""

    offset: int
    cluster: str
    lack: Lack

    @property
    def code_points(self) -> str:
        """'U+845B U+E0100'."""
        return " ".join(f"U+{ord(character):04X}" for character in self.cluster)

    @property
    def message(self) -> str:
        """A whole Japanese sentence that names the cluster by its code points only."""
        return f"{self.offset + 1}文字目（{self.code_points}）{self.lack.value}"


def is_selector(character: str) -> bool:
    """A variation selector (VS1–16, or one of U+E0100–E01EF that ideographic sequences use)."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def clusters(text: str) -> list[str]:
    """The text cut into characters with their variation selectors: what may never be parted by a line's end."""
    found: list[str] = []
    for character in text:
        if found and is_selector(character) and not is_selector(found[-1][-1]):
            found[-1] += character
        else:
            found.append(character)
    return found


class Repertoire:
    """What the fonts of one `FontSet` can print. Made once per process by `repertoire()`; reading a font takes about 0.3 s."""

    def __init__(self, fonts: FontSet) -> None:
        self.fonts = fonts
        self._parts = tuple(_Part(font) for font in fonts.fonts)
        known = set[str]().union(*(part.characters for part in self._parts))
        self._plain = frozenset(character for character in known if not _never_printed(character))
        self._widths: dict[str, float] = {}

    def is_plain(self, text: str) -> bool:
        """Whether the fonts print every character by itself; a selector is never plain."""
        return self._plain.issuperset(text)

    def missing(self, text: str) -> tuple[Missing, ...]:
        """Every cluster that would not be printed as itself, in order; empty when the text is fit for paper."""
        if self.is_plain(text):
            return ()
        found: list[Missing] = []
        offset = 0
        for cluster in clusters(text):
            lack = self._lack(cluster)
            if lack is not None:
                found.append(Missing(offset, cluster, lack))
            offset += len(cluster)
        return tuple(found)

    def glyph_name(self, cluster: str) -> str | None:
        """The font's name of the glyph that prints this cluster (IPAmj明朝 names them by MJ number), or None."""
        part = self._part_of(cluster)
        return part.glyph_name(cluster) if part and self._lack(cluster) is None else None

    def mj_number(self, cluster: str) -> str | None:
        """MJ文字図形名 of the glyph that prints this cluster ('MJ010684'), or None when its font does not number it."""
        name = self.glyph_name(cluster)
        return name.upper() if name and name.startswith("mj") and name[2:].isdigit() else None

    def sequences_of(self, character: str) -> tuple[str, ...]:
        """The clusters that can be printed with this character in them: itself, and each of its sequences by selector."""
        part = self._part_of(character)
        if part is None:
            return ()
        alone = (character,) if self._lack(character) is None else ()
        return (*alone, *sorted(cluster for cluster in part.by_base.get(character, ()) if self._lack(cluster) is None))

    def find_mj(self, number: str) -> str | None:
        """The cluster whose glyph has this MJ文字図形名 ('MJ010684'): the character alone, where it has that glyph by itself."""
        wanted = number.lower()
        for part in self._parts:
            if (cluster := part.by_glyph.get(wanted)) is not None and self._lack(cluster) is None:
                return cluster
        return None

    def width(self, cluster: str) -> float:
        """Advance in em of a printable cluster; a cluster without glyph counts as one em. Each is looked up once: they are asked for by the thousand."""
        known = self._widths.get(cluster)
        if known is None:
            part = self._part_of(cluster)
            known = self._widths[cluster] = part.width(cluster) if part else 1.0
        return known

    def _lack(self, cluster: str) -> Lack | None:
        base = cluster[0]
        if is_selector(base):
            return Lack.LONE_SELECTOR
        if unicodedata.category(base) == "Co":
            return Lack.GAIJI
        if _never_printed(base):
            return Lack.CONTROL
        part = self._part_of(cluster)
        if part is None:
            return Lack.CHARACTER
        return Lack.SEQUENCE if len(cluster) > 1 and cluster not in part.sequences else None

    def _part_of(self, cluster: str) -> _Part | None:
        """The first font with the base character: the one that the typesetter takes, whether or not it has the sequence."""
        return next((part for part in self._parts if cluster[0] in part.characters), None)


class _Part:
    """One font's tables, read once."""

    def __init__(self, font: RegisteredFont) -> None:
        with TTFont(font.path, lazy=True) as opened:
            best: dict[int, str] = opened.getBestCmap()
            self.characters: dict[str, str] = {chr(code): name for code, name in best.items()}
            self.sequences: dict[str, str] = {}
            for table in opened["cmap"].tables:
                if table.format == 14:
                    self._read_sequences(table.uvsDict)
            per_em: int = opened["head"].unitsPerEm
            self._odd_widths: dict[str, float] = {name: advance / per_em for name, (advance, _) in opened["hmtx"].metrics.items() if advance != per_em}

    @cached_property
    def by_base(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for cluster in self.sequences:
            found.setdefault(cluster[0], []).append(cluster)
        return found

    @cached_property
    def by_glyph(self) -> dict[str, str]:
        return {name: cluster for named in (self.sequences, self.characters) for cluster, name in named.items()}

    def _read_sequences(self, by_selector: dict[int, list[tuple[int, str | None]]]) -> None:
        """Format 14: a sequence maps to a glyph of its own, or (None) to the base character's."""
        for selector, pairs in by_selector.items():
            for code, name in pairs:
                glyph = name or self.characters.get(chr(code))
                if glyph:
                    self.sequences[chr(code) + chr(selector)] = glyph

    def glyph_name(self, cluster: str) -> str:
        return self.sequences[cluster] if len(cluster) > 1 else self.characters[cluster]

    def width(self, cluster: str) -> float:
        name = self.sequences.get(cluster) or self.characters[cluster[0]]
        return self._odd_widths.get(name, 1.0)


def _never_printed(character: str) -> bool:
    """Controls, format characters, line ends, surrogates, private use: no certificate prints them, whatever a font maps."""
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} or is_selector(character)


def repertoire(fonts: FontSet) -> Repertoire:
    """The repertoire of these fonts, read once per process and kept."""
    return _repertoire(fonts.digest, fonts.directory, fonts)


@lru_cache(maxsize=4)
def _repertoire(_digest: str, _directory: Path, fonts: FontSet) -> Repertoire:
    return Repertoire(fonts)
