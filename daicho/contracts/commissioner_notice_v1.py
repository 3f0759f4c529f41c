"""出入国在留管理庁長官通知 — what the Commissioner tells the city of a foreign resident's status. 住民基本台帳法第30条の50; G-24; std 4.5.6.

The real interface is not public: items and codes are our own, layouts/commissioner_notice.csv.
"""

from dataclasses import dataclass
from datetime import date

from daicho.contracts.base import contract


@contract("commissioner_notice", version=1)
@dataclass(frozen=True)
class CommissionerNoticeV1:
    """One notice about one person; field names are the identifiers of the layout, in its order. None = the notice says nothing of that item."""

    notice_no: str  # of the sender; the same notice sent again bears the same
    municipality_code: str
    notice_date: date
    ground_code: str  # layouts/codes.csv, list commissioner_ground: 変更 or 消除
    ground_text: str  # 在留資格変更許可, 在留資格の取消し …
    effective_on: date
    class_code: str  # list article_30_45: after it, of a 消除 before it
    former_card_no: str | None  # by which the person is found
    card_no: str | None
    name_alphabet: str | None
    name_kanji: str | None
    birth_date: str | None  # eight digits
    sex_code: str | None
    nationality: str | None
    residence_status: str | None
    residence_period: str | None
    residence_expiry_on: date | None
