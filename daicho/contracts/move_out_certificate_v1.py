"""転出証明書情報の照会 — residents asks juki_net, with the code read from the visitor's card, for what the former city certified. 住民基本台帳法第24条の2; G-11, S2-03.

A question with its answer: nothing of it is posted, kept or repeated. The answer's texts are those of the 転出証明書 (令第23条), as the former
city wrote them.
"""

from dataclasses import dataclass
from datetime import date, datetime

from daicho.contracts.base import contract


@contract("move_out_certificate_question", version=1, category="question")
@dataclass(frozen=True)
class MoveOutCertificateQuestionV1:
    """Of whom, of which city, who asks for which case, and until when the counter waits. Exactly one of the two numbers is given."""

    question_id: str
    purpose: str
    operator_id: str  # of the clerk who asks
    deadline: datetime
    addressee_municipality_code: str  # 転出地
    municipality_code: str  # 転入地: the city that asks
    juminhyo_code: str | None  # file (2) item 1
    individual_number: str | None  # item 13


@dataclass(frozen=True)
class MoveOutPerson:
    """One person of the certificate, in the order of the household. What is not certified is None."""

    juminhyo_code: str
    individual_number: str | None
    name_kanji: str | None  # of a foreign resident the name in 漢字, if there is one
    name_kana: str | None
    former_surname: str | None
    former_surname_kana: str | None
    birth_date: str  # as written: 昭和60年4月1日, 1990年1月2日
    sex_code: str  # layouts/codes.csv list sex
    relationship: str | None
    registered_domicile: str | None
    family_register_head_name: str | None
    is_foreign: bool
    foreign_name_alphabet: str | None
    foreign_name_katakana: str | None
    foreign_alias: str | None
    foreign_alias_kana: str | None
    nationality: str | None
    article_30_45_class_code: str | None
    residence_status: str | None
    residence_period: str | None
    residence_expiry_date: date | None
    residence_card_no: str | None


@dataclass(frozen=True)
class MoveOutCertificate:
    """What the former city certified when the move-out was filed."""

    former_municipality_code: str
    former_address: str  # from the prefecture on
    former_address_building: str | None
    planned_move_out_date: date
    planned_address: str | None  # 転出先, as filed there
    people: tuple[MoveOutPerson, ...]


@contract("move_out_certificate_answer", version=1, category="answer")
@dataclass(frozen=True)
class MoveOutCertificateAnswerV1:
    """`outcome`: found (with the certificate), not_found, refused (with the other's words), unavailable (no answer in time)."""

    question_id: str
    outcome: str
    reason_ja: str
    certificate: MoveOutCertificate | None
