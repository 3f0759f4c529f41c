"""氏名 — a resident's names as they stand in the register. 住基法7条1号, 30条の45, 令30条の13・30条の16, 標準1.1.7, 1.1.18.

Every text is kept exactly as given, code point by code point: no NFC or NFKC, no trimming. 氏 and 名 of a Japanese
resident are one text with U+3000 between them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from daicho.values.characters import Substitute, gaiji_count, substitute
from daicho.values.kana import BadKana, Furigana, Notarised, UnnotarisedTexts, kana_problems, parse_kana, to_katakana

__all__ = [
    "BadKana", "BadName", "Furigana", "Notarised", "OtherName", "PersonName", "UnnotarisedTexts", "kana_problems", "parse_kana", "to_katakana",
]  # fmt: skip

SPACE = "\u3000"


class BadName(ValueError):
    """A name that cannot be put together; `str()` is the Japanese message."""


@dataclass(frozen=True, slots=True)
class OtherName:
    """旧氏 or 通称, with its own kana and whether the person confirmed it (N-1.1.18-02, N-1.1.18-03)."""

    text: str
    kana: str = ""
    kana_confirmed: bool = False

    def problems(self, label: str) -> tuple[str, ...]:
        """What is wrong, in Japanese; `label` is 旧氏 or 通称."""
        missing = () if self.text else (f"{label}の文字が入力されていません。{label}が無いときはフリガナも空欄にしてください。",)
        return *missing, *kana_problems(self.kana, f"{label}のフリガナ")


@dataclass(frozen=True, slots=True)
class PersonName:
    """All names of one person at one moment. Any of them may be empty (N-1.1.6-19: 氏名 too may be blank)."""

    text: str = ""
    """氏 U+3000 名 of a Japanese resident, as given."""
    furigana: Furigana | None = None
    """氏名の振り仮名, a legal item."""
    kana_confirmed: bool = False
    """フリガナ確認フラグ of the name (N-1.1.18-01), apart from 公証."""
    search_kana: str = ""
    """カナ氏名 for searching (file (1) item 1), apart from the furigana; never printed."""
    former_surname: OtherName | None = None
    """旧氏 (Japanese only)."""
    alias: OtherName | None = None
    """通称 (foreign only)."""
    roman: str = ""
    """ローマ字氏名 (foreign)."""
    kanji: str = ""
    """漢字氏名 (foreign)."""
    katakana: str = ""
    """カタカナ表記 (foreign, file (1) item 102)."""

    @classmethod
    def japanese(
        cls,
        surname: str,
        given: str,
        furigana: Furigana | None = None,
        *,
        kana_confirmed: bool = False,
        search_kana: str = "",
        former_surname: OtherName | None = None,
    ) -> PersonName:
        """A Japanese resident. `given` may be empty (a newborn not yet named); 氏 must not hold U+3000."""
        if SPACE in surname:
            raise BadName("氏に全角空白は使えません。氏と名を分けて入力してください。")
        text = surname + SPACE + given if surname or given else ""
        return cls(text, furigana, kana_confirmed, search_kana or (furigana.text if furigana else ""), former_surname)

    @classmethod
    def foreign(
        cls, roman: str = "", kanji: str = "", *, katakana: str = "", alias: OtherName | None = None, search_kana: str = "", kana_confirmed: bool = False
    ) -> PersonName:
        """A foreign resident: ローマ字, 漢字 or both. Their kana is no legal item (spec/domain.md 1.1.11)."""
        return cls(roman=roman, kanji=kanji, katakana=katakana, alias=alias, search_kana=search_kana or katakana, kana_confirmed=kana_confirmed)

    @property
    def parts(self) -> tuple[str, str]:
        """(氏, 名), divided at the first U+3000; a text without one is all 氏."""
        surname, _, given = self.text.partition(SPACE)
        return surname, given

    @property
    def surname(self) -> str:
        return self.parts[0]

    @property
    def given(self) -> str:
        return self.parts[1]

    @property
    def is_foreign(self) -> bool:
        return bool(self.roman or self.kanji or self.alias or self.katakana)

    @property
    def is_blank(self) -> bool:
        """氏名の空欄."""
        return not (self.surname or self.given or self.roman or self.kanji)

    @property
    def legal(self) -> str:
        """氏名 as printed: as given, or ローマ字 and 漢字 side by side (N-5.3-03: ZHANG YULIN　張　玉蓮)."""
        if not self.is_foreign:
            return self.text.rstrip(SPACE)
        return SPACE.join(part for part in (self.roman, self.kanji) if part)

    def texts(self) -> tuple[str, ...]:
        """Every non-empty text of the name that bears characters to be printed: 氏名, 旧氏, 通称."""
        other = (self.former_surname, self.alias)
        return tuple(text for text in (self.text, self.roman, self.kanji, *(name.text for name in other if name)) if text)

    @property
    def gaiji_count(self) -> int:
        """外字数 of the legal name: characters outside JIS X 0213:2004 or with a selector."""
        return gaiji_count(self.legal)

    @property
    def substitute(self) -> Substitute:
        """代替文字 of the legal name, for systems without the glyphs."""
        return substitute(self.legal)

    def problems(self) -> tuple[str, ...]:
        """All that is wrong, in Japanese. Asked at entry, not at reading: migrated rows may hold anything."""
        found: list[str] = []
        if self.text and self.is_foreign:
            found.append("日本人住民の氏名と外国人住民の氏名・通称の両方が入力されています。どちらかだけにしてください。")
        if self.former_surname and self.is_foreign:
            found.append("外国人住民に旧氏は記載できません。旧氏を空欄にしてください（令第30条の13）。")
        if self.furigana:
            found += self.furigana.problems()
        for label, other in (("旧氏", self.former_surname), ("通称", self.alias)):
            found += other.problems(label) if other else ()
        return *found, *kana_problems(self.search_kana, "カナ氏名"), *kana_problems(self.katakana, "カタカナ表記")

    def differences(self, other: PersonName) -> tuple[str, ...]:
        """The names of the fields that differ, by code points (before/after for the examiner)."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name) != getattr(other, field.name))
