"""仮登録の一覧 — what waits for examination and registration, with who and since when; and a clerk's own drafts. N-4.0.8-07…-10."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.http import Http404

from daicho import audit
from daicho.audit.actor import Actor
from daicho.residents.models import Claim, Filing, Person, Visit
from daicho.residents.models.counter import FilingState
from daicho.residents.permissions import Permission
from daicho.rows import Columns

_WAITING = (FilingState.ENTERED, FilingState.EXAMINED, FilingState.RETURNED)


@dataclass(frozen=True)
class Waiting:
    """One filing of the list. It names no person: who it is about is seen when it is opened, and then recorded."""

    public_id: str
    filing_no: int
    code: str
    state: str
    state_ja: str
    visit_no: int
    entered_by: str
    mine: bool
    entered_at: datetime | None
    office_code: str
    people: int
    looked_at_by: str | None
    looked_at_since: datetime | None
    examined_by: str | None
    alerts: int


def waiting(actor: Actor, office_code: str = "", person: UUID | None = None) -> tuple[Waiting, ...]:
    """What is between 仮登録 and 本登録, oldest first; of one office, or about one person of the register, when named. One statement."""
    audit.require(actor, Permission.FILING_EXAMINE if actor.may(Permission.FILING_EXAMINE) else Permission.FILING_ENTER)
    rows = Filing.objects.filter(state__in=_WAITING, municipality_code=settings.INSTALLATION.municipality_code)
    if office_code:
        rows = rows.filter(office_code=office_code)
    if person is not None:
        known = Person.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, public_id=person).values("atena_no")
        rows = rows.filter(pk__in=Claim.objects.filter(kind="person", number__in=known).values("filing"))
    return tuple(_waiting(actor, row) for row in rows.select_related("visit").order_by("entered_at", "filing_no"))


def waiting_counts(actor: Actor) -> dict[str, int]:
    """How many filings of the city are in each state between 仮登録 and 本登録. One statement."""
    audit.require(actor, Permission.FILING_EXAMINE if actor.may(Permission.FILING_EXAMINE) else Permission.FILING_ENTER)
    rows = Filing.objects.filter(state__in=_WAITING, municipality_code=settings.INSTALLATION.municipality_code)
    return dict(rows.values_list("state").annotate(n=Count("pk")).order_by())


def drafts(actor: Actor) -> tuple[Waiting, ...]:
    """What this clerk has begun and not entered, or was sent back. One statement."""
    audit.require(actor, Permission.FILING_ENTER)
    rows = Filing.objects.filter(
        state__in=(FilingState.DRAFT, FilingState.RETURNED), entered_by_id_no=actor.account_id, municipality_code=settings.INSTALLATION.municipality_code
    )
    return tuple(_waiting(actor, row) for row in rows.select_related("visit").order_by("-started_at"))


def filings_of_visit(actor: Actor, visit: Visit) -> tuple[Waiting, ...]:
    """Every filing of one visit, in any state: how far the visitor's business is. One statement."""
    audit.require(actor, Permission.FILING_ENTER)
    rows = Filing.objects.filter(visit=visit, municipality_code=settings.INSTALLATION.municipality_code)
    return tuple(_waiting(actor, row) for row in rows.select_related("visit").order_by("filing_no"))


def _waiting(actor: Actor, row: Filing) -> Waiting:
    return Waiting(
        str(row.public_id), row.filing_no, row.code, row.state, FilingState(row.state).label, row.visit.visit_no, row.entered_by,
        row.entered_by_id_no == actor.account_id, row.entered_at, row.office_code, len(row.typed.get("members", [])), row.looked_at_by,
        row.looked_at_since, row.examined_by, len(row.overrides),
    )  # fmt: skip


_FILING, _VISIT = Columns(Filing, "f"), Columns(Visit, "v")
_ONE_FILING = f"""
    SELECT {_FILING.sql}, {_VISIT.sql} FROM residents_filing f JOIN residents_visit v ON v.id = f.visit_id
     WHERE f.municipality_code = %s AND f.public_id = %s
"""


def filing_row(actor: Actor, public_id: UUID) -> Filing:
    """A filing with its visit, for those who enter or examine. One statement; the caller records the reading of its people."""
    audit.require(actor, Permission.FILING_EXAMINE if actor.may(Permission.FILING_EXAMINE) else Permission.FILING_ENTER)
    row = find_filing(public_id)
    if row is None:
        raise Http404
    return row


def find_filing(public_id: UUID, *, lock: bool = False) -> Filing | None:
    """A filing with its visit; with `lock` the filing stays locked until the transaction ends. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_ONE_FILING} FOR UPDATE OF f" if lock else _ONE_FILING, [settings.INSTALLATION.municipality_code, public_id])
        row = cursor.fetchone()
    if row is None:
        return None
    filing = _FILING.instance(row)
    filing.visit = _VISIT.instance(row, len(_FILING.names))
    return filing
