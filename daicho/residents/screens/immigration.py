"""市町村通知・市町村伝達 — whom 入管庁 is to be told of, what was sent and when, what became of it; sending again, and the medium. std 4.5.7."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import city, clock
from daicho.city.queries import code_names
from daicho.contracts.immigration_notice_v1 import ImmigrationNoticeV1
from daicho.contracts.layouts import by_code, layout
from daicho.outbox.models import Delivery
from daicho.residents.commands import immigration
from daicho.residents.errors import CannotDo
from daicho.residents.permissions import Permission
from daicho.residents.queries.immigration import FAILED, SENT, WAITING, Listed, Sent, get_immigration_notice, list_immigration_notices
from daicho.residents.rules.commissioner_notice import day_of_digits
from daicho.residents.rules.entry_words import COVERED
from daicho.residents.rules.immigration_notice import kind_ja
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.vocabulary import SEXES, word
from daicho.residents.screens.answers import go, personal_page
from daicho.residents.screens.counter import at_counter
from daicho.ui.dates import wareki_text
from daicho.values.dates import uncertain_digits_text

SHOWS = ((WAITING, "送信待ち"), (SENT, "送信済み"), (FAILED, "エラー"))
_RESULTS = {"": "waiting", "succeeded": "success", "failed": "warning"}
_LISTS = {"law_code": "immigration_law", "effect_code": "immigration_effect", "class_code": "article_30_45"}


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """対象者の一覧 and 送信済みの照会, newest first (N-4.5.7-04, -09, -11)."""
    counter = at_counter(request)
    show = request.GET.get("show", "")
    before = request.GET.get("before", "")
    found, more = list_immigration_notices(counter.actor, show, int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None)
    context = {
        "lines": [_line(one) for one in found],
        "older": found[-1].row.pk if more else None,
        "show": show,
        "shows": SHOWS,
        "by_medium": bool(city.setting("immigration_by_medium", clock.today())),
        "may_write": counter.actor.may(Permission.REGISTER_EXPORT),
        "may_send": counter.actor.may(Permission.NOTICE_RESEND),
    }
    return personal_page(request, "residents/immigration.html", context)


def _line(one: Listed) -> dict[str, object]:
    row = one.row
    return {
        "row": row,
        "name": shown_name(one.entries) or "（氏名空欄）",
        "kind": kind_ja(row.law_code),
        "law": by_code("immigration_law")[row.law_code].ja,
        "effect": by_code("immigration_effect")[row.effect_code].ja,
        "reason": row.event.standard_code,
        "effective_on": row.event.effective_on.wareki(),
        "sent": _sent_text(one.sent),
        "sent_at": one.sent.at,
        "sent_badge": "success" if one.sent.arrived else "waiting" if one.sent.state in ("", "pending", "sent") else "warning",
        "result_badge": _RESULTS[row.result],
    }


def _sent_text(sent: Sent) -> str:
    if sent.state == "medium":
        return "媒体で渡した"
    return str(Delivery.State(sent.state).label) if sent.state else "送信待ち"


@require_GET
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """One message: what it says, when it was sent, and what became of it."""
    counter = at_counter(request)
    found = get_immigration_notice(counter.actor, notice_id)
    context = {
        "line": _line(found.listed),
        "items": _items(found.message),
        "resent_as": found.resent_as,
        "may_resend": counter.actor.may(Permission.NOTICE_RESEND) and found.listed.sent.arrived,
        "may_write": counter.actor.may(Permission.REGISTER_EXPORT),
    }
    return personal_page(request, "residents/immigration_notice.html", context)


def _items(message: ImmigrationNoticeV1) -> list[tuple[str, str]]:
    """What it says, by the names of the layout; the card's number covered, and a nation by its name in the city's table."""
    nations = code_names("nationality", [code for code in (message.nationality, message.former_nationality) if code])
    said = [(item.ja, _text(name, getattr(message, name), nations)) for name, item in layout("immigration_notice").items()]
    return [(label, text) for label, text in said if text]


def _text(name: str, value: object, nations: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if name == "card_no":
        return COVERED
    if isinstance(value, date):
        return wareki_text(value)
    if name.endswith(("birth_date", "event_date")):
        day = day_of_digits(str(value))
        if day is None:
            return uncertain_digits_text(str(value))
        return day.seireki() if name.endswith("birth_date") else day.in_era.wareki()
    if name.endswith("nationality"):
        return nations.get(str(value), str(value))
    if name.endswith("sex_code"):
        return word(SEXES, str(value))
    return by_code(_LISTS[name])[str(value)].ja if name in _LISTS else str(value)


@require_POST
def resend(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """再送信, with the reason (N-4.5.7-12)."""
    try:
        again = immigration.resend(at_counter(request).actor, notice_id, request.POST.get("reason", ""))
    except CannotDo as refused:
        return go(request, "immigration_notice", notice_id, say=refused.message, level="error")
    return go(request, "immigration_notice", again.public_id, say="再送信しました。もとの通知と同じ内容です。")


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """オンラインで送る: everything that waits for a medium."""
    sent = immigration.send_waiting(at_counter(request).actor)
    return go(request, "immigration", say=f"{sent}件を送信待ちに加えました。")


@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """媒体に書き出す: everything that waits, into one file (N-4.5.7-05)."""
    actor = at_counter(request).actor
    try:
        return _file(immigration.medium_content(actor, immigration.write_medium(actor).public_id))
    except CannotDo as refused:
        return go(request, "immigration", say=refused.message, level="error")


@require_POST
def medium(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """The same file again, where the medium was spoilt."""
    try:
        return _file(immigration.medium_content(at_counter(request).actor, file_id))
    except CannotDo as refused:
        return go(request, "immigration", say=refused.message, level="error")


def _file(content: bytes) -> HttpResponse:
    headers = {"Content-Disposition": 'attachment; filename="immigration_notices.jsonl"'}
    return HttpResponse(content, content_type="application/jsonl", headers=headers)


ROUTES = [
    path("immigration/", notices, name="immigration"),
    path("immigration/send/", send, name="immigration_send"),
    path("immigration/medium/", write, name="immigration_medium"),
    path("immigration/medium/<uuid:file_id>/", medium, name="immigration_file"),
    path("immigration/<uuid:notice_id>/", notice, name="immigration_notice"),
    path("immigration/<uuid:notice_id>/resend/", resend, name="immigration_resend"),
]
