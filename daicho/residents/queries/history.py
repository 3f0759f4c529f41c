"""異動履歴・時点照会 — what happened to a person, and what the register said on any day, as known at any moment. std 1.2.1, 2.2.1; design §4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import Http404

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.errors import CannotDo
from daicho.residents.models import SheetVersion
from daicho.residents.permissions import Permission
from daicho.residents.queries.notes_laid import lay_notes, with_notes_known
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.fold import Version, as_of
from daicho.residents.rules.household_law import Household
from daicho.values.dates import JapaneseDate

_WRITERS_LIMIT = timedelta(minutes=1)
"""A moment is repeatable only once no writer that began before it still runs (fold.md 20); idle writers are ended after 60 s."""


@dataclass(frozen=True)
class Line:
    """One row of the history as a screen shows it."""

    history_no: int
    juminhyo_no: int
    event: str
    basis: str
    effect: str
    effective_on: JapaneseDate
    filed_on: date | None
    recorded_at: datetime
    entered_by: str
    examined_by: str
    office_code: str
    terminal: str
    changed: tuple[str, ...]
    annulled: bool
    entries: SheetEntries
    is_cancel: bool = False
    annuls: tuple[int, ...] = ()  # 履歴番号 that the 取消し of this row annulled
    remark: str = ""  # 留意事項
    says_caution: bool = False  # it says, corrects or takes away a 留意事項, and nothing else


def history(actor: Actor, public_id: UUID) -> tuple[Line, ...]:
    """Every version in 記載順, newest first. Http404 when nobody has this id. One statement and the record."""
    with audit.reading(actor, Permission.HISTORY_READ, subjects=(public_id,)):
        rows = rows_of([public_id])
        if not rows:
            raise Http404
        return tuple(_line(row, rows) for row in reversed(rows))


def rows_of(public_ids: list[UUID]) -> list[SheetVersion]:
    rows = SheetVersion.objects.filter(person__public_id__in=public_ids, municipality_code=settings.INSTALLATION.municipality_code)
    return list(rows.select_related("annulment", "event", "sheet", "person").order_by("person_id", "history_no"))


def _line(row: SheetVersion, rows: Sequence[SheetVersion]) -> Line:
    event = row.event
    annuls = tuple(other.history_no for other in rows if hasattr(other, "annulment") and other.annulment.event_id == event.pk)
    return Line(
        row.history_no, row.sheet.juminhyo_no, event.standard_code, event.basis, event.effect, event.effective_on, event.filed_on, row.recorded_at,
        event.entered_by, event.examined_by, event.office_code, event.terminal, tuple(sorted(row.asserts)) if row.asserts is not None else (),
        hasattr(row, "annulment"), row.to_entries(), event.cancels_id is not None, annuls, row.remark or "",
        row.remark_tie is not None and row.asserts == {},
    )  # fmt: skip


@dataclass(frozen=True)
class AsOf:
    """What the register said of a person and their household on `day`. `entries` None = no resident that day."""

    day: date
    known_at: datetime | None
    entries: SheetEntries | None
    household: tuple[tuple[str, SheetEntries], ...]


def person_as_of(actor: Actor, public_id: UUID, day: date, known_at: datetime | None = None) -> AsOf:
    """A person and their household as of a day, as known at a moment (None = now).

    世帯主氏名 is derived from the head's own fold (design §4). A few statements, whatever the city's size.
    """
    if known_at is not None and known_at > clock.now() - _WRITERS_LIMIT:
        raise CannotDo("いま記録されている最中かもしれない時点です。1分ほど前までの時点を指定してください。")
    with audit.reading(actor, Permission.HISTORY_READ, subjects=(public_id,)) as seen:
        rows = rows_of([public_id])
        if not rows:
            raise Http404
        entries = as_of([row.to_value() for row in rows], day, known_at=known_at)
        if entries is None or entries.household_no is None:
            return AsOf(day, known_at, entries, ())
        members = household_as_of(entries.household_no, day, known_at)
        seen.add(*(UUID(public) for public, _ in members))
        lay_notes(rows, known_at)
        mine = dict(members).get(str(public_id), entries)
        return AsOf(day, known_at, with_notes_known(mine, rows, known_at), members)


def household_as_of(household_no: str, day: date, known_at: datetime | None = None) -> tuple[tuple[str, SheetEntries], ...]:
    """(public id, entries) of those who lived in a household on a day, in order. Two statements."""
    code = settings.INSTALLATION.municipality_code
    ever = SheetVersion.objects.filter(household_no=household_no, municipality_code=code).values_list("person__public_id", flat=True).distinct()
    by_person: dict[str, list[Version]] = {}
    for row in rows_of(list(ever)):
        by_person.setdefault(str(row.person.public_id), []).append(row.to_value())
    folded = [(public, e) for public, versions in by_person.items() if (e := as_of(versions, day, known_at=known_at)) and e.household_no == household_no]
    head = Household(tuple((None, e) for _, e in folded)).head_name
    named = [(public, e.but(householder_name=head)) for public, e in folded]
    return tuple(sorted(named, key=lambda m: (m[1].order_in_household or 0, m[0])))
