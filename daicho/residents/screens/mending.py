"""誤記修正の始め — the row of the history that was wrong from the beginning is chosen, and the form begins with it. 令第12条第3項; std 4.2.3.3."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from daicho import audit
from daicho.residents.commands import filings
from daicho.residents.commands.typed import TypedForm, TypedPerson, defaults_of
from daicho.residents.permissions import Permission
from daicho.residents.rules.events.mend import MEND
from daicho.residents.screens.answers import go
from daicho.residents.screens.counter import Counter
from daicho.residents.screens.for_visitor import for_visitor


@require_POST
@audit.personal
@for_visitor(Permission.HISTORY_READ, Permission.FILING_ENTER)
def start_mend(request: HttpRequest, counter: Counter, public_id: UUID, history_no: int) -> HttpResponse:
    """The form of 誤記修正 with the 履歴番号 in it; whether anything of it can be mended the rule says when it is entered."""
    assert counter.visit is not None
    person = TypedPerson(str(public_id), {**defaults_of(MEND.member_fields), "wrong_history_no": str(history_no)})
    row = filings.start(counter.actor, counter.visit, MEND.code, TypedForm(defaults_of(MEND.fields), (person,)))
    return go(request, "filing", row.public_id)


ROUTES = [path("person/<uuid:public_id>/history/<int:history_no>/mend/", start_mend, name="history_mend")]
