"""断りの符号 — why no certificate is handed out, as the centre, the shop's terminal and our officers see it. S5-03; layouts/codes.csv convenience_result.

What concerns a person has one and the same sentence at the terminal: neither the centre nor whoever holds the card learns there why. 発行禁止 has
one code for every reason, 支援措置 among them; this room is not even told which it was (domain §7).
"""

from __future__ import annotations

from enum import StrEnum

ISSUED = "A00"
ISSUED_JA = "交付しました。"
_AT_THE_COUNTER = "この証明書は、店舗の端末では交付できません。市の窓口へお問い合わせください。"
_LATER = "ただいま証明書を交付できません。しばらくしてから、もう一度お試しください。"
_AGAIN = "お申込みの内容を確かめて、はじめからやり直してください。"


class Refusal(StrEnum):
    """The code on the wire. `ja` is the officer's word, `message` the terminal's."""

    PROHIBITED = "K01"
    PROVISIONAL = "K02"
    LEAVING = "K03"
    REMOVED = "K04"
    TOO_YOUNG = "K05"
    UNPRINTABLE = "K06"
    NOBODY = "K07"
    NO_KIND = "K08"
    NO_OPTION = "K09"
    SILENT = "K10"
    LAGGING = "K11"
    STOPPED = "K12"
    TOO_MANY = "K13"
    LATE = "K14"
    CARD = "K15"
    NOT_THE_SAME = "K16"

    @property
    def ja(self) -> str:
        return WORDS[self][0]

    @property
    def message(self) -> str:
        return WORDS[self][1]


WORDS = {
    Refusal.PROHIBITED: ("発行禁止", _AT_THE_COUNTER),
    Refusal.PROVISIONAL: ("仮登録中", _AT_THE_COUNTER),
    Refusal.LEAVING: ("転出予定", _AT_THE_COUNTER),
    Refusal.REMOVED: ("消除", _AT_THE_COUNTER),
    Refusal.TOO_YOUNG: ("年齢", _AT_THE_COUNTER),
    Refusal.UNPRINTABLE: ("印字できない記載", _AT_THE_COUNTER),
    Refusal.NOBODY: ("対象者なし", _AT_THE_COUNTER),
    Refusal.NO_KIND: ("種別なし", _AGAIN),
    Refusal.NO_OPTION: ("記載事項なし", _AGAIN),
    Refusal.SILENT: ("住民記録の応答なし", _LATER),
    Refusal.LAGGING: ("データ未着", _AT_THE_COUNTER),
    Refusal.STOPPED: ("停止中", _LATER),
    Refusal.TOO_MANY: ("通数の上限", "本日この端末で交付できる通数を超えました。市の窓口へお問い合わせください。"),
    Refusal.LATE: ("回答期限の経過", _LATER),
    Refusal.CARD: ("カードの認証", "カードを確認できませんでした。市の窓口へお問い合わせください。"),
    Refusal.NOT_THE_SAME: ("同じ請求番号で内容の違い", _AGAIN),
}


def result_ja(code: str) -> str:
    """The officer's word for a result code."""
    return "交付" if code == ISSUED else Refusal(code).ja
