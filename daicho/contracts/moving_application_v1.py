"""引越しワンストップの申請 — what マイナポータル hands the city: 転出届, 来庁予約 of a 転入 or 転居, and that one of them is withdrawn. 住民基本台帳法第22条–第24条; domain §9.

Signed there with the applicant's 署名用電子証明書, which マイナポータル has judged. Texts stand as the applicant typed them. No number is in it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from daicho.contracts.base import contract


@dataclass(frozen=True)
class MovingPerson:
    """One of those who move; the first is the applicant who signed."""

    name_kanji: str
    name_kana: str | None
    birth_date: str  # as a JapaneseDate is kept
    sex_code: str
    relationship: str | None


@contract("moving_application", version=1)
@dataclass(frozen=True)
class MovingApplicationV1:
    """One application. When the applicant changes it, the whole comes again under the same number with the next `revision_no`."""

    application_no: str
    revision_no: int
    matter: str  # move_out, move_in_visit, relocation_visit
    applied_at: datetime
    moving_on: date
    visit_on: date | None  # 来庁予定日; none for a 転出届
    former_address: str
    new_municipality_code: str | None
    new_address: str
    new_address_building: str | None
    new_postal_code: str | None
    people: tuple[MovingPerson, ...]


@contract("moving_withdrawal", version=1)
@dataclass(frozen=True)
class MovingWithdrawalV1:
    """転出取消 or 予約取消. It may come before the application that it withdraws."""

    application_no: str
    withdrawn_at: datetime
