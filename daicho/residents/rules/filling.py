"""届書への取込み — what came from elsewhere put into a form that is being typed: what is empty is filled, nothing typed is written over unasked. N-4.1.1.3-02.

Of a 転出証明書情報 (card_move_in.py) and of what stands in a CSV (csv_filing.py; N-10.8-01, -02, -04).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from daicho.residents.rules.definitions import NUMBER_KINDS, EventDefinition, Field, FieldKind
from daicho.residents.rules.returning import LEGAL_NAMES
from daicho.values.dates import BadDate, JapaneseDate
from daicho.values.municipalities import BadMunicipality, read_municipality
from daicho.values.numbers import BadNumber
from daicho.values.search_key import SearchKind, search_key

Texts = Mapping[str, str]
_DATES = (FieldKind.DATE, FieldKind.UNCERTAIN_DATE, FieldKind.WESTERN_DATE)


@dataclass(frozen=True)
class Told:
    """What came: texts for the filing's own part of the form, and for each person."""

    filing: Texts
    people: tuple[Texts, ...]


@dataclass(frozen=True)
class Difference:
    """A field that says one thing and what came another. `member` counts from 0, None = the filing's own; of numbers no text is told."""

    member: int | None
    label: str
    typed: str
    received: str
    replaced: bool = False  # of what was filled: something else had stood there


@dataclass(frozen=True)
class DraftPerson:
    """One person of the draft: whom the register knows (public id), and their texts."""

    person: str | None
    texts: Texts


@dataclass(frozen=True)
class Merged:
    """The form after it: its own texts, its people, the fields that were filled (typed: empty, or what was replaced), what still differs."""

    filing: Texts
    members: tuple[DraftPerson, ...]
    filled: tuple[Difference, ...]
    differences: tuple[Difference, ...]


def fill(
    definition: EventDefinition,
    filing: Texts,
    members: Sequence[DraftPerson],
    told: Told,
    at: Sequence[int],
    *,
    overwrite: bool,
    began_with: Texts | None = None,
) -> Merged:
    """Fill what is empty; what differs is left as typed and named, or, with `overwrite`, taken over. `at`: the place in the form of each person told of.

    `began_with`: what the filing's own part held before anybody typed; it gives way, and is named among what was filled.
    """
    own = _Filling(definition.fields, None, filing, overwrite, began_with=began_with or {})
    own.take(told.filing)
    people, filled, differences = list(members), own.filled, own.differences
    for index, texts in zip(at, told.people, strict=True):
        if index == len(people):
            people.append(DraftPerson(None, {field.name: field.default for field in definition.member_fields if field.default and field.default != "today"}))
        part = _Filling(definition.member_fields, index, people[index].texts, overwrite, is_begun=_is_begun(definition, people[index]))
        part.take(texts, never_over=LEGAL_NAMES if people[index].person and definition.newcomers else ())
        people[index] = DraftPerson(people[index].person, part.texts)
        filled, differences = filled + part.filled, differences + part.differences
    return Merged(own.texts, tuple(people), tuple(filled), tuple(differences))


class _Filling:
    """One part of the form while it is filled."""

    def __init__(
        self, fields: Sequence[Field], member: int | None, texts: Texts, overwrite: bool, *, is_begun: bool = True, began_with: Texts | None = None
    ) -> None:
        self._fields, self._member, self._overwrite, self._is_begun = {field.name: field for field in fields}, member, overwrite, is_begun
        self._began_with = began_with or {}
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
            if is_blank or typed == self._began_with.get(name) or (self._overwrite and name not in never_over):
                self.texts[name] = text
                self.filled.append(replace(self._difference(field, "" if is_blank else typed, text), replaced=not is_blank))
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


def places(definition: EventDefinition, members: Sequence[DraftPerson], people: Sequence[Texts]) -> tuple[int, ...]:
    """For each of these people the part of the form that is theirs: found again by number or name, else one that nobody has begun, else one to be added."""
    free = [index for index, member in enumerate(members) if not _is_begun(definition, member)]
    begun = {index: member.texts for index, member in enumerate(members) if index not in free}
    found: dict[int, int] = {}
    for known_by in (_marks, _born):  # a name may have changed since the last sheet here
        for place, person in enumerate(people):
            marks = known_by(person)
            index = None if place in found else next((index for index, texts in begun.items() if known_by(texts) & marks), None)
            if index is not None:
                found[place] = index
                del begun[index]
    added = count(len(members))
    return tuple(found[place] if place in found else free.pop(0) if free else next(added) for place in range(len(people)))


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
