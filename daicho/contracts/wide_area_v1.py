"""住民票の写しの広域交付 — the counter where somebody stands asks the city where they live for what a copy bears. 住民基本台帳法第12条の4; N-7.1.1.1-05.

A question with its answer, on every leg alike: residents to juki_net to the other city, and from another city to juki_net to residents. Nothing of it
is posted, kept or repeated. Neither 本籍 nor 筆頭者, neither 個別記載事項 nor history, nor the aliases of before can be asked for or told: there is no
place for them.
"""

from dataclasses import dataclass
from datetime import date, datetime

from daicho.contracts.base import contract


@contract("wide_area_question", version=1, category="question")
@dataclass(frozen=True)
class WideAreaQuestionV1:
    """Of who stands at the counter with their card, asking for themself or for their household. Exactly one of the two numbers is given.

    What is not asked for is not told (法12条の4第4項): each `with_` is a 特別の請求.
    """

    question_id: str
    purpose: str
    operator_id: str  # of the clerk who asks
    deadline: datetime
    addressee_municipality_code: str  # 住所地
    municipality_code: str  # 交付地: the city that asks
    juminhyo_code: str | None  # file (2) item 1
    individual_number: str | None  # item 13
    whole_household: bool
    with_relationship: bool  # 世帯主 and 続柄
    with_juminhyo_code: bool
    with_individual_number: bool
    with_residence_items: bool  # of foreign residents: 国籍・地域 to 在留カード等の番号


@dataclass(frozen=True)
class WideAreaPerson:
    """One person of the copy, in the order of the household. What was not asked for, or is 空欄, is None. Dates as they are printed."""

    juminhyo_code: str | None
    individual_number: str | None
    name_kanji: str | None  # of a foreign resident the name in 漢字, if there is one
    name_kana: str | None
    surname_kana_notarised: bool | None
    given_kana_notarised: bool | None
    former_surname: str | None
    former_surname_kana: str | None
    birth_date: str  # 昭和60年4月1日, 1990年1月2日
    sex_code: str  # layouts/codes.csv list sex
    relationship: str | None
    became_resident_date: str | None
    address_fixed_date: str | None  # of who moved within the city
    filed_on: date | None
    previous_address: str | None
    is_foreign: bool
    foreign_name_alphabet: str | None
    foreign_alias: str | None
    nationality: str | None
    article_30_45_class_code: str | None
    residence_status: str | None
    residence_period: str | None
    residence_expiry_date: date | None
    residence_card_no: str | None


@dataclass(frozen=True)
class WideAreaCopy:
    """What the city of residence tells of the 住民票, as it stands there when it is asked."""

    municipality_code: str
    address: str  # from the prefecture on
    address_building: str | None
    head_name: str | None
    whole_household: bool
    people: tuple[WideAreaPerson, ...]


@contract("wide_area_answer", version=1, category="answer")
@dataclass(frozen=True)
class WideAreaAnswerV1:
    """`outcome`: found (with the copy), not_found, refused (one sentence, whatever the reason), unavailable (no answer in time)."""

    question_id: str
    outcome: str
    reason_ja: str
    copy: WideAreaCopy | None
