"""届出日・申出日・請求日・通知日 — by what the day is called on which an event came: by its basis. 住民基本台帳法施行令第11条; std 1.2.1 (N-1.2.1-05…-08)."""

from __future__ import annotations

from daicho.residents.rules.definitions import Basis

DAYS_FILED = {Basis.FILING: "届出日", Basis.PETITION: "申出日", Basis.NOTICE: "通知日", Basis.REQUEST: "請求日"}
"""職権 has none: nobody came."""


def day_filed(basis: str) -> str:
    """What the day is called of an event that was recorded on this basis; "" where there is none, and for what is no basis of ours (移行)."""
    return next((word for each, word in DAYS_FILED.items() if each.value == basis), "")
