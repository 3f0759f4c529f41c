"""本人確認情報の個人票 — one person's items, one number by right, the outcome of a comparison with what the visitor brought. A-10, F-2-09; S2-02."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit
from daicho.audit.middleware import PERSONAL
from daicho.juki_net.commands.comparing import record_comparison
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.queries.identity import card, reveal_number
from daicho.juki_net.rules.comparison import METHODS, OUTCOMES
from daicho.juki_net.rules.items import REFS, IdentityItems
from daicho.juki_net.screens import case_in_hand
from daicho.juki_net.screens.item_words import item_label, item_text
from daicho.staff.queries import actor_of
from daicho.ui import flash
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind

GROUPS = (
    ("本人", ("name_kanji", "name_furigana", "former_surname_kanji", "former_surname_furigana", "birth_date", "sex_code", "relationship")),
    ("住所", ("address", "postal_code", "town_code", "address_fixed_date", "became_resident_date", "notified_date")),
    ("転入前", ("previous_address", "previous_municipality_code")),
    ("番号", ("juminhyo_code_ref", "individual_number_ref", "old_juminhyo_code_ref", "juminhyo_code_valid_date")),
    ("更新", ("record_status_flag", "event_reason_code", "event_reason_detail_code", "event_date", "recorded_at")),
    ("更新の順", ("update_sequence_no", "abnormal_update_sequence_no")),
)
IN_GLYPHS = frozenset({"name_kanji", "former_surname_kanji", "address", "previous_address"})
_ITEM_OF = {ref: item for item, ref in REFS.items()}
COMPARISON = (
    FieldSpec("method", "照合したもの", Kind.RADIO, required=True, choices=tuple(Choice(key, ja) for key, ja in METHODS.items())),
    FieldSpec("outcome", "結果", Kind.RADIO, required=True, choices=tuple(Choice(key, ja) for key, ja in OUTCOMES.items())),
)


@dataclass(frozen=True)
class Fact:
    """One item as drawn. `item` names a number that may be shown; `shown` says that it is."""

    label: str
    text: str
    in_glyphs: bool = False
    item: str = ""
    masked: bool = False
    shown: bool = False


@audit.personal
@require_GET
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The card, for the case in hand."""
    return _page(request, public_id)


@audit.personal
@require_POST
def number(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One number in the clear: put into its place by the page's script, or with the whole card where there is none."""
    actor, case = actor_of(request), case_in_hand.current(request)
    audit.require(actor, JukiNetPermission.NUMBER_REVEAL, (public_id,))
    if case is None:
        return _to_search(request)
    item = request.POST.get("item", "")
    shown = reveal_number(actor, public_id, item, case)
    if request.headers.get("HX-Request"):
        return render(request, "juki_net/_number_shown.html", {"label": item_label(item), "number": shown})
    return _page(request, public_id, shown={item: shown})


@audit.personal
@require_POST
def comparison(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record what was compared and what came of it."""
    actor, case, form = actor_of(request), case_in_hand.current(request), BoundForm(COMPARISON, request.POST).with_missing()
    audit.require(actor, JukiNetPermission.IDENTITY_COMPARE, (public_id,))
    if case is None:
        return _to_search(request)
    if form.has_errors or form.value("method") not in METHODS or form.value("outcome") not in OUTCOMES:
        return _page(request, public_id, form=form, status=422)
    record_comparison(actor, public_id, form.value("method"), form.value("outcome"), case)
    said = f"{METHODS[form.value('method')]}との照合の結果（{OUTCOMES[form.value('outcome')]}）を記録しました。"
    flash.say(request, "success" if form.value("outcome") == "same" else "warning", said)
    return HttpResponseRedirect(reverse("juki_net:identity_card", args=[public_id]))


def _to_search(request: HttpRequest) -> HttpResponse:
    """Nobody is shown for no case."""
    setattr(request, PERSONAL, False)
    flash.say(request, "warning", "用務が入力されていません。用務と番号を入力してから検索してください。")
    return HttpResponseRedirect(reverse("juki_net:identity_search"))


def _page(request: HttpRequest, public_id: UUID, *, shown: Mapping[str, str] | None = None, form: BoundForm | None = None, status: int = 200) -> HttpResponse:
    actor, case = actor_of(request), case_in_hand.current(request)
    audit.require(actor, JukiNetPermission.IDENTITY_READ, (public_id,))
    if case is None:
        return _to_search(request)
    found = card(actor, public_id, case)
    context = {
        "public_id": public_id,
        "items": found.items,
        "is_current": found.items.is_current,
        "is_blocked": found.is_blocked,
        "groups": [(title, [_fact(name, found.items, shown or {}) for name in names]) for title, names in GROUPS],
        "case": case,
        "comparison": form or BoundForm(COMPARISON, {}),
        "may_reveal": actor.may(JukiNetPermission.NUMBER_REVEAL),
        "may_compare": actor.may(JukiNetPermission.IDENTITY_COMPARE),
    }
    return render(request, "juki_net/identity_card.html", context, status=status)


def _fact(name: str, items: IdentityItems, shown: Mapping[str, str]) -> Fact:
    label = item_label(name)
    if item := _ITEM_OF.get(name):
        return Fact(label, shown.get(item, ""), item=item, masked=getattr(items, name) is not None and item not in shown, shown=item in shown)
    return Fact(label, item_text(name, items), in_glyphs=name in IN_GLYPHS)


ROUTES = [
    path("identity/<uuid:public_id>/", person, name="identity_card"),
    path("identity/<uuid:public_id>/number/", number, name="identity_number"),
    path("identity/<uuid:public_id>/comparison/", comparison, name="identity_comparison"),
]
