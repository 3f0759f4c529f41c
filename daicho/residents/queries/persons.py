"""個人・世帯の照会 — one person's card with their household. std 2.2, 3.3; S1-04. Every person shown is on record first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import Http404

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.models import Person
from daicho.residents.permissions import Permission, may_know
from daicho.residents.queries.blocks import hidden_from
from daicho.residents.queries.current import BY_HOUSEHOLD, BY_PERSON, CurrentRow, current_rows
from daicho.residents.queries.laid_on import LaidOn, laid_on
from daicho.residents.queries.marks import Mark, marks_of
from daicho.residents.queries.sheet_view import SheetView, sheet_view
from daicho.residents.rules.fold import is_open
from daicho.residents.rules.household_law import HEAD
from daicho.residents.rules.names_shown import shown_name


@dataclass(frozen=True)
class Pending:
    """A filing that holds this person or household: what it is, who entered it, when."""

    filing: str
    code: str
    entered_by: str
    filing_no: int


@dataclass(frozen=True)
class Card:
    """A person: the newest sheet, the older ones, the household today, and what is under way."""

    sheet: SheetView
    older: tuple[SheetView, ...]
    household: tuple[SheetView, ...]
    left: tuple[SheetView, ...]  # removed members, shown too (std 3.3)
    pending: tuple[Pending, ...]
    laid: LaidOn
    marks: Mapping[UUID, Mark] = field(default_factory=dict)  # 抑止, 支援措置: of them and of the household


def card(actor: Actor, public_id: UUID) -> Card:
    """Read one person and the household. Raises Http404 for an unknown id, and for whom the officer may not know. Six statements and the record; more for
    what lies on the person.
    """
    with audit.reading(actor, Permission.PERSON_READ, subjects=(public_id,)) as seen:
        hidden = hidden_from(actor)
        sheets = current_rows(BY_PERSON, [public_id], hidden=hidden)
        if not sheets:
            raise Http404
        newest = sheets[0]
        members = household_rows(newest.entries.household_no, hidden)
        seen.add(*(m.public_id for m in members))
        left = tuple(_view(m) for m in members if not is_open(m.entries, clock.today()) and m.public_id != newest.public_id)
        found = Card(
            _view(newest), tuple(_view(sheet) for sheet in sheets[1:]), tuple(_view(m) for m in members if is_open(m.entries, clock.today())), left,
            _pending(_view(newest)), laid_on(newest.person_id, public_id), marks_of([newest, *(m for m in members if m.person_id != newest.person_id)]),
        )  # fmt: skip
        return found if may_know(actor) else _without_hidden_head(found)


def household_rows(household_no: str | None, hidden: Sequence[int]) -> list[CurrentRow]:
    """In its order, each person once: who went on on another sheet (帰化, 改製) or came back is shown as they are now. One statement."""
    rows = current_rows(BY_HOUSEHOLD, [household_no] if household_no else [], hidden=hidden)
    newest = {row.person_id: row for row in sorted(rows, key=lambda row: row.history_no)}
    return [row for row in rows if newest[row.person_id] is row]


def _without_hidden_head(found: Card) -> Card:
    """For who may not know: 世帯主氏名 is a copy of somebody's name, and goes where that somebody is not shown; no mark is told."""
    heads = {shown_name(m.entries) for m in (found.sheet, *found.household, *found.left) if m.entries.relationship == HEAD}

    def masked(views: Sequence[SheetView]) -> tuple[SheetView, ...]:
        return tuple(view if view.entries.householder_name in heads else replace(view, entries=view.entries.but(householder_name=None)) for view in views)

    [sheet] = masked([found.sheet])
    return replace(found, sheet=sheet, older=masked(found.older), household=masked(found.household), left=masked(found.left), marks={})


def _view(row: CurrentRow) -> SheetView:
    return sheet_view(row, clock.today())


_HOLDING = """
    SELECT DISTINCT f.public_id::text, f.code, f.entered_by, f.filing_no FROM residents_claim c JOIN residents_filing f ON f.id = c.filing_id
     WHERE c.municipality_code = %s AND ((c.kind = 'person' AND c.number = %s) OR (c.kind = 'household' AND c.number = %s)) ORDER BY f.filing_no
"""


def _pending(view: SheetView) -> tuple[Pending, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_HOLDING, [settings.INSTALLATION.municipality_code, view.atena_no, view.entries.household_no or ""])
        return tuple(Pending(*row) for row in cursor.fetchall())


def person_of(public_id: UUID, hidden: Sequence[int] = ()) -> Person:
    """The person row of a page's id; Http404 when there is none, or nobody that the reader may know of."""
    person = Person.objects.filter(public_id=public_id, municipality_code=settings.INSTALLATION.municipality_code).exclude(pk__in=list(hidden)).first()
    if person is None:
        raise Http404
    return person
