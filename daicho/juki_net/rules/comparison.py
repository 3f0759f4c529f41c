"""照合 — what an operator compared file (2) with, and what came of it. 住民基本台帳法第22条, 第24条の2; A-10, S2-02."""

from __future__ import annotations

from collections.abc import Mapping

METHODS: Mapping[str, str] = {
    "card": "個人番号カード",
    "resident_card": "住民基本台帳カード",
    "paper": "届書・通知書の記載",
    "statement": "本人の申出",
}
OUTCOMES: Mapping[str, str] = {"same": "一致した", "different": "一致しなかった"}
