"""手数料 — the fee of a copy by the city's dated table, and the grounds on which none is taken. 地方自治法第227条, 第228条; 住民基本台帳法; 市の手数料条例."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

OFFICIAL = "official"
"""The exemption of 公用請求: what bears 「公用」 is free by it, and by no other way."""


@dataclass(frozen=True)
class Exemption:
    """One ground of the city's dated table: its code (what 交付履歴 keeps), its text, and by which law or ordinance."""

    code: str
    text: str
    basis: str


def exemptions_of(lines: Sequence[Sequence[str]]) -> tuple[Exemption, ...]:
    """The table as the setting holds it."""
    return tuple(Exemption(*line) for line in lines)


def word_of(code: str, known: Sequence[Exemption]) -> str:
    """What a code means; of one that the table of that day no longer has, the code itself."""
    return next((each.text for each in known if each.code == code), code)


def fee_yen(fee_key: str, table: Mapping[str, int], by_mail: Mapping[str, int], *, mail: bool, exemption: str) -> int:
    """The fee of one copy in yen: 0 by an exemption, else by the table; `by_mail` holds what costs otherwise when it is sent.

    KeyError for a certificate without a fee in the table: nothing is free because nobody entered a price.
    """
    if exemption:
        return 0
    return by_mail.get(fee_key, table[fee_key]) if mail else table[fee_key]


def check_exemption(code: str, known: Sequence[Exemption], *, for_official_use: bool) -> tuple[tuple[str, str], ...]:
    """All problems as (field, message)."""
    if code and code not in {each.code for each in known}:
        return (("exemption", "この免除の理由は、本日の手数料の表にありません。市の設定を確認し、選び直してください。"),)
    if for_official_use and code not in ("", OFFICIAL):
        return (("exemption", "「公用」と印字する証明書の免除の理由は、公用請求だけです。どちらかを選び直してください（標準仕様5.7）。"),)
    return ()
