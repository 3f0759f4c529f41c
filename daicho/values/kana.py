"""振り仮名 — kana as they are kept: katakana, checked, with the state of 公証 of each part. 住基法7条1号の2, 標準1.1.18.

The search kana (カナ氏名, item 1) is a field of its own and is not made from these (spec/domain.md 1.1.11).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_KATAKANA = re.compile("[ァ-ヺー]")
_PART = re.compile("[ァ-ヺー・]+")
_CANNOT_BEGIN = "ーァィゥェォッャュョヮヵヶ・"
_HALF_WIDTH = re.compile("[\uff61-\uff9f]+")
_HIRAGANA = {code: chr(code + 0x60) for code in range(0x3041, 0x3097)}


class BadKana(ValueError):
    """Text that cannot be kept as furigana; `problems` are Japanese sentences, all of them."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def to_katakana(text: str) -> str:
    """Hiragana and half-width kana as katakana, a half-width space as U+3000 (N-1.1.18-04). Everything else stays."""
    text = _HALF_WIDTH.sub(lambda run: unicodedata.normalize("NFKC", run.group()), text)
    return text.translate(_HIRAGANA).replace(" ", "\u3000")


def juki_kana(text: str | None, longest: int) -> str | None:
    """Kana as 住基ネット takes them: full-width katakana and 長音, parts divided by one U+3000, no longer than the item. None when nothing is left.

    What the register keeps is not changed by it (N-1.1.18-05).
    """
    parts = re.split("[\u3000・]+", to_katakana(text or ""))
    kept = ("".join(_KATAKANA.findall(part)) for part in parts)
    return "\u3000".join(part for part in kept if part)[:longest].rstrip("\u3000") or None


def kana_problems(text: str, label: str = "振り仮名") -> tuple[str, ...]:
    """What is wrong with kana text (parts divided by one U+3000), in Japanese. Empty text is no fault: it may be unknown."""
    if not text:
        return ()
    problems = []
    if text != text.strip() or "\u3000\u3000" in text:
        problems.append(f"{label}の前後に空白があるか、空白が続いています。氏と名の間の全角空白1文字だけにしてください。")
    strange = sorted({c for c in text if not (_KATAKANA.match(c) or c in "・\u3000")})
    if strange:
        problems.append(f"{label}に使えない文字「{''.join(strange)}」があります。全角カタカナと長音「ー」で入力してください。")
    if any(part[0] in _CANNOT_BEGIN for part in text.split("\u3000") if part):
        problems.append(f"{label}が小さい文字、長音「ー」又は中点で始まっています。入力した文字を確認してください。")
    return tuple(problems)


def parse_kana(text: str, label: str = "振り仮名") -> str:
    """Katakana from what a clerk typed (hiragana and half-width tolerated). Raises BadKana with all problems."""
    kana = to_katakana(text.strip())
    if problems := kana_problems(kana, label):
        raise BadKana(problems)
    return kana


class Notarised(StrEnum):
    """公証の状況 of one part of the furigana (戸籍の振り仮名として公証されたか)."""

    YES = "notarised"
    NO = "unnotarised"

    @property
    def ja(self) -> str:
        return "公証済" if self is Notarised.YES else "未公証"


@dataclass(frozen=True, slots=True)
class UnnotarisedTexts:
    """What is printed for a part that is not yet 公証: the city's texts (spec/domain.md 4.2, seen in public sources)."""

    both: str = "********"
    surname: str = "【氏空欄】"
    given: str = "【名空欄】"


@dataclass(frozen=True, slots=True)
class Furigana:
    """氏名の振り仮名 of a Japanese resident, each part with its own state."""

    surname: str = ""
    given: str = ""
    surname_notarised: Notarised = Notarised.NO
    given_notarised: Notarised = Notarised.NO

    @classmethod
    def from_text(cls, text: str, surname_notarised: Notarised = Notarised.NO, given_notarised: Notarised = Notarised.NO) -> Furigana:
        """From 氏 U+3000 名; the inverse of `text`."""
        surname, _, given = text.partition("\u3000")
        return cls(surname, given, surname_notarised, given_notarised)

    @property
    def text(self) -> str:
        """氏 U+3000 名, whatever its state: for keeping, not for paper. A missing part leaves its side of the space empty."""
        return f"{self.surname}\u3000{self.given}" if self.given else self.surname

    def problems(self) -> tuple[str, ...]:
        """What is wrong with the kana, in Japanese. Asked at entry, not at reading: migrated rows may hold anything."""
        return *kana_problems(self.surname, "氏の振り仮名"), *kana_problems(self.given, "名の振り仮名")

    @property
    def notarised(self) -> bool:
        """Both parts are 公証済."""
        return self.surname_notarised is Notarised.YES and self.given_notarised is Notarised.YES

    def printed(self, texts: UnnotarisedTexts | None = None) -> str:
        """As a certificate shows it: an un-notarised part never appears (spec/domain.md 1.1.11)."""
        texts = texts or UnnotarisedTexts()
        surname_shown = self.surname_notarised is Notarised.YES and self.surname
        given_shown = self.given_notarised is Notarised.YES and self.given
        if not surname_shown and not given_shown:
            return texts.both
        return f"{surname_shown or texts.surname}\u3000{given_shown or texts.given}"
