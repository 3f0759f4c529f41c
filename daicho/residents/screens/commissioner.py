"""長官通知 — those to be dealt with, 処理結果確認票 of one, and the filing it is entered by. 法第30条の50; std 4.5.6."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, clock
from daicho.contracts.layouts import by_code
from daicho.residents.commands import commissioner
from daicho.residents.errors import CannotDo
from daicho.residents.models.immigration import CommissionerState
from daicho.residents.permissions import Permission
from daicho.residents.queries.commissioner import Confirmation, Listed, get_confirmation, list_commissioner_notices
from daicho.residents.rules.commissioner_notice import CARD, Line, event_code_of
from daicho.residents.rules.entry_words import COVERED, NEW_NUMBER, entry_label, entry_text, is_in_glyphs
from daicho.residents.rules.events import event_ja
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.vocabulary import ARTICLE_30_45, word
from daicho.residents.screens import picking
from daicho.residents.screens.answers import go, personal_page, to_visit
from daicho.residents.screens.counter import at_counter
from daicho.residents.screens.filing_form import picked_person
from daicho.residents.screens.for_visitor import RETURN_TO
from daicho.residents.screens.letters_out import OFFER
from daicho.residents.screens.picking import Picking
from daicho.residents.screens.standing import standing_of
from daicho.staff.queries import actor_of

BADGES = {"untaken": "warning", "waiting": "waiting", "held": "warning", "done": "success", "set_aside": "neutral"}
ASIDE = {"hold": CommissionerState.HELD, "set_aside": CommissionerState.SET_ASIDE, "undo": CommissionerState.WAITING}
UNNAMED = "（氏名空欄）"
NOBODY = "（在留カード等の番号の一致する人がいません）"


@dataclass(frozen=True)
class Compared:
    """One row of the 処理結果確認票."""

    label: str
    old: str
    new: str
    in_glyphs: bool


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """What is still to be dealt with, oldest first, whatever the day of the notice (N-4.5.6-08); with `all` whatever came."""
    everything = "all" in request.GET
    lines = [_line(one) for one in list_commissioner_notices(at_counter(request).actor, all_states=everything)]
    return personal_page(request, "residents/commissioner.html", {"lines": lines, "everything": everything})


def _line(one: Listed) -> dict[str, object]:
    filing = one.row.filing
    under_way = f"届出番号{filing.filing_no}で入力中" if filing is not None and filing.state not in ("registered", "withdrawn") else ""
    name = (shown_name(one.entries) or UNNAMED) if one.entries else NOBODY
    return {"row": one.row, "name": name, **_ground(one), "badge": BADGES[one.row.state], "under_way": under_way}


def _ground(one: Listed) -> dict[str, str]:
    return {"ground": by_code("commissioner_ground")[one.row.ground_code].ja, "class_ja": word(ARTICLE_30_45, one.row.class_code)}


@require_GET
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """処理結果確認票: before and after of each entry, and what can be done (N-4.5.6-05)."""
    found = get_confirmation(at_counter(request).actor, notice_id)
    sheets = [(sheet, standing_of(sheet.entries, clock.today())) for sheet in found.sheets]
    context = {
        "row": found.row,
        "found": found,
        "badge_kind": BADGES[found.row.state],
        "name": (shown_name(found.sheets[0].entries) or UNNAMED) if found.sheets else "",
        "sheets": sheets,
        "compared": [_compared(line, found) for line in found.lines],
        **OFFER,
        "to_filing": _filing_url(found),
        "event_ja": event_ja(event_code_of(found.message)),
        **_ground(Listed(found.row, None)),
    }
    return personal_page(request, "residents/commissioner_notice.html", context)


def _compared(line: Line, found: Confirmation) -> Compared:
    if line.entry == CARD:
        old, new = found.cards or (COVERED if line.before.residence_card_no else "", NEW_NUMBER if line.after.residence_card_no else "")
        return Compared(entry_label(CARD), old, new, in_glyphs=False)
    return Compared(entry_label(line.entry), entry_text(line.entry, line.before), entry_text(line.entry, line.after), is_in_glyphs(line.entry))


def _filing_url(found: Confirmation) -> str:
    filing = found.row.filing
    if filing is None or filing.state == "withdrawn":
        return ""
    return reverse("residents:filing_result" if filing.state == "registered" else "residents:filing", args=[filing.public_id])


@require_POST
def take(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """手動の取込み (N-4.5.6-09)."""
    try:
        commissioner.take_in(at_counter(request).actor, notice_id)
    except CannotDo as refused:
        return go(request, "commissioner_notice", notice_id, say=refused.message, level="error")
    return go(request, "commissioner_notice", notice_id, say="取り込みました。確認票を確認してください。")


@require_POST
def confirm(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """確認票を確認した: the filing begins, about the one with that card or one found in the search (N-4.5.6-06)."""
    found = get_confirmation(actor_of(request), notice_id)
    if "search" in request.POST or not found.sheets:
        here = reverse("residents:commissioner_notice", args=[notice_id])
        return picking.begin(request, Picking("長官通知の対象者", reverse("residents:commissioner_picked", args=[notice_id]), here))
    return _begun(request, notice_id, UUID(found.sheets[0].public_id))


@require_POST
def picked(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The person chosen in the search is the one whom the notice means."""
    audit.require(at_counter(request).actor, Permission.FILING_ENTER)
    picking.end(request)
    return _begun(request, notice_id, picked_person(request))


def _begun(request: HttpRequest, notice_id: UUID, person: UUID) -> HttpResponse:
    counter = at_counter(request)
    if counter.visit is None:
        request.session[RETURN_TO] = reverse("residents:commissioner_notice", args=[notice_id])
        return to_visit(request)
    try:
        filing = commissioner.confirm(counter.actor, counter.visit, notice_id, person)
    except CannotDo as refused:
        return go(request, "commissioner_notice", notice_id, say=refused.message, level="error")
    return go(request, "filing", filing.public_id, say="長官通知の内容を写しました。確かめて仮登録してください。", level="info")


@require_POST
def aside(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """保留にする, 対象なしとする, 確認待ちに戻す: with the reason."""
    audit.require(at_counter(request).actor, Permission.FILING_ENTER)
    state = ASIDE.get(request.POST.get("do", ""))
    if state is None:
        raise BadRequest("nothing to do")
    try:
        commissioner.put_commissioner_notice_aside(at_counter(request).actor, notice_id, state, request.POST.get("reason", ""))
    except CannotDo as refused:
        return go(request, "commissioner_notice", notice_id, say=refused.message, level="error")
    return go(request, "commissioner", say=f"「{state.label}」にしました。")


ROUTES = [
    path("commissioner/", notices, name="commissioner"),
    path("commissioner/<uuid:notice_id>/", notice, name="commissioner_notice"),
    path("commissioner/<uuid:notice_id>/take/", take, name="commissioner_take"),
    path("commissioner/<uuid:notice_id>/confirm/", confirm, name="commissioner_confirm"),
    path("commissioner/<uuid:notice_id>/picked/", picked, name="commissioner_picked"),
    path("commissioner/<uuid:notice_id>/aside/", aside, name="commissioner_aside"),
]
