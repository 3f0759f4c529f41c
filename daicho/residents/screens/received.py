"""受信箱 — what others told of the residents: one list of all kinds, one notice beside the register, and the 異動 that it asks for. domain §4.2, §9; std 4.1.3.1, 4.2.0.3."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit
from daicho.certificates.papers import PAPER_NAMES
from daicho.residents.commands import receiving, receiving_moving
from daicho.residents.errors import CannotDo
from daicho.residents.models import ReceivedNotice
from daicho.residents.models.received import ReceivedKind, ReceivedState
from daicho.residents.permissions import Permission
from daicho.residents.queries.received import PAGE, SHELVES, get_received, is_under_way, list_received, undone_counts
from daicho.residents.rules.received.family_register import MATTERS as REGISTER_MATTERS
from daicho.residents.rules.received.moving import MATTERS as MOVING_MATTERS
from daicho.residents.rules.received.reading import Role
from daicho.residents.screens import picking
from daicho.residents.screens.answers import go, personal_page, to_visit
from daicho.residents.screens.counter import at_counter
from daicho.residents.screens.filing_form import picked_person
from daicho.residents.screens.for_visitor import RETURN_TO
from daicho.residents.screens.letters_out import OFFER
from daicho.residents.screens.picking import Picking
from daicho.residents.screens.received_words import BADGES, SHELF_WORDS, matched_of
from daicho.values.municipalities import municipality_name

_MATTERS = {**REGISTER_MATTERS, **MOVING_MATTERS}
ASIDE = {"hold": ReceivedState.HELD, "set_aside": ReceivedState.SET_ASIDE, "undo": ReceivedState.WAITING}
PASSED_ON = (ReceivedKind.FAMILY_REGISTER, ReceivedKind.ARTICLE_9_2, ReceivedKind.ARTICLE_19_2)
"""What can be sent on in writing to the municipality where its people live."""


@dataclass(frozen=True)
class Line:
    """One notice of the list: nobody is named."""

    row: ReceivedNotice
    matter: str
    sender: str
    badge: str
    under_way: str


@dataclass(frozen=True)
class Tab:
    """One choice of the list, by kind or by state."""

    label: str
    url: str
    count: int | None
    is_current: bool


@require_GET
def received(request: HttpRequest) -> HttpResponse:
    """Of one kind or all; what is still to be done, oldest first, or what was done, newest first. Two statements of its own."""
    counter = at_counter(request)
    kind, shelf = request.GET.get("kind", ""), request.GET.get("state", "undone")
    if kind not in ("", *ReceivedKind) or shelf not in SHELVES:
        raise BadRequest("no such list")
    rows, counts = list_received(counter.actor, kind=kind, shelf=shelf), undone_counts(counter.actor)
    context = {
        "lines": [_line(row) for row in rows[:PAGE]],
        "more": len(rows) > PAGE,
        "kind_ja": ReceivedKind(kind).label if kind else "",
        "shelf": shelf,
        "shelf_ja": SHELF_WORDS[shelf],
        "of_kind": [Tab("すべて", _list_url("", shelf), sum(counts.values()), not kind)]
        + [Tab(str(one.label), _list_url(one, shelf), counts.get(one, 0), kind == one) for one in ReceivedKind],
        "of_state": [Tab(word, _list_url(kind, one), None, shelf == one) for one, word in SHELF_WORDS.items()],
        **OFFER,
        "is_error_list": shelf == "undone" and kind == ReceivedKind.MOVE_IN,
    }
    return render(request, "residents/received.html", context)


def _list_url(kind: str, shelf: str) -> str:
    return f"{reverse('residents:received')}?kind={kind}&state={shelf}"


def _line(row: ReceivedNotice) -> Line:
    under_way = f"届出番号{row.filing.filing_no}で入力中" if row.filing is not None and is_under_way(row) else ""
    return Line(row, _matter(row), _sender(row), BADGES[row.state], under_way)


def _matter(row: ReceivedNotice) -> str:
    """婚姻, 転出届 …; "" for a kind that has but one."""
    known = _MATTERS.get(row.matter)
    return known[0] if known else row.matter


def _sender(row: ReceivedNotice) -> str:
    if row.kind in (ReceivedKind.MOVING, ReceivedKind.MOVING_WITHDRAWAL):
        return "マイナポータル"
    return "本市の戸籍" if row.sender_code == settings.INSTALLATION.municipality_code else municipality_name(row.sender_code)


@require_GET
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """One notice: what it says beside what the register says, why it waits, and what can be done."""
    counter = at_counter(request)
    found = get_received(counter.actor, notice_id)
    definition = receiving.find_event(found.reading) if found.reading else None
    why = found.row.why.split("\n") if found.row.why and found.is_undone else []
    if found.application is not None or found.reading is None:
        hindrance = receiving_moving.hindrance(found.application)
        why = [hindrance] if hindrance and found.is_undone else []
    roles = [one.named.role for one in found.people]
    context = {
        "row": found.row,
        "badge_kind": BADGES[found.row.state],
        "sender": _sender(found.row),
        "matter": _matter(found.row),
        "said": found.reading.said if found.reading else (),
        "people": [matched_of(place, one, roles.count(one.named.role)) for place, one in enumerate(found.people)],
        "why": why,
        "found": found,
        "event_ja": definition.ja if definition else "",
        "newcomers_only": all(role is Role.NEWCOMER for role in roles),
        "to_filing": _filing_url(found.row),
        "application": found.application,
        "to_application": _filing_url(found.application) if found.application else "",
        "to_cancel": reverse("residents:history_cancel", args=found.cancels) if found.cancels and found.is_undone else "",
        "is_withdrawal": found.row.kind == ReceivedKind.MOVING_WITHDRAWAL,
        "tells_applicant": found.row.kind == ReceivedKind.MOVING,
        "may_pass_on": found.row.kind in PASSED_ON and any(one.people for one in found.people),
        "letters": found.letters,
        "kinds": PAPER_NAMES,
        **OFFER,
    }
    return personal_page(request, "residents/received_notice.html", context)


def _filing_url(row: ReceivedNotice) -> str:
    if row.filing is None or row.filing.state == "withdrawn":
        return ""
    return reverse("residents:filing_result" if row.filing.state == "registered" else "residents:filing", args=[row.filing.public_id])


@require_POST
def accept(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """異動の入力を始める: of those whom the clerk chose among those it may be about, or of one found in the search."""
    audit.require(at_counter(request).actor, Permission.FILING_ENTER)
    chosen = _chosen(request)
    if "search" in request.POST or not (chosen or "newcomers" in request.POST):
        place = request.POST.get("search", "")
        at = int(place) if place.isascii() and place.isdigit() and len(place) < 3 else 0
        here = reverse("residents:received_notice", args=[notice_id])
        return picking.begin(request, Picking("通知の対象者", reverse("residents:received_picked", args=[notice_id, at]), here))
    return _begun(request, notice_id, chosen)


def _chosen(request: HttpRequest) -> dict[int, UUID]:
    """`person-<place>` → public id; none is an answer too."""
    try:
        return {int(name.removeprefix("person-")): UUID(text) for name, text in request.POST.items() if name.startswith("person-") and text}
    except ValueError:
        raise BadRequest("not a person") from None


@require_POST
def picked(request: HttpRequest, notice_id: UUID, place: int) -> HttpResponse:
    """The person chosen in the search is the one whom the notice means; of the others those who are known for sure."""
    counter = at_counter(request)
    audit.require(counter.actor, Permission.FILING_ENTER)
    picking.end(request)
    person = picked_person(request)
    people = get_received(counter.actor, notice_id).people
    chosen = {at: UUID(sure.public_id) for at, one in enumerate(people) if (sure := one.surely)}
    return _begun(request, notice_id, {**chosen, place: person})


def _begun(request: HttpRequest, notice_id: UUID, chosen: dict[int, UUID]) -> HttpResponse:
    counter = at_counter(request)
    try:
        if counter.visit is None and receiving.needs_visitor(notice_id):
            request.session[RETURN_TO] = reverse("residents:received_notice", args=[notice_id])
            return to_visit(request)
        filing = receiving.begin(counter.actor, counter.visit, notice_id, chosen)
    except CannotDo as refused:
        return go(request, "received_notice", notice_id, say=refused.message, level="error")
    return go(request, "filing", filing.public_id, say="届いた内容を写しました。確かめて仮登録してください。", level="info")


@require_POST
def aside(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """保留にする, 対象なしとする, 未処理に戻す: with the reason."""
    counter = at_counter(request)
    audit.require(counter.actor, Permission.FILING_ENTER)
    state = ASIDE.get(request.POST.get("do", ""))
    if state is None:
        raise BadRequest("nothing to do")
    try:
        receiving.put_aside(counter.actor, notice_id, state, request.POST.get("reason", ""))
    except CannotDo as refused:
        return go(request, "received_notice", notice_id, say=refused.message, level="error")
    return go(request, "received", say=f"「{state.label}」にしました。")


@require_POST
def withdrawn(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """取消しを完了する: the clerk has taken back what was begun."""
    counter = at_counter(request)
    audit.require(counter.actor, Permission.FILING_ENTER)
    try:
        receiving_moving.finish_withdrawal(counter.actor, notice_id)
    except CannotDo as refused:
        return go(request, "received_notice", notice_id, say=refused.message, level="error")
    return go(request, "received", say="申請を取り消し、申請者に知らせました。")


ROUTES = [
    path("received/", received, name="received"),
    path("received/<uuid:notice_id>/", notice, name="received_notice"),
    path("received/<uuid:notice_id>/accept/", accept, name="received_accept"),
    path("received/<uuid:notice_id>/picked/<int:place>/", picked, name="received_picked"),
    path("received/<uuid:notice_id>/aside/", aside, name="received_aside"),
    path("received/<uuid:notice_id>/withdrawn/", withdrawn, name="received_withdrawn"),
]
