"""値の種類 — what a setting accepts, how it is read from what an officer typed, and how it is shown. Pure. 標準1.3, spec/domain.md §13."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from daicho.certificates.letters.wording import faults_of
from daicho.values.concerned import ACCEPTS_JA, read_concerned

Value = Any  # JSON: int, bool, str, list or dict; its kind says which
_LONGEST = 1000


class Kind(Protocol):
    """`read` never fails: what cannot be read comes back as it was typed, and `accepts` refuses it."""

    @property
    def accepts_ja(self) -> str: ...

    def accepts(self, value: Value) -> bool: ...

    def read(self, typed: Sequence[str]) -> Value: ...

    def typed(self, value: Value) -> list[str]:
        """As an officer would type it."""
        ...

    def shown(self, value: Value) -> str: ...


@dataclass(frozen=True)
class Whole:
    """A whole number of a range, both ends included."""

    low: int
    high: int

    @property
    def accepts_ja(self) -> str:
        return f"{self.low}から{self.high}までの整数"

    def accepts(self, value: Value) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and self.low <= value <= self.high

    def read(self, typed: Sequence[str]) -> Value:
        text = unicodedata.normalize("NFKC", typed[0] if typed else "").replace(",", "").strip()
        return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else text

    def typed(self, value: Value) -> list[str]:
        return [str(value)]

    def shown(self, value: Value) -> str:
        return f"{value:,}"


@dataclass(frozen=True)
class OneOf:
    """One of a few words of the program's, each with what it means in Japanese. Yes and no are such words too (`YES_NO`)."""

    choices: Mapping[Value, str]

    @property
    def accepts_ja(self) -> str:
        return f"「{'」「'.join(self.choices.values())}」のどれか"

    def accepts(self, value: Value) -> bool:
        return any(type(value) is type(choice) and value == choice for choice in self.choices)

    def read(self, typed: Sequence[str]) -> Value:
        text = typed[0] if typed else ""
        return next((choice for choice in self.choices if self.typed(choice) == [text]), text)

    def typed(self, value: Value) -> list[str]:
        return [("no", "yes")[value] if isinstance(value, bool) else str(value)]

    def shown(self, value: Value) -> str:
        return self.choices.get(value, str(value))


YES_NO = OneOf({True: "はい", False: "いいえ"})


@dataclass(frozen=True)
class SomeOf:
    """Any number of the words of a list, each at most once, in the order chosen."""

    choices: Mapping[str, str]

    @property
    def accepts_ja(self) -> str:
        return f"次の項目の一覧（同じ項目は1度だけ）：{'、'.join(self.choices.values())}"

    def accepts(self, value: Value) -> bool:
        return isinstance(value, list) and all(isinstance(each, str) for each in value) and len(set(value)) == len(value) and set(value) <= self.choices.keys()

    def read(self, typed: Sequence[str]) -> Value:
        return [text for text in typed if text]

    def typed(self, value: Value) -> list[str]:
        return list(value)

    def shown(self, value: Value) -> str:
        return "、".join(self.choices.get(each, each) for each in value) or "なし"


@dataclass(frozen=True)
class Text:
    """A text of a certificate or a screen, stored as given."""

    may_be_empty: bool = False

    @property
    def accepts_ja(self) -> str:
        return f"{_LONGEST}文字までの{'文字列（空でもよい）' if self.may_be_empty else '空でない文字列'}"

    def accepts(self, value: Value) -> bool:
        return isinstance(value, str) and len(value) <= _LONGEST and (self.may_be_empty or bool(value.strip()))

    def read(self, typed: Sequence[str]) -> Value:
        return typed[0] if typed else ""

    def typed(self, value: Value) -> list[str]:
        return [value]

    def shown(self, value: Value) -> str:
        return value or "（空）"


@dataclass(frozen=True)
class WebAddress:
    """The address of a folder of pages that anybody reaches, or nothing: short, for it stands on paper and in a QR code."""

    accepts_ja: str = "https://で始まり/で終わる60文字までのアドレス（空でもよい）"

    def accepts(self, value: Value) -> bool:
        return isinstance(value, str) and (
            not value or (len(value) <= 60 and re.fullmatch(r"https://[a-z0-9.-]+(:[0-9]+)?/([A-Za-z0-9._-]+/)*", value) is not None)
        )

    def read(self, typed: Sequence[str]) -> Value:
        return typed[0].strip() if typed else ""

    def typed(self, value: Value) -> list[str]:
        return [value]

    def shown(self, value: Value) -> str:
        return value or "（空）"


@dataclass(frozen=True)
class LetterText:
    """The words of a letter, with the names of what is put in in braces; a name that the letter does not know would stand on paper as it is."""

    fills: tuple[str, ...] = ()
    may_be_empty: bool = False

    @property
    def accepts_ja(self) -> str:
        names = "、".join(f"{{{name}}}" for name in self.fills)
        put_in = f"差し込める項目は{names}だけで、半角の波括弧で囲みます" if names else "差し込める項目はなく、波括弧は使えません"
        return f"{Text(self.may_be_empty).accepts_ja}（改行できる。{put_in}）"

    def accepts(self, value: Value) -> bool:
        return Text(self.may_be_empty).accepts(value) and not faults_of(value, self.fills)

    def read(self, typed: Sequence[str]) -> Value:
        return "\n".join(typed[0].splitlines()) if typed else ""

    def typed(self, value: Value) -> list[str]:
        return [value]

    def shown(self, value: Value) -> str:
        return value or "（空）"


@dataclass(frozen=True)
class Days:
    """Days, each with its reason; typed one to a line."""

    accepts_ja: str = "日付（2026-04-01の形）と理由の組（1行に一つ）"

    def accepts(self, value: Value) -> bool:
        try:
            return isinstance(value, dict) and all(date.fromisoformat(day) and Text().accepts(why) for day, why in value.items())
        except (TypeError, ValueError):
            return False

    def read(self, typed: Sequence[str]) -> Value:
        lines = [line.split(maxsplit=1) for line in "\n".join(typed).splitlines() if line.strip()]
        if len({line[0] for line in lines}) < len(lines):  # a day twice: which reason holds?
            return list(typed)
        return {line[0]: line[1].strip() if len(line) > 1 else "" for line in lines}

    def typed(self, value: Value) -> list[str]:
        return ["\n".join(f"{day} {why}" for day, why in sorted(value.items()))]

    def shown(self, value: Value) -> str:
        return "、".join(f"{day} {why}" for day, why in sorted(value.items())) or "なし"


@dataclass(frozen=True)
class Remissions:
    """Grounds on which no fee is taken, each as [符号, 理由, 根拠]; typed one to a line, the three parted by a space."""

    accepts_ja: str = "符号（英小文字と_、20文字まで）、理由、根拠を空白で区切った行（1行に一つ。符号は重ならない。official は公用請求で、必ず置く）"

    def accepts(self, value: Value) -> bool:
        try:
            good = isinstance(value, list) and all(
                re.fullmatch(r"[a-z][a-z_]{0,19}", code) and Text().accepts(why) and Text().accepts(basis) for code, why, basis in value
            )
        except (TypeError, ValueError):
            return False
        codes = [line[0] for line in value] if good else []
        return good and len(set(codes)) == len(codes) and "official" in codes

    def read(self, typed: Sequence[str]) -> Value:
        return [line.split(maxsplit=2) for line in "\n".join(typed).splitlines() if line.strip()]

    def typed(self, value: Value) -> list[str]:
        return ["\n".join(" ".join(line) for line in value)]

    def shown(self, value: Value) -> str:
        return "、".join(f"{why}（{basis}）" for _, why, basis in value) or "なし"


@dataclass(frozen=True)
class Amounts:
    """Amounts in yen by the key of another setting; typed one to a line, key and amount parted by a space."""

    accepts_ja: str = "手数料の設定の名（fee_…_yen）と額（円）を空白で区切った行（1行に一つ。空でもよい）"

    def accepts(self, value: Value) -> bool:
        try:
            return isinstance(value, dict) and all(re.fullmatch(r"fee_[a-z_]+_yen", key) and Whole(0, 10000).accepts(yen) for key, yen in value.items())
        except TypeError:
            return False

    def read(self, typed: Sequence[str]) -> Value:
        lines = [line.split() for line in "\n".join(typed).splitlines() if line.strip()]
        if any(len(line) != 2 for line in lines) or len({key for key, _ in lines}) < len(lines):
            return list(typed)
        return {key: Whole(0, 10000).read([yen]) for key, yen in lines}

    def typed(self, value: Value) -> list[str]:
        return ["\n".join(f"{key} {yen}" for key, yen in sorted(value.items()))]

    def shown(self, value: Value) -> str:
        return "、".join(f"{key} {yen:,}円" for key, yen in sorted(value.items())) or "なし（窓口と同じ）"


@dataclass(frozen=True)
class Procedures:
    """What somebody has to see to, each as [対象, 手続, 窓口]; typed one to a line, the three parted by a space."""

    accepts_ja: str = f"対象、手続、窓口を空白で区切った行（1行に一つ。空でもよい）。対象は{ACCEPTS_JA}"

    def accepts(self, value: Value) -> bool:
        try:
            return isinstance(value, list) and all(read_concerned(whom) and Text().accepts(what) and Text().accepts(desk) for whom, what, desk in value)
        except (TypeError, ValueError):
            return False

    def read(self, typed: Sequence[str]) -> Value:
        return [unicodedata.normalize("NFC", line).split(maxsplit=2) for line in "\n".join(typed).splitlines() if line.strip()]

    def typed(self, value: Value) -> list[str]:
        return ["\n".join(" ".join(line) for line in value)]

    def shown(self, value: Value) -> str:
        return "、".join(f"{what}（{whom}、{desk}）" for whom, what, desk in value) or "なし"


@dataclass(frozen=True)
class Printers:
    """Printers of the terminals, each as [端末コード, プリンタ番号, トレイ]; typed one to a line, the trays parted by 、."""

    accepts_ja: str = "端末コード、プリンタ番号、トレイ（いくつでも。「、」で区切る）を空白で区切った行（1行に一つ。空でもよい）"

    def accepts(self, value: Value) -> bool:
        try:
            lines = [(Text().accepts(code) and Text().accepts(no) and all(Text().accepts(tray) for tray in trays), (code, no)) for code, no, trays in value]
        except (TypeError, ValueError):
            return False
        return isinstance(value, list) and all(fits for fits, _ in lines) and len({key for _, key in lines}) == len(lines)

    def read(self, typed: Sequence[str]) -> Value:
        lines = [unicodedata.normalize("NFC", line).split(maxsplit=2) for line in "\n".join(typed).splitlines() if line.strip()]
        return [[*line[:2], [tray.strip() for tray in line[2].replace(",", "、").split("、")] if len(line) > 2 else []] for line in lines]

    def typed(self, value: Value) -> list[str]:
        return ["\n".join(" ".join([code, no, *(["、".join(trays)] if trays else [])]) for code, no, trays in value)]

    def shown(self, value: Value) -> str:
        return "、".join(f"{code} {no}" + (f"（{'・'.join(trays)}）" if trays else "") for code, no, trays in value) or "なし"
