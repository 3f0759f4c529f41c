"""管理項目の設定 — what the register keeps beside the 住民票 is set, changed or emptied: confirmations, cards, certificates, how to write to somebody. std 1.1.1, 1.1.2.

Each change is an event of its own, so that both values stand in the history; nothing of it is on a certificate.
"""

from __future__ import annotations

from daicho.residents.rules.correcting import Kind, as_correction, correction
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, WHY
from daicho.residents.rules.managed_fields import MANAGED

MANAGED_ITEMS = correction(
    Kind(
        code="managed_items",
        ja="管理項目の設定",
        article="標準仕様1.1.1、1.1.2",
        fields=(EFFECTIVE_ON, WHY),
        member_fields=tuple(as_correction(field) for field in MANAGED),
        shows_in_history=False,
    )
)
