"""状況を集める — everyone a filing touches, locked when a command is about to write. design §3.

Locks: households, then persons, ascending, on the current tables. A fixed number of statements, whatever the filing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any  # entries of a row are of many types
from uuid import UUID

from django.conf import settings
from django.db import connection

from daicho import city, clock
from daicho.city.queries import buildings_at
from daicho.residents.models import Household as HouseholdRow
from daicho.residents.models import SheetVersion, StockedCode
from daicho.residents.queries.awaited import awaited
from daicho.residents.queries.cancelled import recorded_event, recorded_events
from daicho.residents.queries.current import BY_ATENA_NO, BY_HOUSEHOLD, CurrentRow, current_rows, newest_rows
from daicho.residents.rules.building_name import buildings_said
from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.fold import Version, is_open
from daicho.residents.rules.returning import LEGAL_NAMES, name_keys, same_three_facts
from daicho.residents.rules.situation import Candidate, CodeStock, Household, PersonState, RecordedEvent, Situation
from daicho.residents.rules.terms import TermKind, term_key
from daicho.residents.rules.undoing import households_without

_NUMBERS = ("juminhyo_code", "individual_number", "residence_card_no")


def gather(definition: EventDefinition, filing: Filing, *, lock: bool = False, cancels: int | None = None) -> Situation:
    """The situation of a filing as of today. With `lock` its rows stay locked until the transaction ends. `cancels`: the event of a 取消し."""
    today = clock.today()
    event = recorded_event(cancels) if cancels else None
    filed_for = sorted({m.atena_no for m in filing.members if m.atena_no} | set(event.told if event else ()))
    persons = {p.atena_no: p for p in newest_states(filed_for)}
    household_nos = _lived_in(persons.values()) | _led_back_to(filed_for, event)
    if destination := filing.text("household_no"):
        household_nos.add(destination)
    if lock:
        lock_current(household_nos, filed_for)
        persons = {p.atena_no: p for p in newest_states(filed_for)}
    left = _lived_in(persons.values()) | (household_nos if event else set())
    households: dict[str, Household] = {}
    for household_no, members in _members(household_nos).items():
        households[household_no] = Household(household_no, tuple(m.atena_no for m in members))
        persons = {**{m.atena_no: m for m in members}, **persons}
    staying = {m for no in left & households.keys() for m in households[no].members}  # one of them may become 世帯主 by it
    for atena_no, versions in histories({*filed_for, *staying}).items():
        persons[atena_no] = replace(persons[atena_no], versions=versions)
    written = {v.event_no for p in persons.values() for v in p.versions} if event else set()
    return Situation(
        today=today,
        municipality_code=settings.INSTALLATION.municipality_code,
        city_prefix=settings.INSTALLATION.prefecture_name + settings.INSTALLATION.municipality_name,
        persons=persons,
        households=households,
        candidates=tuple(candidates(filing)) if definition.newcomers or definition.writes_number else (),
        households_at_address=_households_at(filing),
        buildings={} if definition.by_system else _buildings(filing, persons),  # what nobody typed has no 表記ゆれ
        code_stock=_code_stock() if definition.gives_code and any(m.number("juminhyo_code") is None for m in filing.members) else None,
        stocked=_stocked(filing) if definition.writes_number else frozenset(),
        awaited=awaited(filed_for) if definition.writes_number else frozenset(),
        cancels=event,
        events=recorded_events(written),
    )


def _led_back_to(filed_for: Sequence[str], event: RecordedEvent | None) -> set[str]:
    """The households in which a 取消し would put them. One statement, none for other events."""
    found = histories(filed_for) if event else {}
    return {no for versions in found.values() for no in households_without(versions, event.number)} if event else set()


def _code_stock() -> CodeStock:
    left = StockedCode.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, taken_at__isnull=True).count()
    return CodeStock(left, int(city.setting("juminhyo_code_low", clock.today())))


def _stocked(filing: Filing) -> frozenset[int]:
    """Codes of the filing that lie in the stock and would be drawn for somebody. One statement, none where no code is typed."""
    refs = [ref for member in filing.members if (ref := member.number("juminhyo_code")) is not None]
    free = StockedCode.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, code_ref__in=refs, taken_at__isnull=True)
    return frozenset(free.values_list("code_ref", flat=True)) if refs else frozenset()


def _lived_in(persons: Iterable[PersonState]) -> set[str]:
    return {p.entries.household_no for p in persons if p.is_open and p.entries.household_no}


_LOCK_HOUSEHOLDS = "SELECT 1 FROM residents_household WHERE municipality_code = %s AND household_no = ANY(%s) ORDER BY household_no FOR UPDATE"
# The persons' ids come first: an OR over two tables is answered by reading the whole city.
_LOCK_SHEETS = """
    SELECT 1 FROM residents_sheetcurrent c
     WHERE c.municipality_code = %s AND ((c.household_no = ANY(%s) AND (c.closed_on IS NULL OR c.closed_on > %s))
        OR c.person_id = ANY(ARRAY(SELECT p.id FROM residents_person p WHERE p.municipality_code = %s AND p.atena_no = ANY(%s))))
     ORDER BY c.person_id, c.sheet_id FOR UPDATE OF c
"""


def lock_current(household_nos: Iterable[str], atena_nos: Iterable[str]) -> None:
    """Lock households, then their members and these persons, until the transaction ends.

    None for newcomers into a new household: there is nothing yet that others could change.
    """
    code, households, persons = settings.INSTALLATION.municipality_code, sorted(household_nos), sorted(atena_nos)
    if not households and not persons:
        return
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_HOUSEHOLDS, [code, households])
        cursor.execute(_LOCK_SHEETS, [code, households, clock.today(), code, persons])


def newest_states(atena_nos: Iterable[str]) -> list[PersonState]:
    """The newest sheet of each person, open or closed. One statement."""
    return [_state(row) for row in newest_rows(BY_ATENA_NO, list(atena_nos)).values()]


def _state(row: CurrentRow) -> PersonState:
    return PersonState(row.atena_no, row.entries, is_open(row.entries, clock.today()), row.spell_id, row.history_no, public_id=str(row.public_id))


def _members(household_nos: Iterable[str]) -> dict[str, list[PersonState]]:
    """Those who live in each household today, in order. A household that exists but is empty has an empty list. Two statements."""
    wanted = list(household_nos)
    if not wanted:
        return {}
    code = settings.INSTALLATION.municipality_code
    found: dict[str, list[PersonState]] = {
        no: [] for no in HouseholdRow.objects.filter(municipality_code=code, household_no__in=wanted).values_list("household_no", flat=True)
    }
    for row in current_rows(BY_HOUSEHOLD, wanted):
        state = _state(row)
        if state.is_open and row.entries.household_no in found:
            found[row.entries.household_no].append(state)
    return found


def histories(atena_nos: Iterable[str]) -> dict[str, tuple[Version, ...]]:
    """The whole history of each person. One statement."""
    wanted = list(atena_nos)
    if not wanted:
        return {}
    rows = SheetVersion.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, person__atena_no__in=wanted)
    found: dict[str, list[Version]] = {}
    for row in rows.select_related("annulment", "event", "person").order_by("person_id", "history_no"):
        found.setdefault(row.person.atena_no, []).append(row.to_value())
    return {no: tuple(versions) for no, versions in found.items()}


_KNOWN = (*LEGAL_NAMES, "birth_date", "sex_code", "opened_on", "closed_on", *_NUMBERS)
_ALIKE = f"""
    SELECT c.person_id, p.atena_no, p.public_id, {", ".join(f"c.{name}" for name in _KNOWN)}
      FROM residents_sheetcurrent c JOIN residents_person p ON p.id = c.person_id
     WHERE c.municipality_code = %s
       AND (c.juminhyo_code = ANY(%s) OR c.individual_number = ANY(%s) OR c.residence_card_no = ANY(%s) OR c.birth_first = ANY(%s))
     ORDER BY c.person_id, c.history_no DESC
"""


@dataclass(frozen=True, slots=True)
class _Known:
    """Someone of the register, as far as a newcomer is compared with them."""

    atena_no: str
    public_id: UUID
    facts: Mapping[str, Any]


def candidates(filing: Filing) -> list[Candidate]:
    """Whom the newcomers may be: by number (N-4.1.1.2-01), or by name, sex and birth date (-03); whose a number is that is written. One statement."""
    numbers = [[ref for member in filing.members if (ref := member.number(name)) is not None] for name in _NUMBERS]
    born = [birth.first for member in filing.members if (birth := member.day("birth_date")) and name_keys(member.values)]
    if not any((*numbers, born)):
        return []
    newest: dict[int, _Known] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, [settings.INSTALLATION.municipality_code, *numbers, born])
        for person_id, atena_no, public_id, *facts in cursor.fetchall():
            newest.setdefault(person_id, _Known(atena_no, public_id, dict(zip(_KNOWN, facts, strict=True))))
    return [found for index, member in enumerate(filing.members) for known in newest.values() if (found := _agreement(index, member.values, known))]


def _agreement(index: int, values: Mapping[str, object], known: _Known) -> Candidate | None:
    facts = known.facts
    by = [name for name in _NUMBERS if values.get(name) is not None and values[name] == facts[name]]
    if same_three_facts(values, facts):
        by.append("three_facts")
    if not by:
        return None
    is_resident = is_open(SheetEntries(opened_on=facts["opened_on"], closed_on=facts["closed_on"]), clock.today())
    return Candidate(index, known.atena_no, str(known.public_id), is_resident, tuple(by))


_AT_ADDRESS = """
    SELECT DISTINCT c.household_no FROM residents_searchterm t JOIN residents_sheetcurrent c ON c.sheet_id = t.sheet_id
     WHERE t.municipality_code = %s AND t.kind = %s AND t.key = %s AND NOT t.is_past AND c.closed_on IS NULL AND c.household_no IS NOT NULL ORDER BY 1
"""


def _buildings(filing: Filing, persons: Mapping[str, PersonState]) -> dict[str, tuple[str, ...]]:
    """The 方書 in the dictionary at the addresses of which the filing says one. One statement, none where it says none."""
    addresses = {address for _, address, _ in buildings_said(filing, persons)}
    return buildings_at(addresses, clock.today()) if addresses else {}


def _households_at(filing: Filing) -> tuple[str, ...]:
    """Households that live at the filing's address. One statement."""
    address = filing.text("address")
    if not address:
        return ()
    prefix = settings.INSTALLATION.prefecture_name + settings.INSTALLATION.municipality_name
    key = term_key(TermKind.ADDRESS, prefix + address)
    with connection.cursor() as cursor:
        cursor.execute(_AT_ADDRESS, [settings.INSTALLATION.municipality_code, TermKind.ADDRESS.value, key])
        return tuple(number for (number,) in cursor.fetchall())
