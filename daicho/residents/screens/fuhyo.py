"""附票の通知先がない人 — whose 本籍 says no municipality, so that 戸籍附票記載事項通知 went to nobody. 住民基本台帳法第19条第1項; S1-09."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho.certificates.papers import PAPER_NAMES
from daicho.residents.commands.fuhyo import settle_without_seat
from daicho.residents.errors import CannotDo
from daicho.residents.queries.fuhyo import list_without_seat
from daicho.residents.rules.events import event_ja
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.screens.answers import go, personal_page
from daicho.residents.screens.counter import at_counter
from daicho.residents.screens.letters_out import OFFER


@require_GET
def without_seat(request: HttpRequest) -> HttpResponse:
    """What is still to be settled."""
    found, more = list_without_seat(at_counter(request).actor)
    lines = [(one, shown_name(one.sheet.entries) or "（氏名空欄）", event_ja(one.row.event.code)) for one in found]
    return personal_page(request, "residents/fuhyo.html", {"lines": lines, "more": more, "kinds": PAPER_NAMES, **OFFER})


@require_POST
def settle(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """処理済みにする, with what was done."""
    try:
        settle_without_seat(at_counter(request).actor, public_id, request.POST.get("note", ""))
    except CannotDo as refused:
        return go(request, "fuhyo", say=refused.message, level="error")
    return go(request, "fuhyo", say="処理済みにしました。")


ROUTES = [path("fuhyo/", without_seat, name="fuhyo"), path("fuhyo/<uuid:public_id>/settle/", settle, name="fuhyo_settle")]
