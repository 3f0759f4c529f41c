"""届書の画面 — a form made from an event's definition, and nothing else: the one place where its fields become fields of a screen. F-1-04."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.urls import reverse

from daicho.residents.rules.birth import BIRTH_DATES
from daicho.residents.rules.definitions import EventDefinition, Field, FieldKind
from daicho.residents.rules.entries import ENTRIES, SheetEntries
from daicho.residents.rules.entry_words import entry_text
from daicho.residents.rules.filing import CLEARED
from daicho.residents.rules.person_fields import FOREIGNERS_GROUP
from daicho.residents.rules.problems import Problem
from daicho.residents.rules.vocabulary import FOREIGN
from daicho.residents.screens.problems import about, entry_of
from daicho.ui import forms
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Offer, Width
from daicho.values.relationship import WORDS

FILING, _KIND = "f-", "resident_kind"
_KINDS = {
    FieldKind.TEXT: Kind.TEXT,
    FieldKind.NAME: Kind.NAME,
    FieldKind.KANA: Kind.KANA,
    FieldKind.FLAG: Kind.CHECKBOX,
    FieldKind.DATE: Kind.DATE,
    FieldKind.UNCERTAIN_DATE: Kind.DATE,
    FieldKind.WESTERN_DATE: Kind.DATE,
    FieldKind.RELATIONSHIP: Kind.RELATIONSHIP,
    FieldKind.ADDRESS: Kind.ADDRESS,
    FieldKind.BUILDING: Kind.ADDRESS,
    FieldKind.ADDRESS_ELSEWHERE: Kind.ADDRESS,
    FieldKind.MUNICIPALITY: Kind.ADDRESS,
    FieldKind.COUNTRY: Kind.ADDRESS,
    FieldKind.POSTAL_CODE: Kind.TEXT,
    FieldKind.ADDRESS_CODE: Kind.TEXT,
    FieldKind.ITEMS: Kind.TEXT,
    FieldKind.COUNT: Kind.TEXT,
    FieldKind.YES_NO: Kind.SELECT,
    FieldKind.HOUSEHOLD: Kind.TEXT,
    FieldKind.JUMINHYO_CODE: Kind.NUMBER,
    FieldKind.INDIVIDUAL_NUMBER: Kind.NUMBER,
    FieldKind.RESIDENCE_CARD_NO: Kind.NUMBER,
    FieldKind.BASIC_PENSION_NUMBER: Kind.NUMBER,
    FieldKind.USER_CERTIFICATE_SERIAL: Kind.NUMBER,
    FieldKind.SIGN_CERTIFICATE_SERIAL: Kind.NUMBER,
}
_DICTIONARIES = {
    FieldKind.ADDRESS: "towns", FieldKind.BUILDING: "buildings", FieldKind.ADDRESS_ELSEWHERE: "addresses", FieldKind.MUNICIPALITY: "municipalities",
    FieldKind.COUNTRY: "countries",
}  # fmt: skip
_WIDTHS = {FieldKind.POSTAL_CODE: Width.SHORT, FieldKind.ADDRESS_CODE: Width.MEDIUM, FieldKind.COUNT: Width.SHORT, FieldKind.HOUSEHOLD: Width.MEDIUM}
_RELATIONSHIPS = tuple(Choice(word, word) for word in ("世帯主", *WORDS, "子の子", "子の妻", "夫の子", "妻の子", "同居人", "縁故者"))
_MOST_RADIOS = 3
COPIED = {"name_kanji": ("surname", "上の人の氏"), "name_kana": ("surname", "上の人の氏"), "registered_domicile": ("", "上の人と同じ"),
          "family_register_head_name": ("", "上の人と同じ")}  # fmt: skip
"""What may be taken over from the person above (N-4.0.6-04, N-4.0.10-01, -03); never 旧氏 (N-4.0.10-08)."""
DOMICILE, NAME = "domicile", "name"
_TAKES = {"registered_domicile": DOMICILE, "family_register_head_name": NAME}
"""Fields with candidates from the rest of the page (N-4.0.6-02): beside these, what the members of the household have (household_panel.html)."""


def member_prefix(index: int) -> str:
    return f"m{index}-"


@dataclass(frozen=True)
class Group:
    """Fields under one heading: the names they have in the form."""

    legend: str
    names: tuple[str, ...]
    picks_household: bool = False

    @property
    def for_foreigners(self) -> bool:
        return self.legend == FOREIGNERS_GROUP


@dataclass(frozen=True)
class Section:
    """One person's part of the form. `person` is their public id when the register knows them."""

    index: int
    person: str | None
    groups: tuple[Group, ...]

    @property
    def number(self) -> int:
        return self.index + 1

    @property
    def first_field(self) -> str:
        return self.groups[0].names[0] if self.groups else ""


@dataclass(frozen=True)
class EventForm:
    """A filing's whole form: its own groups, one section for each person, and everything bound to what was typed."""

    definition: EventDefinition
    groups: tuple[Group, ...]
    sections: tuple[Section, ...]
    bound: BoundForm

    def with_problems(self, problems: Iterable[Problem]) -> EventForm:
        return replace(self, bound=self.bound.with_problems(self._placed(problem) for problem in problems))

    def with_present(self, present: Mapping[int, SheetEntries]) -> EventForm:
        """With what the register says now beside each field that says what shall stand there instead, by the person's place.

        Where the form does not ask of which kind somebody is, the register says whose birth date is read back in 西暦 (N-1.1.9-07).
        """
        shown = {
            member_prefix(index) + field.name: entry_text(field.name, entries)
            for index, entries in present.items()
            for field in self.definition.member_fields
            if field.clearable and field.name in ENTRIES
        }
        of_foreigners = {member_prefix(index) + name for index, entries in present.items() if entries.resident_kind == FOREIGN for name in BIRTH_DATES}
        specs = tuple(
            replace(spec, present=shown.get(spec.name, ""), western=spec.western or (spec.name in of_foreigners and spec.western_when is None))
            for spec in self.bound.specs
        )
        return replace(self, bound=replace(self.bound, specs=specs))

    def _placed(self, problem: Problem) -> forms.Problem:
        """A rule's finding at the field of the form that it is about; without one, at the whole form, with the person's place and the 項目."""
        entry = entry_of(problem.code)
        if problem.member is not None and problem.field in self.definition.all_member_fields():
            return forms.Problem(member_prefix(problem.member) + problem.field, problem.message, problem.blocks, problem.key, entry=entry)
        if problem.field in self.definition.all_fields():
            whose = f"{problem.member + 1}人目：" if problem.member is not None else ""
            return forms.Problem(FILING + problem.field, whose + problem.message, problem.blocks, problem.key, entry=entry)
        return forms.Problem("", problem.message, problem.blocks, problem.key, about(problem), entry)


def event_form(definition: EventDefinition, persons: Sequence[str | None], data: Mapping[str, str | Sequence[str]]) -> EventForm:
    """The form of an event for these persons (public id, None = newcomer), filled with `data` (form names → texts)."""
    own = _declared(definition, None)
    parts = [_declared(definition, index) for index in range(len(persons))]
    sections = tuple(Section(index, person, part.groups) for index, (person, part) in enumerate(zip(persons, parts, strict=True)))
    return EventForm(definition, own.groups, sections, BoundForm((*own.specs, *(spec for part in parts for spec in part.specs)), data))


@dataclass(frozen=True)
class _Part:
    """The filing's own part of a form, or one person's, as the definition declares it."""

    specs: tuple[FieldSpec, ...]
    groups: tuple[Group, ...]


_parts: dict[tuple[str, date, int | None], _Part] = {}


def _declared(definition: EventDefinition, index: int | None) -> _Part:
    """The part of the person at this place, None = the filing's own. A definition never changes: made once in a process."""
    key = (definition.code, definition.in_force[0], index)
    if key not in _parts:
        if index is None:
            _parts[key] = _Part(tuple(_filing_spec(field) for field in definition.fields), _groups(definition.fields, FILING))
        else:
            asks_kind = any(field.name == _KIND for field in definition.member_fields)
            specs = tuple(_member_spec(field, index, asks_kind=asks_kind) for field in definition.member_fields)
            _parts[key] = _Part(specs, _groups(definition.member_fields, member_prefix(index)))
    return _parts[key]


def _groups(fields: Sequence[Field], prefix: str) -> tuple[Group, ...]:
    named: dict[str, list[Field]] = {}
    for field in fields:
        named.setdefault(field.group, []).append(field)
    return tuple(
        Group(legend, tuple(prefix + field.name for field in of_group), any(field.kind is FieldKind.HOUSEHOLD for field in of_group))
        for legend, of_group in named.items()
    )


def _member_spec(field: Field, index: int, *, asks_kind: bool) -> FieldSpec:
    """`asks_kind`: the form has a field for 住民種別, which says how a birth date is read back."""
    whose = f"{index + 1}人目"
    offers = {"registered_domicile": Offer(DOMICILE, f"{whose}の本籍"), "name_kanji": Offer(NAME, f"{whose}の氏名")}
    spec = replace(
        _spec(field, member_prefix(index)), summary_label=f"{whose}　{field.label}", hint="" if index else field.hint,
        offer=offers.get(field.name), takes=_TAKES.get(field.name, ""),
        western_when=(member_prefix(index) + _KIND, FOREIGN) if asks_kind and field.name in BIRTH_DATES else None,
    )  # fmt: skip
    if index and field.name in COPIED:
        part, label = COPIED[field.name]
        return replace(spec, copy_from=member_prefix(index - 1) + field.name, copy_part=part, copy_label=label)
    return spec


def _filing_spec(field: Field) -> FieldSpec:
    city = settings.INSTALLATION.prefecture_name + settings.INSTALLATION.municipality_name
    offers = {"address": Offer(DOMICILE, "現住所", city), "previous_address": Offer(DOMICILE, "転入前住所")}
    return replace(_spec(field, FILING), offer=offers.get(field.name), note_into=FILING + _POSTAL_CODES[field.name] if field.name in _POSTAL_CODES else "")


_POSTAL_CODES = {"address": "address_postal_code", "planned_address": "planned_postal_code", "confirmed_address": "confirmed_postal_code"}
"""Addresses whose 町字, when it is chosen from the dictionary, brings its 郵便番号 along (N-1.3.3-10)."""


def _spec(field: Field, prefix: str) -> FieldSpec:
    dictionary = _DICTIONARIES.get(field.kind)
    return FieldSpec(
        name=prefix + field.name,
        label=field.label,
        kind=_kind(field),
        required=field.required,
        hint=field.hint,
        choices=_RELATIONSHIPS if field.kind is FieldKind.RELATIONSHIP else _choices(field),
        width=_WIDTHS.get(field.kind, Width.LONG),
        letters="digits" if field.kind in _WIDTHS else "",
        western=field.kind is FieldKind.WESTERN_DATE,
        candidates_url=reverse("ui:candidates", args=[dictionary]) if dictionary else "",
        beside=f"{prefix}address" if field.kind is FieldKind.BUILDING else "",
    )


def _choices(field: Field) -> tuple[Choice, ...]:
    """The words to choose from; also 空欄, where an entry can be emptied."""
    words = tuple(Choice(value, label) for value, label in field.choices)
    return (*words, Choice(CLEARED.value, "空欄にする")) if words and field.clearable else words


def _kind(field: Field) -> Kind:
    if field.kind is FieldKind.CHOICE:
        return Kind.RADIO if field.required and len(field.choices) <= _MOST_RADIOS else Kind.SELECT
    return _KINDS[field.kind]
