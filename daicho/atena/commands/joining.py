"""付番と名寄せ — finds or makes the integrated person of everybody who is told of, set-based, in the caller's transaction. 番号法第9条; S4-01, S4-02."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from daicho import clock, numbering, rows
from daicho.atena.models import AffairAtena, HeldNumber, IntegratedPerson, NumberDouble, municipality_code
from daicho.atena.rules.basics import Basics, keys_of
from daicho.atena.rules.joining import Holder, Joining, join
from daicho.values.numbers import IntegratedAtenaNo

SERIES = "integrated_atena_no"


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
    """Everybody of one message, in order, found, joined or numbered; those who are there stay locked. A fixed number of statements.

    `as_of`: the moment that is told of; of somebody told of since, nothing changes. The 5情報 of persons who are there are not
    touched: the caller knows whether the affair may change them.
    """
    book = _Book(affair_code, told)
    joined = [book.enter(one, as_of) for one in told]
    _write(affair_code, joined)
    return joined


def lock_persons(ids: Iterable[int]) -> dict[int, IntegratedPerson]:
    """These persons by id, locked in the order of their ids. One statement."""
    return {person.pk: person for person in IntegratedPerson.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk")}


def write_basics(person: IntegratedPerson, basics: Basics) -> None:
    """Put the 5情報, and the keys made of them, onto a row that the caller writes."""
    person.name, person.name_furigana, person.birth_date = basics.name, basics.name_furigana, basics.birth_date.encode()
    person.sex_code, person.address = basics.sex_code, basics.address
    for name, key in asdict(keys_of(basics)).items():
        setattr(person, name, key)


class _Book:
    """Who is known by which 宛名番号 and 個人番号, as it stands while a message is gone through."""

    def __init__(self, affair_code: str, told: Sequence[Told]) -> None:
        mine = AffairAtena.objects.filter(municipality_code=municipality_code(), affair_code=affair_code)
        self._linked = dict(mine.filter(atena_no__in=[one.atena_no for one in told]).values_list("atena_no", "person_id"))
        self._held = _held([one.number_ref for one in told if one.number_ref is not None])
        holders = {person_id for person_id, _ in self._held.values()}
        self._persons = lock_persons({*self._linked.values(), *holders})
        self._known_here = {*self._linked.values(), *mine.filter(person_id__in=holders).values_list("person_id", flat=True)}
        self._ids = _ids(sum(one.atena_no not in self._linked for one in told))

    def enter(self, told: Told, as_of: datetime | None) -> Joined:
        linked = self._linked.get(told.atena_no)
        is_late = linked is not None and was_told_of_since(self._persons[linked], as_of)
        joining = join(linked, self._holder(told), names_number=told.number_ref is not None, is_late=is_late)
        person = self._persons[joining.person_id] if joining.person_id is not None else self._begin(told)
        if joining.takes_number and told.number_ref is not None:
            former = {ref: (of, False) for ref, (of, _) in self._held.items() if of == person.pk}
            self._held |= former | {told.number_ref: (person.pk, True)}
        self._linked[told.atena_no] = person.pk
        self._known_here.add(person.pk)
        return Joined(told, person, joining)

    def _holder(self, told: Told) -> Holder | None:
        if told.number_ref is None or told.number_ref not in self._held:
            return None
        person_id, is_current = self._held[told.number_ref]
        return Holder(person_id, is_current, person_id in self._known_here)

    def _begin(self, told: Told) -> IntegratedPerson:
        person = IntegratedPerson(pk=next(self._ids), numbered_at=clock.now())
        write_basics(person, told.basics)
        self._persons[person.pk] = person
        return person


def was_told_of_since(person: IntegratedPerson, as_of: datetime | None) -> bool:
    """Whether a later message of the register has come already."""
    return as_of is not None and person.as_of is not None and as_of < person.as_of


def _held(refs: Sequence[int]) -> dict[int, tuple[int, bool]]:
    """Of each 個人番号 its person, and whether it is in use. One statement."""
    held = HeldNumber.objects.filter(municipality_code=municipality_code(), individual_number_ref__in=refs)
    return {ref: (person_id, until is None) for ref, person_id, until in held.values_list("individual_number_ref", "person_id", "until")}


def _ids(count: int) -> Iterator[int]:
    """Ids of persons who may have to be begun: who turns out to be known leaves a hole among the ids, and none among the numbers."""
    return rows.draw_ids({IntegratedPerson: count})[IntegratedPerson] if count else iter(())


def _write(affair_code: str, joined: Sequence[Joined]) -> None:
    """New persons under the next numbers, then 宛名番号, 個人番号 and doubles."""
    now = clock.now()
    new = [one.person for one in joined if one.is_new]
    for person, serial in zip(new, numbering.take(SERIES, len(new)), strict=True):
        person.integrated_atena_no = str(IntegratedAtenaNo.of_serial(serial))
    rows.insert(new)
    rows.insert([AffairAtena(person=one.person, affair_code=affair_code, atena_no=one.told.atena_no, joined_at=now) for one in joined if one.joining.links])
    take_numbers({one.told.number_ref: one.person for one in joined if one.joining.takes_number and one.told.number_ref is not None})
    NumberDouble.objects.bulk_create(
        [
            NumberDouble(
                holder_id=one.joining.disputed_with, claimant=one.person, individual_number_ref=one.told.number_ref, affair_code=affair_code, found_at=now
            )
            for one in joined
            if one.joining.disputed_with is not None
        ],
        ignore_conflicts=True,  # the same claim waits for a clerk already
    )


def take_numbers(taken: dict[int, IntegratedPerson]) -> None:
    """Make each 個人番号 the one in use of its person; what was in use before stays as the person's former one. Two statements, none for none."""
    if not taken:
        return
    now = clock.now()
    HeldNumber.objects.filter(person__in=[person.pk for person in taken.values()], until__isnull=True).update(until=now)
    HeldNumber.objects.bulk_create(
        [HeldNumber(person=person, individual_number_ref=ref, since=now) for ref, person in taken.items()],
        update_conflicts=True,
        unique_fields=["municipality_code", "individual_number_ref"],
        update_fields=["person", "since", "until"],
    )
