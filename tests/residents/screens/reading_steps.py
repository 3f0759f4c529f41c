"""閲覧の一歩 — an officer at a desk with a visitor in hand, a family in the register, and what the trail says afterwards."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from daicho.audit.models import AuditEntry
from daicho.residents.commands import visits
from daicho.residents.models import Visit
from daicho.residents.rules.visits import VisitForm
from daicho.staff.queries import find_account
from tests.cast import CLERK, FAMILY, Role
from tests.residents.counter import move_in_form, register
from tests.residents.screens import desks

LOGIN = "m.mado"


def desk(*permissions: str, standing: str = "self", identity_check: str = "one_document") -> Client:
    """A clerk with these rights (all when none is named) and an open visit of 花園 太郎."""
    desks.city()
    client = desks.officer(LOGIN, permissions or desks.ALL, "H01")
    open_visit(standing, identity_check)
    return client


def open_visit(standing: str = "self", identity_check: str = "one_document") -> Visit:
    account = find_account(LOGIN)
    assert account is not None
    Visit.objects.filter(opened_by_id_no=account.pk).update(closed_at="2026-04-10T00:00:00Z")
    actor = CLERK.__class__(**{**CLERK.__dict__, "account_id": account.pk, "login": LOGIN})
    form = VisitForm("花園　太郎", standing, identity_check, ("my_number_card",) if identity_check == "one_document" else (), "年金の手続")
    opened = visits.open_visit(actor, form)
    assert opened.visit is not None
    return opened.visit


def family(*people: Role) -> list[UUID]:
    """Moved in and registered; their public ids in order."""
    written = register("domestic_move_in", move_in_form(people or FAMILY))
    return [w.person.public_id for w in written]


def trail(action: str) -> list[AuditEntry]:
    """Rows of that action by the clerk at the desk, oldest first."""
    return list(AuditEntry.objects.filter(action=action, login=LOGIN).order_by("id"))


def queries(client: Client, method: str, url: str, data: dict[str, object] | None = None) -> int:
    """Statements of one request, the second of its kind: caches are warm."""
    call = client.get if method == "get" else client.post
    assert call(url, data).status_code == 200
    with CaptureQueriesContext(connection) as counted:
        assert call(url, data).status_code == 200
    return len(counted)
