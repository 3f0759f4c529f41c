"""交付履歴の訂正 — what was entered wrongly of who asked, by what right and for what, put right by a further row. std 1.3.8, 8.1.1 (N-8.1.1-05).

The copy that went out is not corrected by this: it is disposed of (rules/disposals.py) and made anew. What is corrected is our own record of the asking.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from daicho.certificates.request import REQUESTER_JA, Requester


class Item(StrEnum):
    """What may be put right."""

    REQUESTER = "requester"
    STANDING = "standing"
    PURPOSE = "purpose"


ITEM_JA = {Item.REQUESTER: "請求者の氏名・名称", Item.STANDING: "請求者の資格", Item.PURPOSE: "使用目的"}
ITEMS = tuple((item.value, ja) for item, ja in ITEM_JA.items())


@dataclass(frozen=True)
class Correction:
    """One row: from then on `item` reads `becomes`."""

    item: str
    becomes: str


def as_corrected(item: Item, recorded: str, corrections: Iterable[Correction]) -> str:
    """What the record says of it now: the newest correction's word, else what was recorded. `corrections` in the order of recording."""
    said = recorded
    for each in corrections:
        if each.item == item:
            said = each.becomes
    return said


def word_of(item: str, said: str) -> str:
    """As a screen or a letter says it."""
    return REQUESTER_JA[Requester(said)] if item == Item.STANDING and said in set(Requester) else said


def check_correction(item: str, now: str, becomes: str, reason: str) -> tuple[tuple[str, str], ...]:
    """All problems as (field, message)."""
    found = []
    if item not in set(Item):
        return (("item", "訂正する項目を選んでください。"),)
    if not becomes:
        found.append(("becomes", f"訂正後の{ITEM_JA[Item(item)]}が入力されていません。入力してください。"))
    elif item == Item.STANDING and becomes not in set(Requester):
        found.append(("standing", "訂正後の資格を、一覧から選んでください（法第12条、第12条の2、第12条の3）。"))
    elif becomes == now:
        found.append(("becomes", f"いまの記録と同じです（{word_of(item, now)}）。訂正後の内容を確認してください。"))
    if not reason.strip():
        found.append(("reason", "訂正の理由が入力されていません。何を見て誤りと分かったかを入力してください。"))
    return tuple(found)
