"""付番と名寄せ — finds or makes the integrated person of everybody who is told of, set-based, in the caller's transaction. 番号法第9条; S4-01, S4-02."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from daicho.atena.models import AffairAtena, HeldNumber, IntegratedPerson, municipality_code
from daicho.atena.rules.basics import Basics, keys_of
from daicho.atena.rules.joining import Holder, Joining, join


@dataclass(frozen=True)
class Told:
    """A person as an affair tells of them. `number_ref`: the 個人番号 named, in the vault."""

    atena_no: str
    number_ref: int | None
    basics: Basics


@dataclass(frozen=True)
class Joined:
    """Whose number it is, and what had to be done for it."""

    told: Told
    person: IntegratedPerson
    joining: Joining

    @property
    def is_new(self) -> bool:
        return self.joining.person_id is None


def join_all(affair_code: str, told: Sequence[Told], *, as_of: datetime | None = None) -> list[Joined]:
    """Everybody of one message, in order; persons that are there stay locked. A fixed number of statements, whatever the people.

    `as_of`: what is told is of this moment; of who was told of since nothing changes. The basic items of persons that are
    there are not touched: the caller knows whether the affair may change them.
    """
    book = _Book(affair_code, told)
    joined = [book.enter(one, as_of) for one in told]
    _write(affair_code, joined)
    return joined


class _Book:
    """Who is known by which 宛名番号 and 個人番号, as it stands while the message is gone through."""

    def __init__(self, affair_code: str, told: Sequence[Told]) -> None:
        refs = [one.number_ref for one in told if one.number_ref is not None]
        links = AffairAtena.objects.filter(municipality_code=municipality_code(), affair_code=affair_code)
        self.linked = dict(links.filter(atena_no__in=[one.atena_no for one in told]).values_list("atena_no", "person_id"))
        self.held = {
            ref: (person_id, until is None)
            for ref, person_id, until in HeldNumber.objects.filter(municipality_code=municipality_code(), individual_number_ref__in=refs).values_list(
                "individual_number_ref", "person_id", "until"
            )
        }
        holders = {person_id for person_id, _ in self.held.values()}
        self.persons = lock_persons({*self.linked.values(), *holders})
        self.known_here = {*self.linked.values(), *links.filter(person_id__in=holders).values_list("person_id", flat=True)}
        self.new = _new_persons(sum(one.atena_no not in self.linked for one in told))

    def enter(self, told: Told, as_of: datetime | None) -> Joined:
        linked = self.linked.get(told.atena_no)
        is_late = linked is not None and as_of is not None and _was_told_of_since(self.persons[linked], as_of)
        joining = join(linked, self._holder(told), names_number=told.number_ref is not None, is_late=is_late)
        person = self.persons[joining.person_id] if joining.person_id is not None else self._begin(told)
        if joining.takes_number and told.number_ref is not None:
            self.held = {ref: (of, now and of != person.pk) for ref, (of, now) in self.held.items()} | {told.number_ref: (person.pk, True)}
        self.linked[told.atena_no] = person.pk
        self.known_here.add(person.pk)
        return Joined(told, person, joining)

    def _holder(self, told: Told) -> Holder | None:
        if told.number_ref is None or told.number_ref not in self.held:
            return None
        person_id, is_current = self.held[told.number_ref]
        return Holder(person_id, is_current, person_id in self.known_here)

    def _begin(self, told: Told) -> IntegratedPerson:
        person = next(self.new)
        write_basics(person, told.basics)
        self.persons[person.pk] = person
        return person


def lock_persons(ids: Iterable[int]) -> dict[int, IntegratedPerson]:
    """These persons by id, locked in the order of their ids. One statement."""
    return {person.pk: person for person in IntegratedPerson.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk")}


def write_basics(person: IntegratedPerson, basics: Basics) -> None:
    """Put the 5情報, and the keys made of them, onto a row that the caller writes."""
    person.name, person.name_furigana, person.birth_date = basics.name, basics.name_furigana, basics.birth_date.encode()
    person.sex_code, person.address = basics.sex_code, basics.address
    for name, key in asdict(keys_of(basics)).items():
        setattr(person, name, key)


def _was_told_of_since(person: IntegratedPerson, as_of: datetime) -> bool:
    return person.as_of is not None and as_of < person.as_of


def _new_persons(count: int):
    """So many persons with a new number each, not written yet. Two statements, none for none; more are taken than are used only to be given back."""


def _write(affair_code: str, joined: Sequence[Joined]) -> None:
    """The new persons, 宛名番号, 個人番号 and doubts."""
