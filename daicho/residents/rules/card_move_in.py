"""特例転入 — what the former city certified, as texts of the 転入 form; nothing typed is written over unasked. 住民基本台帳法第24条の2; N-4.1.1.3-01, -02."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from daicho.contracts.move_out_certificate_v1 import MoveOutCertificate, MoveOutPerson
from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.filling import DraftPerson, Merged, Texts, Told, fill, places
from daicho.residents.rules.vocabulary import FOREIGN, JAPANESE
from daicho.values.dates import wareki
from daicho.values.municipalities import BadMunicipality, read_municipality
from daicho.values.numbers import BadNumber, IndividualNumber, JuminhyoCode


@dataclass(frozen=True)
class CardQuestion:
    """What is asked: of which city, and by which of the two numbers that a card bears."""

    municipality_code: str
    juminhyo_code: str | None
    individual_number: str | None


def card_number(number: str) -> tuple[str | None, str | None]:
    """(住民票コード, 個人番号), one of the two: eleven digits or twelve. BadNumber."""
    digits = "".join(character for character in number if character.isdecimal())
    return (None, str(IndividualNumber.parse(number))) if len(digits) == 12 else (str(JuminhyoCode.parse(number)), None)


UNNAMED = "前住所地の市区町村を入力してください。"
OURS = "前住所地が当市になっています。転出した市区町村を入力してください。"


def read_question(
    number: str, municipality: str, ours: str, *, unnamed: str = UNNAMED, is_ours: str = OURS
) -> tuple[CardQuestion | None, tuple[tuple[str, str], ...]]:
    """The question, or every problem as (field, message). Eleven digits are a 住民票コード, twelve a 個人番号.

    `unnamed`, `is_ours`: what is said where no city is named, or our own.
    """
    problems: list[tuple[str, str]] = []
    code = individual = None
    try:
        code, individual = card_number(number)
    except BadNumber as bad:
        problems.append(("number", f"カードから読み取った番号を確認してください。{bad}"))
    city = ""
    try:
        city = read_municipality(municipality) if municipality.strip() else ""
    except (BadMunicipality, BadNumber) as bad:
        problems.append(("municipality", str(bad)))
    else:
        if not city:
            problems.append(("municipality", unnamed))
        elif city == ours:
            problems.append(("municipality", is_ours))
    return (None if problems else CardQuestion(city, code, individual)), tuple(problems)


def merge(definition: EventDefinition, filing: Texts, members: Sequence[DraftPerson], certificate: MoveOutCertificate, city: str, *, overwrite: bool) -> Merged:
    """Fill what is empty; what differs is left as typed and named, or, with `overwrite`, taken from the certificate.

    `city`: 都道府県市区町村 of ours. Who lived here before keeps the 氏名 of their last sheet (spec/domain.md §2).
    """
    people = [person_texts(person) for person in certificate.people]
    told = Told(filing_texts(certificate, city), tuple(people))
    return fill(definition, filing, members, told, places(definition, members, people), overwrite=overwrite)


def filing_texts(certificate: MoveOutCertificate, city: str) -> dict[str, str]:
    """The filing's own fields. The planned address only when it lies in our city, as the form asks for it: from the 町 on."""
    planned = certificate.planned_address or ""
    return {
        "previous_municipality_code": certificate.former_municipality_code,
        "previous_address": certificate.former_address,
        "previous_address_building": certificate.former_address_building or "",
        "address": planned.removeprefix(city) if planned.startswith(city) else "",
    }


def person_texts(person: MoveOutPerson) -> dict[str, str]:
    """A person's fields as a clerk would have typed them from the paper."""
    own_kanji = {"foreign_name_kanji" if person.is_foreign else "name_kanji": person.name_kanji}
    same = (
        "name_kana", "former_surname", "former_surname_kana", "sex_code", "relationship", "registered_domicile", "family_register_head_name", "juminhyo_code",
        "individual_number", "foreign_name_alphabet", "foreign_name_katakana", "foreign_alias", "foreign_alias_kana", "article_30_45_class_code",
        "residence_period", "residence_card_no", "birth_date",
    )  # fmt: skip
    texts: dict[str, str | None] = {name: getattr(person, name) for name in same} | own_kanji
    texts["resident_kind"] = FOREIGN if person.is_foreign else JAPANESE
    texts["nationality_code"], texts["residence_status_code"] = person.nationality, person.residence_status
    texts["residence_expiry_date"] = person.residence_expiry_date.isoformat() if person.residence_expiry_date else None
    return {name: text for name, text in texts.items() if text}


@dataclass(frozen=True)
class Deadlines:
    """Until when the card stands for a 転出証明書, whichever comes first: days from 転入日, days from 転出予定日. What the city's settings say."""

    from_move_in: int
    from_move_out: int


def why_too_late(certificate: MoveOutCertificate, moved_in_on: date | None, filed_on: date, deadlines: Deadlines) -> str:
    """Why this is no 特例転入 any more, and what to do; nothing when it is one. `moved_in_on`: None while it is not typed."""
    last = certificate.planned_move_out_date + timedelta(days=deadlines.from_move_out)
    if moved_in_on is not None:
        last = min(last, moved_in_on + timedelta(days=deadlines.from_move_in))
    if filed_on <= last:
        return ""
    return (
        f"特例転入の届出の期限（{wareki(last)}。転入日から{deadlines.from_move_in}日と、転出予定日{wareki(certificate.planned_move_out_date)}から"
        f"{deadlines.from_move_out}日の早い方）を過ぎています。受信した内容は使えません。転出証明書を提出してもらい、入力してください（法第24条の2）。"
    )


NOT_THE_FIRST = (
    "この転出の届出の後に、もう本市に転入しています。特例転入ができるのは最初の転入届だけなので、受信した内容は使えません。"
    "いまの前住所地の転出証明書を提出してもらい、入力してください（法第24条の2）。"
)
