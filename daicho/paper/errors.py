"""紙に書けない理由 — why something cannot be put on paper; messages for clerks, without personal text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from daicho.paper.fit import Excess
    from daicho.paper.glyphs import Missing


class PaperError(Exception):
    """A document cannot be made. `str()` is a complete Japanese sentence for a clerk and holds no personal text."""


class FontMissing(PaperError):
    """A registered font is absent or is not the file that was registered."""


class GlyphMissing(PaperError):
    """Some item holds a character that the certificate's font cannot print as itself."""

    def __init__(self, missing: Sequence[tuple[str, Missing]]) -> None:
        """`missing`: pairs of the item's label and the character. Only labels and code points enter the message."""
        self.missing = tuple(missing)
        super().__init__("".join(f"「{label}」の{each.message}" for label, each in self.missing))


class TextOverflow(PaperError):
    """文字溢れ — some item does not fit its box even in the smallest size (std 5.8)."""

    def __init__(self, excess: Sequence[Excess]) -> None:
        """`excess`: the lines of 文字超過リスト. The message names the items, never their text."""
        self.excess = tuple(excess)
        super().__init__(
            f"{self.items_ja}が、文字を小さくしても欄に収まりません。記載を見直すか、"
            "市の設定「縮めても欄に収まらない項目の印字」で、入る所まで印字するか空白にするかを選んでください（標準仕様5.8）。"
        )

    @property
    def items_ja(self) -> str:
        """「住所」（120文字中96文字まで）: the items and how much of each has room."""
        return "、".join(f"「{each.label}」（{each.length}文字中{each.fitted}文字まで）" for each in self.excess)


class TypesettingFailed(PaperError):
    """The template did not compile: a defect of ours, told without the data that went in."""


class SigningFailed(PaperError):
    """An electronic copy cannot be signed: no key for that day, or a file that our press did not make."""
