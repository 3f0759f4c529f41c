"""対象者の画面 — one person by 宛名番号: what this room holds, which department was told what, what was written back. F-1-13, D-R4."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, clock
from daicho.audit.middleware import PERSONAL
from daicho.contracts.transfer_info_v1 import TransferPerson
from daicho.staff.queries import actor_of
from daicho.transfers.permissions import TransfersPermission, may_know
from daicho.transfers.queries.persons import SHOWN, PersonCard, find_card, get_card
from daicho.transfers.rules.layouts import PERSON, by_code, code_list, layout
from daicho.transfers.rules.scope import resident_state
from daicho.transfers.screens.records import lines_of
from daicho.transfers.screens.write_backs import line_of
from daicho.ui.dates import moment, wareki_text
from daicho.ui.forms import BoundForm, FieldSpec, Problem, Width
from daicho.values.dates import JapaneseDate

KEY = FieldSpec("atena_no", "宛名番号", required=True, letters="digits", width=Width.MEDIUM, max_length=15)


@require_GET
def person_search(request: HttpRequest) -> HttpResponse:
    """The form. Nobody is shown."""
    audit.require(actor_of(request), TransfersPermission.PERSON_READ)
    return _form_page(request, BoundForm((KEY,), {}))


@require_POST
def person_found(request: HttpRequest) -> HttpResponse:
    """The person of a 宛名番号, which is never in an address."""
    actor = actor_of(request)
    audit.require(actor, TransfersPermission.PERSON_READ)
    form = BoundForm((KEY,), request.POST)
    if form.unknown_names():
        return HttpResponseBadRequest()
    form = form.with_missing()
    if form.has_errors:
        return _form_page(request, form, status=422)
    card = find_card(actor, form.value("atena_no"))
    if card is None:
        nobody = Problem("atena_no", "この宛名番号の者は庁内連携の対象にいません。宛名番号を確認してください。")
        return _form_page(request, form.with_problems([nobody]), status=422)
    return _card_page(request, card)


@require_GET
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """By the opaque id, from the lists."""
    return _card_page(request, get_card(actor_of(request), public_id))


def _form_page(request: HttpRequest, form: BoundForm, status: int = 200) -> HttpResponse:
    return render(request, "transfers/person_search.html", {"form": form}, status=status)


def _card_page(request: HttpRequest, card: PersonCard) -> HttpResponse:
    setattr(request, PERSONAL, True)
    value = card.person.to_value()
    context = {
        "card": card,
        "is_blocked": card.is_blocked,
        "name": (value.name_kanji or "（氏名空欄）") if value else "（対象外）",
        "state": code_list("resident_state")[resident_state(value, clock.today())].ja if value else "対象外",
        "facts": _facts(value, with_head=may_know(actor_of(request))) if value else [],
        "recorded": moment(card.person.recorded_at),
        "records": lines_of(card.records, card.departments),
        "write_backs": [line_of(row, card.departments) for row in card.write_backs],
        "most": SHOWN,
        "may_records": actor_of(request).may(TransfersPermission.WRITE_BACK_READ),
    }
    return render(request, "transfers/person.html", context)


_IN_GLYPHS = frozenset({"name_kanji", "householder_name", "address", "address_building"})


def _facts(value: TransferPerson, *, with_head: bool) -> list[tuple[str, str, bool]]:
    """Label, text, and whether it is drawn with the certificate's glyphs. The head of the household may be one of whom not everybody may know."""
    shown = [item for item in layout(PERSON).values() if hasattr(value, item.identifier)]
    items = [item for item in shown if with_head or item.identifier != "householder_name"]
    return [(item.ja, _text(item.identifier, getattr(value, item.identifier)), item.identifier in _IN_GLYPHS) for item in items]


def _text(name: str, found: object) -> str:
    if found is None:
        return ""
    if name in ("birth_date", "event_date"):
        return JapaneseDate.decode(str(found)).wareki()
    if name == "sex_code":
        return by_code("sex")[str(found)].ja if str(found) in by_code("sex") else str(found)
    return wareki_text(found) if name in ("opened_on", "removed_on") else str(found)


ROUTES = [
    path("persons/", person_search, name="person_search"),
    path("persons/found/", person_found, name="person_found"),
    path("persons/<uuid:public_id>/", audit.personal(person), name="person"),
]
