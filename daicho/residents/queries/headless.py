"""世帯主のいない世帯の照会 — which households have no 世帯主 today, who of them is written to, and what was decided. std 4.0.5 (N-4.0.5-*).

The list is read from the register itself, so that nothing is forgotten: who was left by a planned 転出, who came by migration.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import Http404

from daicho import audit, city, clock
from daicho.audit.actor import Actor
from daicho.residents.models import HeadLetter
from daicho.residents.models.head_letter import LetterKind
from daicho.residents.permissions import Permission
from daicho.residents.queries.cancelled import recorded_events
from daicho.residents.queries.current import BY_HOUSEHOLD, BY_PERSON, BY_PERSON_ID, CurrentRow, current_rows, newest_rows
from daicho.residents.queries.sheet_view import SheetView, sheet_view
from daicho.residents.queries.situations import histories, lock_current
from daicho.residents.rules.fold import is_open
from daicho.residents.rules.headless import gone_by, in_former_order
from daicho.residents.rules.household_law import HEAD
from daicho.residents.rules.situation import PersonState, RecordedEvent

PAGE = 100
PURPOSE = "世帯主のいない世帯の処理"
RECENT = timedelta(days=31)


def writes_letters() -> bool:
    """Whether the city uses the function (N-4.0.5-06). One statement."""
    return bool(city.setting("head_letters", clock.today()))


@dataclass(frozen=True)
class WithoutHead:
    """A household without a 世帯主: those who live in it, in the order of their sheets before he was gone; the first is written to."""

    household_no: str
    members: tuple[CurrentRow, ...]
    gone_by: int
    letter: HeadLetter | None  # that it shall stay so was decided

    @property
    def addressee(self) -> CurrentRow:
        return self.members[0]


@dataclass(frozen=True)
class Listed:
    """One household as a screen shows it. `gone`: the event by which the 世帯主 was gone."""

    members: tuple[SheetView, ...]
    gone: RecordedEvent
    letter: HeadLetter | None

    @property
    def addressee(self) -> SheetView:
        return self.members[0]


@dataclass(frozen=True)
class Told:
    """A household in which somebody became 世帯主 ex officio, and to whom 世帯主変更通知書 goes."""

    addressee: SheetView
    letter: HeadLetter


@dataclass(frozen=True)
class HeadlessList:
    undecided: tuple[Listed, ...]
    asked: tuple[Listed, ...]  # 対象者リスト
    told: tuple[Told, ...]
    more: bool


_NUMBERS = """
    SELECT c.household_no FROM residents_sheetcurrent c
     WHERE c.municipality_code = %s AND c.householder_name IS NULL AND c.household_no IS NOT NULL AND (c.closed_on IS NULL OR c.closed_on > %s)
     GROUP BY c.household_no HAVING NOT bool_or(coalesce(c.relationship = %s, false)) ORDER BY min(c.recorded_at), c.household_no LIMIT %s
"""


_COUNT = f"SELECT count(*) FROM ({_NUMBERS}) AS headless"


def headless_count(actor: Actor) -> int:
    """How many households have no 世帯主 today, at most a page and one. Nobody is named. One statement."""
    audit.require(actor, Permission.FILING_ENTER)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [settings.INSTALLATION.municipality_code, clock.today(), HEAD, PAGE + 1])
        count: int = cursor.fetchone()[0]
        return count


def list_headless(actor: Actor) -> HeadlessList:
    """Those still to be decided, those asked to file (N-4.0.5-04), and what was decided ex officio of late. Six statements and the record."""
    with audit.reading(actor, Permission.FILING_ENTER, purpose=PURPOSE) as seen:
        with connection.cursor() as cursor:
            cursor.execute(_NUMBERS, [settings.INSTALLATION.municipality_code, clock.today(), HEAD, PAGE + 1])
            numbers = [number for (number,) in cursor.fetchall()]
        households = _listed(_without_head(numbers[:PAGE]))
        told = _told(clock.now() - RECENT)
        seen.add(*(UUID(m.public_id) for one in households for m in one.members), *(UUID(one.addressee.public_id) for one in told))
        asked = tuple(one for one in households if one.letter)
        return HeadlessList(tuple(one for one in households if not one.letter), asked, told, len(numbers) > PAGE)


def asked_households() -> tuple[WithoutHead, ...]:
    """Every household that was left without a 世帯主, for their list and letters; a command records what it does. Four statements."""
    numbers = HeadLetter.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, kind=LetterKind.REQUESTED).order_by("pk")
    wanted = list(dict.fromkeys(numbers.values_list("household_no", flat=True)))
    return tuple(one for one in _without_head(wanted) if one.letter is not None)


def get_headless(actor: Actor, person: UUID) -> Listed | None:
    """The household of this person; None when it has a 世帯主. Http404 for nobody. Five statements and the record."""
    with audit.reading(actor, Permission.FILING_ENTER, purpose=PURPOSE, subjects=(person,)) as seen:
        found = household_without_head(person)
        if found is None:
            return None
        seen.add(*(m.public_id for m in found.members))
        return _listed([found])[0]


def household_without_head(person: UUID, *, lock: bool = False) -> WithoutHead | None:
    """The same for a command. With `lock` its rows stay locked until the transaction ends. Http404 for nobody."""
    newest = next(iter(current_rows(BY_PERSON, [person])), None)
    if newest is None:
        raise Http404
    number = newest.entries.household_no
    if number is None or not is_open(newest.entries, clock.today()):
        return None
    if lock:
        lock_current([number], [newest.atena_no])
    return next(iter(_without_head([number])), None)


def _without_head(numbers: Sequence[str]) -> list[WithoutHead]:
    """Of these households those without a 世帯主, in this order. Three statements."""
    members: dict[str, list[CurrentRow]] = {number: [] for number in numbers}
    for row in current_rows(BY_HOUSEHOLD, numbers):
        if is_open(row.entries, clock.today()):
            members[row.entries.household_no or ""].append(row)
    without = {no: of for no, of in members.items() if of and not any(row.entries.relationship == HEAD for row in of)}
    known = histories(row.atena_no for of in without.values() for row in of)
    letters = _letters(without)
    found = []
    for number, of in without.items():
        by_number = {row.atena_no: row for row in of}
        states = [PersonState(r.atena_no, r.entries, True, r.spell_id, r.history_no, known[r.atena_no]) for r in of]
        event = gone_by(states)
        found.append(WithoutHead(number, tuple(by_number[p.atena_no] for p in in_former_order(states)), event, letters.get((number, event))))
    return found


def _letters(numbers: Iterable[str]) -> dict[tuple[str, int], HeadLetter]:
    code, wanted = settings.INSTALLATION.municipality_code, list(numbers)
    rows = HeadLetter.objects.filter(municipality_code=code, household_no__in=wanted, kind=LetterKind.REQUESTED) if wanted else ()
    return {(row.household_no, row.event_id): row for row in rows}


def _listed(households: Sequence[WithoutHead]) -> tuple[Listed, ...]:
    events = recorded_events({one.gone_by for one in households})
    return tuple(Listed(tuple(sheet_view(row, clock.today()) for row in one.members), events[one.gone_by], one.letter) for one in households)


_TOLD = """
    SELECT l.* FROM residents_headletter l
     WHERE l.municipality_code = %s AND l.kind = %s AND l.decided_at >= %s AND NOT EXISTS (
             SELECT FROM residents_annulment a JOIN residents_sheetversion v ON v.id = a.version_id
              WHERE v.event_id = l.event_id AND v.person_id = l.addressee_id)
     ORDER BY l.decided_at DESC, l.id LIMIT %s
"""


def _told(since: datetime) -> tuple[Told, ...]:
    """What was decided and not cancelled, newest first. Two statements."""
    found = list(HeadLetter.objects.raw(_TOLD, [settings.INSTALLATION.municipality_code, LetterKind.CHANGED, since, PAGE]))
    people = newest_rows(BY_PERSON_ID, [letter.addressee_id for letter in found])
    return tuple(Told(sheet_view(people[letter.addressee_id], clock.today()), letter) for letter in found)
