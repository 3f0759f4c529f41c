"""特例転入 — what the former city certified, as texts of the 転入 form; nothing typed is written over unasked. 住民基本台帳法第24条の2; N-4.1.1.3-01, -02."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from daicho.contracts.move_out_certificate_v1 import MoveOutCertificate, MoveOutPerson
from daicho.residents.rules.definitions import NUMBER_KINDS, EventDefinition, Field, FieldKind
from daicho.residents.rules.returning import LEGAL_NAMES
from daicho.residents.rules.vocabulary import FOREIGN, JAPANESE
from daicho.values.dates import BadDate, JapaneseDate, wareki
from daicho.values.municipalities import BadMunicipality, read_municipality
from daicho.values.numbers import BadNumber, IndividualNumber, JuminhyoCode
from daicho.values.search_key import SearchKind, search_key

Texts = Mapping[str, str]
_DATES = (FieldKind.DATE, FieldKind.UNCERTAIN_DATE, FieldKind.WESTERN_DATE)


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


@dataclass(frozen=True)
class Difference:
    """A field that says one thing and the certificate another. `member` counts from 0, None = the filing's own; of numbers no text is told."""

    member: int | None
    label: str
    typed: str
    received: str


@dataclass(frozen=True)
class DraftPerson:
    """One person of the draft: whom the register knows (public id), and their texts."""

    person: str | None
    texts: Texts


@dataclass(frozen=True)
class Merged:
    """The form after the certificate: its own texts, its people, the fields that were filled (typed: empty, or what was replaced), what still differs."""

    filing: Texts
    members: tuple[DraftPerson, ...]
    filled: tuple[Difference, ...]
    differences: tuple[Difference, ...]


def merge(definition: EventDefinition, filing: Texts, members: Sequence[DraftPerson], certificate: MoveOutCertificate, city: str, *, overwrite: bool) -> Merged:
    """Fill what is empty; what differs is left as typed and named, or, with `overwrite`, taken from the certificate.

    People are found again by number or name, then put into parts that nobody has begun, then added. `city`: 都道府県市区町村 of ours. Who lived
    here before keeps the 氏名 of their last sheet (spec/domain.md §2).
    """
    own = _Filling(definition.fields, None, filing, overwrite)
    own.take(filing_texts(certificate, city))
    people, filled, differences = list(members), own.filled, own.differences
    for index, person in zip(_places(definition, people, certificate), certificate.people, strict=True):
        if index == len(people):
            people.append(DraftPerson(None, {field.name: field.default for field in definition.member_fields if field.default and field.default != "today"}))
        part = _Filling(definition.member_fields, index, people[index].texts, overwrite, is_begun=_is_begun(definition, people[index]))
        part.take(person_texts(person), never_over=LEGAL_NAMES if people[index].person else ())
        people[index] = DraftPerson(people[index].person, part.texts)
        filled, differences = filled + part.filled, differences + part.differences
    return Merged(own.texts, tuple(people), tuple(filled), tuple(differences))


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


class _Filling:
    """One part of the form while it is filled."""

    def __init__(self, fields: Sequence[Field], member: int | None, texts: Texts, overwrite: bool, *, is_begun: bool = True) -> None:
        self._fields, self._member, self._overwrite, self._is_begun = {field.name: field for field in fields}, member, overwrite, is_begun
        self.texts, self.filled, self.differences = dict(texts), list[Difference](), list[Difference]()

    def take(self, received: Texts, never_over: Sequence[str] = ()) -> None:
        for name, text in received.items():
            field = self._fields.get(name)
            if field is None or not text:
                continue
            typed = self.texts.get(name, "").strip()
            is_blank = not typed or (typed == field.default and not self._is_begun)
            if not is_blank and _same(field, typed, text):
                continue
            if is_blank or (self._overwrite and name not in never_over):
                self.texts[name] = text
                self.filled.append(self._difference(field, "" if is_blank else typed, text))
            else:
                self.differences.append(self._difference(field, typed, text))

    def _difference(self, field: Field, typed: str, text: str) -> Difference:
        if field.kind in NUMBER_KINDS:
            return Difference(self._member, field.label, "", "")
        told = dict(field.choices)
        return Difference(self._member, field.label, told.get(typed, typed), told.get(text, text))


def _same(field: Field, typed: str, received: str) -> bool:
    """Whether two texts of a field say the same: dates in whatever calendar, numbers with or without spaces, municipalities by name or code."""
    try:
        if field.kind in _DATES:
            return JapaneseDate.parse(typed).same_bounds(JapaneseDate.parse(received))
        if field.kind is FieldKind.MUNICIPALITY:
            return read_municipality(typed) == read_municipality(received)
    except (BadDate, BadMunicipality, BadNumber):
        return False
    if field.kind in NUMBER_KINDS:
        return _bare(typed) == _bare(received)
    return typed == received.strip()


def _bare(number: str) -> str:
    return "".join(character for character in number.upper() if character.isalnum())


def _is_begun(definition: EventDefinition, person: DraftPerson) -> bool:
    """Whether anything was typed for this person beyond what a form begins with."""
    fresh = {field.name: field.default for field in definition.member_fields}
    return bool(person.person) or any(text.strip() and text != fresh.get(name) for name, text in person.texts.items())


def _places(definition: EventDefinition, members: Sequence[DraftPerson], certificate: MoveOutCertificate) -> Iterator[int]:
    """For each person of the certificate the part of the form that is theirs; the first number beyond for one who must be added."""
    free = [index for index, member in enumerate(members) if not _is_begun(definition, member)]
    begun = {index: member.texts for index, member in enumerate(members) if index not in free}
    found: dict[int, int] = {}
    for known_by in (_marks, _born):  # a name may have changed since the last sheet here
        for place, person in enumerate(certificate.people):
            marks = known_by(person_texts(person))
            index = None if place in found else next((index for index, texts in begun.items() if known_by(texts) & marks), None)
            if index is not None:
                found[place] = index
                del begun[index]
    added = len(members)
    for place in range(len(certificate.people)):
        if place in found:
            yield found[place]
        elif free:
            yield free.pop(0)
        else:
            yield added
            added += 1


def _marks(texts: Texts) -> set[tuple[str, str]]:
    """By what a person is known again: either number, or 氏名 as the search folds it."""
    numbers = {(name, bare) for name in ("juminhyo_code", "individual_number") if (bare := _bare(texts.get(name, "")))}
    names = {("name", key) for name in LEGAL_NAMES if (key := search_key(texts.get(name, ""), SearchKind.NAME))}
    return numbers | names


def _born(texts: Texts) -> set[tuple[date, date, str]]:
    """生年月日 and 性別."""
    try:
        born = JapaneseDate.parse(texts.get("birth_date", ""))
    except BadDate:
        return set()
    return {(born.first, born.last, texts.get("sex_code", ""))}
