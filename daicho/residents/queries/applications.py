"""交付請求の照会 — the work list, one request with those whom it is about, and who might be meant. 住民基本台帳法第12条–第12条の3; domain §7.

The people of the register are shown to officers who may know of the protected; for all others a request is what its paper says, whoever is named in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.http import Http404

from daicho import audit, city, clock
from daicho.audit.actor import Actor
from daicho.residents.models import ApplicationStatement, CertificateApplication, Visit
from daicho.residents.permissions import Permission, may_know
from daicho.residents.queries.application_rows import ApplicationRows, applications, of_all
from daicho.residents.queries.blocks import blocks_of_rows
from daicho.residents.queries.current import BY_HOUSEHOLD, BY_PERSON, CurrentRow, current_rows, newest_rows
from daicho.residents.rules.application_states import Standing, State, in_order
from daicho.residents.rules.applications import EXAMINED_BY_ANOTHER, Ground
from daicho.residents.rules.blocks import Block, BlockKind, Process, Strength, strictest
from daicho.residents.rules.fold import is_open

PURPOSE = "交付請求"
_PAGE = 500


@dataclass(frozen=True)
class ApplicationLine:
    """One request of the list: who asks is named, nobody of the register."""

    found: ApplicationRows
    standing: Standing
    is_late: bool


@dataclass(frozen=True)
class Named:
    """Somebody named in the request, with their sheet. `blocks`: 抑止 that stands for them; `household`: who lives with them today."""

    place: int
    row: CurrentRow
    blocks: tuple[Block, ...] = ()
    household: tuple[CurrentRow, ...] = ()

    @property
    def is_supported(self) -> bool:
        return any(block.kind is BlockKind.SUPPORT for block in self.blocks)


@dataclass(frozen=True)
class ApplicationFound:
    """One request. `named` is empty for who may not know; `strict`: why another officer must examine it; `same_form`: other requests on that 統一用紙."""

    rows: ApplicationRows
    standing: Standing
    named: tuple[Named, ...] = ()
    strict: tuple[str, ...] = ()
    same_form: tuple[int, ...] = ()
    visits: tuple[Visit, ...] = ()
    people: Mapping[UUID, CurrentRow] = field(default_factory=dict)

    @property
    def is_supported(self) -> bool:
        return any(each.is_supported for each in self.named)


def list_applications(actor: Actor) -> list[ApplicationLine]:
    """Requests that go on, what is due first at the top. Eight statements and the record, however many there are."""
    with audit.reading(actor, Permission.APPLICATION_RECEIVE, purpose=PURPOSE) as seen:
        today = clock.today()
        found = of_all(applications().filter(closed_at__isnull=True).order_by("pk")[:_PAGE], today)
        standings = [each.standing(today) for each in found]
        seen.note(count=len(found))
        return [ApplicationLine(found[place], standings[place], standings[place].is_late(today)) for place in in_order(standings)]


def application_by_no(actor: Actor, number: int) -> CertificateApplication:
    """Of whatever state, by its 請求番号. Http404 for none. One statement; nobody is shown."""
    audit.require(actor, Permission.APPLICATION_RECEIVE)
    row = applications().filter(application_no=number).first()
    if row is None:
        raise Http404
    return row


def get_application(actor: Actor, application_id: UUID, permission: Permission = Permission.APPLICATION_RECEIVE) -> ApplicationFound:
    """One request, with the sheets of those named for who may know. Http404 for none. A dozen statements and the record, which names everyone."""
    with audit.reading(actor, permission, purpose=PURPOSE) as seen:
        row = applications().filter(public_id=application_id).first()
        if row is None:
            raise Http404
        [rows] = of_all([row], clock.today())
        named = _named(rows) if may_know(actor) else ()
        people = {one.public_id: one for each in named for one in (each.row, *each.household)}
        seen.add(*people)
        return ApplicationFound(
            rows, rows.standing(clock.today()), named, strict_reasons(rows, named), _same_form(rows),
            tuple(row.visits.order_by("pk")), people,
        )  # fmt: skip


def strict_reasons(rows: ApplicationRows, named: Sequence[Named]) -> tuple[str, ...]:
    """Why it is examined by another officer than the one who took it in, in words; none where it need not be."""
    ground = Ground(rows.row.ground)
    found = []
    if ground in EXAMINED_BY_ANOTHER:
        found.append("法第12条の3の申出")
    if ground is Ground.OFFICIAL and city.setting("official_examined_by_another", clock.today()):
        found.append("市の設定による公用請求の審査")
    if any(each.blocks for each in named):
        found.append("抑止（支援措置など）のある人が対象")
    return tuple(found)


def named_in(rows: ApplicationRows) -> tuple[Named, ...]:
    """For commands, which record whom they touch: everybody named, with their blocks."""
    return _named(rows)


def _named(rows: ApplicationRows) -> tuple[Named, ...]:
    """In the order of the paper. Three statements, one more for whole households."""
    by_place = {place: match.person for place, match in sorted(rows.matches.items()) if place <= len(rows.stated.subjects)}
    newest = newest_rows(BY_PERSON, [person.public_id for person in by_place.values()])
    found, today, now = blocks_of_rows(list(newest.values())), clock.today(), clock.now()
    named = []
    for place, person in by_place.items():
        row = newest[person.pk]
        stops = tuple(block for block in found.of(row) if any(strictest([block], each, today, now) is not Strength.NONE for each in _WATCHED))
        household = _household(row) if rows.stated.whole_household else ()
        named.append(Named(place, row, stops, household))
    return tuple(named)


_WATCHED = (Process.CERTIFICATE, Process.INQUIRY, Process.BROWSING)


def _household(row: CurrentRow) -> tuple[CurrentRow, ...]:
    today = clock.today()
    if row.entries.household_no is None or not is_open(row.entries, today):
        return ()
    members = current_rows(BY_HOUSEHOLD, [row.entries.household_no])
    return tuple(member for member in members if is_open(member.entries, today) and member.person_id != row.person_id)


def _same_form(rows: ApplicationRows) -> tuple[int, ...]:
    """請求番号 of other requests that bear the same number of a 統一用紙, which is used once. One statement, none without."""
    stated = rows.stated
    if not stated.form_no:
        return ()
    others = ApplicationStatement.objects.filter(municipality_code=rows.row.municipality_code, form_no=stated.form_no).exclude(application=rows.row)
    same = others.filter(stated__profession=stated.profession)
    return tuple(same.order_by("application__application_no").values_list("application__application_no", flat=True).distinct())


def is_in_hand(found: ApplicationFound, visit: Visit | None) -> bool:
    return visit is not None and visit.application_id == found.rows.row.pk


FINISHED_WORDS = frozenset({State.ISSUED, State.REFUSED, State.RETURNED, State.WITHDRAWN})
