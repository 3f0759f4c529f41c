"""市町村通知・市町村伝達 — what the city tells 出入国在留管理庁 of a foreign resident. 入管法第61条の8の2, 第19条の7–第19条の9; 特例法第10条; G-24.

One message for one person and event; `law_code` says under which law it is due: 住基法 alone is a 市町村通知, 入管法 alone a 市町村伝達, both are both.
The real interface (法務省仕様) is not public: items and codes are our own, layouts/immigration_notice.csv.
"""

from dataclasses import dataclass
from datetime import date

from daicho.contracts.base import contract


@contract("immigration_notice", version=1)
@dataclass(frozen=True)
class ImmigrationNoticeV1:
    """Field names are the identifiers of layouts/immigration_notice.csv, in its order. `former_*`: what stood there, of a 修正 the items it changed."""

    request_control_no: str
    municipality_code: str
    law_code: str  # layouts/codes.csv, list immigration_law
    effect_code: str  # list immigration_effect
    event_reason: str  # 異動事由, std 1.2.2
    event_date: str  # eight digits, 00 where unknown
    recorded_on: date
    filed_on: date | None
    class_code: str | None  # list article_30_45
    card_no: str | None  # of the 在留カード or 特別永住者証明書
    name_alphabet: str | None
    name_kanji: str | None
    birth_date: str  # eight digits, 00 where unknown
    sex_code: str
    nationality: str | None
    address: str
    residence_notified_on: date | None  # 住居地の届出の年月日
    certificate_issued_on: date | None  # 特別永住者証明書の交付年月日
    former_name_alphabet: str | None
    former_name_kanji: str | None
    former_birth_date: str | None
    former_sex_code: str | None
    former_nationality: str | None
    former_address: str | None
    moved_to: str | None  # 転出先, of a 転出
    resend_of: str | None  # 依頼管理番号 of the message that this one repeats
