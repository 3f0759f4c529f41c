"""統合宛名の個人票 — one person's basic items and numbers; the 個人番号 only on demand, by right and for a reason. S4-07; F-0-18, F-1-13; design §6."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit
from daicho.atena.permissions import AtenaPermission
from daicho.atena.queries.persons import card, reveal_number
from daicho.atena.screens import purpose
from daicho.atena.screens.search import row_of
from daicho.atena.screens.words import PURPOSES
from daicho.audit.middleware import PERSONAL
from daicho.staff.queries import actor_of
from daicho.ui import flash
from daicho.ui.dates import wareki_text
from daicho.ui.forms import BoundForm, FieldSpec, Width

REASON = (
    FieldSpec(
        "reason", "表示する理由", required=True, width=Width.FULL, max_length=200, hint="例：本人から提示された番号との照合。氏名や番号は書かないでください。"
    ),
)


@require_GET
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The card. Without a purpose: to the search, where one is chosen."""
    return _page(request, public_id, BoundForm(REASON, {}))


@require_POST
def reveal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The card with the 個人番号 in the clear, once."""
    audit.require(actor_of(request), AtenaPermission.NUMBER_REVEAL, (public_id,))
    form = BoundForm(REASON, request.POST).with_missing()
    if form.has_errors or not purpose.chosen(request):
        return _page(request, public_id, form, status=422)
    number = reveal_number(actor_of(request), public_id, form.value("reason"))
    return _page(request, public_id, BoundForm(REASON, {}), number=" ".join(number[at : at + 4] for at in range(0, 12, 4)))


def _page(request: HttpRequest, public_id: UUID, form: BoundForm, number: str = "", status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    audit.require(actor, AtenaPermission.PERSON_READ, (public_id,))
    why = purpose.chosen(request)
    if not why:
        flash.say(request, "warning", "照会の目的を選んで検索してから開いてください。")
        return HttpResponseRedirect(reverse("atena:search"))
    found = card(actor, public_id, PURPOSES[why])
    setattr(request, PERSONAL, True)
    context = {
        "row": row_of(found.person),
        "card": found,
        "removed": wareki_text(found.person.removed_on),
        "number": number,
        "form": form,
        "purpose": PURPOSES[why],
        "may_reveal": actor.may(AtenaPermission.NUMBER_REVEAL) and found.has_number,
        "may_see_doubles": actor.may(AtenaPermission.DOUBLE_READ),
    }
    return render(request, "atena/person.html", context, status=status)


ROUTES = [path("person/<uuid:public_id>/", person, name="person"), path("person/<uuid:public_id>/number/", reveal, name="person_number")]
