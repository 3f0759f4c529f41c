"""届書を読む — from what was typed to values, field by field; nothing outside the definition is accepted (F-1-04)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from daicho.residents.rules.birth import birth_as_kept
from daicho.residents.rules.definitions import EventDefinition, Field, FieldKind
from daicho.residents.rules.entries import canonical_group
from daicho.residents.rules.filing import CLEARED, Filing, Member
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.vocabulary import YES
from daicho.values.address import AddressCode, read_postal_code
from daicho.values.dates import BadDate, JapaneseDate
from daicho.values.kana import parse_kana
from daicho.values.municipalities import read_municipality
from daicho.values.numbers import BasicPensionNo, HouseholdNo, IndividualNumber, JuminhyoCode, ResidenceCardNo, SignCertificateSerial, UserCertificateSerial
from daicho.values.relationship import read_relationship


class UnknownField(ValueError):
    """A field that the event's definition does not have: a forged or stale form (HTTP 400)."""


@dataclass(frozen=True)
class Typed:
    """What was typed, as typed: the filing's own fields, and for each person who it is (None = newcomer) and their fields."""

    filing: Mapping[str, str]
    members: tuple[tuple[str | None, Mapping[str, str]], ...]


def read_filing(definition: EventDefinition, typed: Typed) -> tuple[Filing, tuple[Problem, ...]]:
    """Typed texts → a Filing and every problem of reading. A field that cannot be read is absent from the Filing."""
    values, problems = _read(definition, definition.fields, typed.filing, None)
    members = []
    for index, (atena_no, texts) in enumerate(typed.members):
        member_values, more = _read(definition, definition.member_fields, texts, index)
        more += _birth_in_its_calendar(definition, member_values, index)
        members.append(Member(atena_no, member_values))
        problems += more
    effective, filed = values.pop("effective_on", None), values.pop("filed_on", None)
    return (
        Filing(
            definition.code,
            effective if isinstance(effective, JapaneseDate) else None,
            filed if isinstance(filed, date) else None,
            values,
            tuple(members),
        ),
        tuple(problems),
    )


def _read(definition: EventDefinition, declared: tuple[Field, ...], texts: Mapping[str, str], member: int | None) -> tuple[dict[str, object], list[Problem]]:
    unknown = set(texts) - {f.name for f in declared}
    if unknown:
        raise UnknownField(", ".join(sorted(unknown)))
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for declared_field in declared:
        text = texts.get(declared_field.name, "").strip(" \t\r\n　")
        if not text:
            if declared_field.required and not _is_excused(declared_field, texts):
                problems.append(problem("F001", declared_field.name, member, label=declared_field.label, article=definition.article))
            continue
        if declared_field.clearable and text.strip("【】") == CLEARED.value:
            values[declared_field.name] = CLEARED
            continue
        try:
            values[declared_field.name] = read_field(declared_field, text)
        except ValueError as bad:
            problems.append(problem("F002", declared_field.name, member, label=declared_field.label, fault=bad, article=definition.article))
    return values, problems


def _is_excused(declared: Field, texts: Mapping[str, str]) -> bool:
    """Whether what was chosen elsewhere on the form lets this field stay empty."""
    if declared.not_asked_when is None:
        return False
    name, choice = declared.not_asked_when
    return texts.get(name, "") == choice


def _birth_in_its_calendar(definition: EventDefinition, values: dict[str, object], member: int) -> list[Problem]:
    """生年月日 put into the calendar of 住民種別, which another field says; absent, with a problem, when it cannot be."""
    birth, kind = values.get("birth_date"), values.get("resident_kind")
    if not isinstance(birth, JapaneseDate) or not isinstance(kind, str):
        return []
    try:
        values["birth_date"] = birth_as_kept(birth, kind)
    except BadDate as bad:
        del values["birth_date"]
        return [problem("F002", "birth_date", member, label=definition.all_member_fields()["birth_date"].label, fault=bad, article=definition.article)]
    return []


def read_field(declared: Field, text: str) -> object:
    """One field's text → its value; ValueError with a message for the clerk when it cannot be read."""
    if declared.kind is FieldKind.CHOICE:
        return _choice(declared, text)
    if declared.kind is FieldKind.YES_NO:
        return _choice(declared, text) == YES
    return _READERS[declared.kind](text)


def _choice(declared: Field, text: str) -> str:
    if text not in dict(declared.choices):
        words = "・".join(word for _, word in declared.choices)
        raise ValueError(f"{declared.label}は、{words}から選んでください。")
    return text


def _certain_day(text: str) -> date:
    day = JapaneseDate.parse(text)
    if not day.is_calendar:
        raise ValueError("暦にある年月日を入力してください。この項目に不詳の日や、暦にない日は入力できません。")
    return day.certain()


def read_items(text: str) -> str:
    """名：値、名：値 → the group as it is stored. ValueError for what has no name, or the same twice."""
    pairs: list[tuple[str, str]] = []
    for each in filter(None, (part.strip(" 　") for part in text.split("、"))):
        name, _, value = each.replace(":", "：").partition("：")
        pairs.append((name.strip(" 　"), value.strip(" 　")))
    if not all(name and value for name, value in pairs) or len(dict(pairs)) != len(pairs):
        raise ValueError("「名：値」を「、」で区切って入力してください。同じ名を2度は使えません。")
    return canonical_group(dict(pairs))


def _count(text: str) -> int:
    number = unicodedata.normalize("NFKC", text)
    if not re.fullmatch("[1-9][0-9]?", number):
        raise ValueError("1から99までの整数で入力してください。")
    return int(number)


def _name(text: str) -> str:
    """氏 and 名 parted by one U+3000, whatever space was typed; every other character stays as given."""
    return "　".join(text.split())


def _flag(text: str) -> bool:
    """A checkbox that is ticked sends `yes`; one that is not sends nothing."""
    if text != "yes":
        raise ValueError("印を付けるか、外してください。")
    return True


_READERS: Mapping[FieldKind, Callable[[str], object]] = {
    FieldKind.TEXT: str,
    FieldKind.ADDRESS: str,
    FieldKind.BUILDING: str,
    FieldKind.ADDRESS_ELSEWHERE: str,
    FieldKind.COUNTRY: str,
    FieldKind.NAME: _name,
    FieldKind.COUNT: _count,
    FieldKind.ITEMS: read_items,
    FieldKind.KANA: parse_kana,
    FieldKind.FLAG: _flag,
    FieldKind.DATE: _certain_day,
    FieldKind.WESTERN_DATE: _certain_day,
    FieldKind.UNCERTAIN_DATE: JapaneseDate.parse,
    FieldKind.RELATIONSHIP: lambda text: str(read_relationship(text)),
    FieldKind.MUNICIPALITY: read_municipality,
    FieldKind.POSTAL_CODE: read_postal_code,
    FieldKind.ADDRESS_CODE: lambda text: str(AddressCode.parse(text)),
    FieldKind.HOUSEHOLD: lambda text: str(HouseholdNo.existing(text)),
    FieldKind.JUMINHYO_CODE: JuminhyoCode.parse,
    FieldKind.INDIVIDUAL_NUMBER: IndividualNumber.parse,
    FieldKind.RESIDENCE_CARD_NO: ResidenceCardNo.parse,
    FieldKind.BASIC_PENSION_NUMBER: BasicPensionNo.parse,
    FieldKind.USER_CERTIFICATE_SERIAL: UserCertificateSerial.parse,
    FieldKind.SIGN_CERTIFICATE_SERIAL: SignCertificateSerial.parse,
}
