"""広域交付 — of whom this city tells another one what, and what another city told as the record of a copy. 住民基本台帳法第12条の4; domain §4.5, §7.

As 住所地: who is a resident here today is told of, with what was asked for and nothing else; where nothing may be handed out of somebody who would stand
on the copy, the answer is one sentence, whatever the reason. What a 仮登録 holds has not been recorded: what stands before it is told (N-4.0.8-19).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from daicho.certificates.record import CertificateRecord, ForeignEntries, ResidentKind, Subjects
from daicho.certificates.request import Omissible
from daicho.certificates.wide_area import RESIDENCE_ITEMS
from daicho.contracts.wide_area_v1 import WideAreaCopy, WideAreaPerson, WideAreaQuestionV1
from daicho.residents.rules.birth import birth_text
from daicho.residents.rules.card_move_in import CardQuestion, read_question
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.identity_info import address_in_full, became_resident
from daicho.residents.rules.on_certificate import CodeNames, is_code
from daicho.residents.rules.vocabulary import ARTICLE_30_45, FOREIGN
from daicho.values.address import Address
from daicho.values.dates import BadDate, JapaneseDate
from daicho.values.kana import Furigana, Notarised
from daicho.values.names import OtherName, PersonName
from daicho.values.numbers import BadNumber, IndividualNumber, JuminhyoCode, ResidenceCardNo
from daicho.values.relationship import BadRelationship, Relationship, Sex

REFUSED = "この人の住民票の写しは交付できません。住所地の市区町村に確認してください。"
"""What the one who asks is told, the same for every reason."""
NUMBERS = ("juminhyo_code", "individual_number", "residence_card_no")


def read_asked(number: str, municipality: str, ours: str) -> tuple[CardQuestion | None, tuple[tuple[str, str], ...]]:
    """Whose copy is asked for, of which city; or every problem as (field, message)."""
    unnamed, is_ours = "住所地の市区町村を入力してください。", "住所地が当市です。住民票の写しの交付の画面から交付してください。"
    return read_question(number, municipality, ours, unnamed=unnamed, is_ours=is_ours)


def shown_by(question: WideAreaQuestionV1) -> frozenset[Omissible]:
    """What the copy shall bear beyond what it always does."""
    asked = {
        Omissible.HEAD_NAME: question.with_relationship,
        Omissible.RELATIONSHIP: question.with_relationship,
        Omissible.JUMINHYO_CODE: question.with_juminhyo_code,
        Omissible.INDIVIDUAL_NUMBER: question.with_individual_number,
        **dict.fromkeys(RESIDENCE_ITEMS, question.with_residence_items),
    }
    return frozenset(omissible for omissible, wanted in asked.items() if wanted)


# ---- as 住所地 ----


@dataclass(frozen=True)
class Opened:
    """What a copy is made with: numbers in the clear by reference, words of codes."""

    numbers: Mapping[int, str]
    names: CodeNames


def numbers_wanted(question: WideAreaQuestionV1) -> tuple[str, ...]:
    """The numbers that are opened for it: those that were asked for."""
    wanted = (question.with_juminhyo_code, question.with_individual_number, question.with_residence_items)
    return tuple(name for name, asked in zip(NUMBERS, wanted, strict=True) if asked)


def copy_of(question: WideAreaQuestionV1, people: Sequence[SheetEntries], opened: Opened, municipality_code: str) -> WideAreaCopy:
    """What is told of these, in the order of the paper."""
    first = people[0]
    return WideAreaCopy(
        municipality_code=municipality_code,
        address=first.address or "",
        address_building=first.address_building,
        head_name=first.householder_name if question.with_relationship else None,
        whole_household=question.whole_household,
        people=tuple(_told(entries, question, opened) for entries in people),
    )


def _told(entries: SheetEntries, question: WideAreaQuestionV1, opened: Opened) -> WideAreaPerson:
    foreign = entries.resident_kind == FOREIGN
    wanted = numbers_wanted(question)
    clear = {name: opened.numbers[ref] if name in wanted and (ref := getattr(entries, name)) is not None else None for name in NUMBERS}
    resident, fixed = became_resident(entries), entries.address_changed_date if entries.moved_within_city else None
    stays = foreign and question.with_residence_items
    return WideAreaPerson(
        juminhyo_code=clear["juminhyo_code"],
        individual_number=clear["individual_number"],
        name_kanji=entries.foreign_name_kanji if foreign else entries.name_kanji,
        name_kana=None if foreign else entries.name_kana,
        surname_kana_notarised=entries.surname_kana_notarised,
        given_kana_notarised=entries.given_kana_notarised,
        former_surname=entries.former_surname,
        former_surname_kana=entries.former_surname_kana,
        birth_date=birth_text(entries),
        sex_code=entries.sex_code or "9",
        relationship=entries.relationship if question.with_relationship else None,
        became_resident_date=resident.wareki() if resident else None,
        address_fixed_date=fixed.wareki() if fixed else None,
        filed_on=entries.foreign_resident_notified_date if foreign else entries.became_resident_notified_date,
        previous_address=address_in_full(entries.previous_address, entries.previous_address_building) or None,
        is_foreign=foreign,
        foreign_name_alphabet=entries.foreign_name_alphabet,
        foreign_alias=entries.foreign_alias,
        nationality=_word(entries.nationality_code, "nationality", opened.names) if stays else None,
        article_30_45_class_code=entries.article_30_45_class_code if stays else None,
        residence_status=_word(entries.residence_status_code, "residence_status", opened.names) if stays else None,
        residence_period=entries.residence_period if stays else None,
        residence_expiry_date=entries.residence_expiry_date if stays else None,
        residence_card_no=clear["residence_card_no"] if stays else None,
    )


def _word(value: str | None, table: str, names: CodeNames) -> str | None:
    return names.get(table, {}).get(value or "") if is_code(value) else value


# ---- as 交付地 ----


def subjects_of(copy: WideAreaCopy) -> Subjects:
    """The people of the copy as its paper is composed from them. BadDate, BadRelationship or BadNumber for what is none."""
    return Subjects(tuple(_record(person, copy) for person in copy.people), copy.whole_household)


def unreadable(copy: WideAreaCopy) -> str:
    """Why the copy cannot be printed, as a clerk's sentence without any of it; "" when it can."""
    try:
        subjects_of(copy)
    except (BadDate, BadRelationship, BadNumber, ValueError):
        return "住所地の市区町村から届いた情報に、読み取れない項目があります。住所地の市区町村に確認してください。"
    return ""


def _record(person: WideAreaPerson, copy: WideAreaCopy) -> CertificateRecord:
    parsed = Address.parse(copy.address)
    return CertificateRecord(
        kind=ResidentKind.FOREIGN if person.is_foreign else ResidentKind.JAPANESE,
        name=_name(person),
        birth_date=JapaneseDate.parse(person.birth_date),
        sex=Sex(person.sex_code) if person.sex_code in ("1", "2") else None,
        address=Address(parsed.prefecture, parsed.city, parsed.town, parsed.lot, copy.address_building or parsed.building, ""),
        became_resident_on=_day(person.became_resident_date),
        address_fixed_on=_day(person.address_fixed_date),
        moved_within_city=person.address_fixed_date is not None,
        filed_on=person.filed_on,
        head_name=copy.head_name or "",
        relationship=Relationship.parse(person.relationship) if person.relationship else None,
        previous_address=Address.parse(person.previous_address or ""),
        juminhyo_code=JuminhyoCode.parse(person.juminhyo_code) if person.juminhyo_code else None,
        individual_number=IndividualNumber.parse(person.individual_number) if person.individual_number else None,
        foreign=_foreign(person) if person.is_foreign else None,
    )


def _name(person: WideAreaPerson) -> PersonName:
    if person.is_foreign:
        alias = OtherName(person.foreign_alias, "") if person.foreign_alias else None
        return PersonName.foreign(person.foreign_name_alphabet or "", person.name_kanji or "", alias=alias)
    surname, _, given = (person.name_kanji or "").partition("\u3000")
    states = [Notarised.YES if each else Notarised.NO for each in (person.surname_kana_notarised, person.given_kana_notarised)]
    furigana = Furigana.from_text(person.name_kana, *states) if person.name_kana else None
    former = OtherName(person.former_surname, person.former_surname_kana or "") if person.former_surname else None
    return PersonName.japanese(surname, given, furigana, former_surname=former)


def _foreign(person: WideAreaPerson) -> ForeignEntries:
    return ForeignEntries(
        nationality=person.nationality or "",
        residence_class=dict(ARTICLE_30_45).get(person.article_30_45_class_code or "", ""),
        residence_status=person.residence_status or "",
        period=person.residence_period or "",
        expires_on=person.residence_expiry_date,
        card_no=ResidenceCardNo.parse(person.residence_card_no) if person.residence_card_no else None,
    )


def _day(text: str | None) -> JapaneseDate | None:
    return JapaneseDate.parse(text) if text else None
