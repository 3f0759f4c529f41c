"""世帯主のいない世帯 — to make somebody 世帯主 ex officio or to leave it to the household, and whom the city asks to file (対象者リスト). std 4.0.4, 4.0.5."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, clock
from daicho.certificates.papers import PAPER_NAMES
from daicho.residents.commands import filings
from daicho.residents.commands.event_letters import letter_case, request_head
from daicho.residents.commands.head_letters import leave_without_head
from daicho.residents.commands.typed import TypedForm, TypedPerson, defaults_of
from daicho.residents.errors import CannotDo
from daicho.residents.permissions import Permission
from daicho.residents.queries.headless import RECENT, Listed, get_headless, list_headless, writes_letters
from daicho.residents.queries.letters_put_out import letters_of
from daicho.residents.queries.results import Result
from daicho.residents.rules.events import event_ja
from daicho.residents.rules.events.head_ex_officio import HEAD_EX_OFFICIO
from daicho.residents.rules.fold import is_open
from daicho.residents.rules.household_law import HEAD
from daicho.residents.rules.identity_info import address_in_full
from daicho.residents.rules.letters_of_events.occasion import Wrote
from daicho.residents.rules.mailing_name import mailing_name
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.situation import RecordedEvent
from daicho.residents.screens.answers import go, personal_page, to_visit
from daicho.residents.screens.counter import at_counter
from daicho.residents.screens.for_visitor import RETURN_TO
from daicho.residents.screens.letters_out import OFFER, answer_letters
from daicho.residents.screens.new_head import proposed_in, with_proposals

_HAS_HEAD = "この世帯には、いま世帯主がいます。"
_UNUSED = "世帯主のいない世帯の処理は、市の設定により使っていません。"
UNNAMED = "（氏名空欄）"


def left_behind(done: Result) -> dict[str, object]:
    """What the page of a result says of 世帯主: households left without, a 転出 of one to come, to whom 世帯主変更通知書 goes. At most one statement."""
    today = clock.today()
    here = [one for one in done.people if is_open(one.entries, today)]
    without: dict[str, Wrote] = {}
    for one in here:
        if one.entries.householder_name is None and one.entries.relationship != HEAD and one.entries.household_no:
            without.setdefault(one.entries.household_no, one)
    leaving = any(one.entries.relationship == HEAD and one.entries.closed_on for one in here)
    shows = bool(without or leaving or done.told_of_head) and writes_letters()
    return {
        "headless": list(without.values()) if shows else [],
        "leaving_head": leaving and shows,
        "told_of_head": [shown_name(one.entries) or UNNAMED for one in done.told_of_head] if shows else [],
    }


@require_GET
def households(request: HttpRequest) -> HttpResponse:
    """Every household without a 世帯主: to be decided, or asked to file (対象者リスト, N-4.0.5-04); and what was decided ex officio of late."""
    counter = at_counter(request)
    audit.require(counter.actor, Permission.FILING_ENTER)
    if not writes_letters():
        return go(request, "filing_menu", say=_UNUSED, level="info")
    found = list_headless(counter.actor)
    context = {
        "undecided": [_line(one) for one in found.undecided],
        "asked": [_line(one) for one in found.asked],
        "told": [(one, mailing_name(one.addressee.entries) or UNNAMED) for one in found.told],
        "days": RECENT.days,
        "more": found.more,
        "letters_out": letters_of([letter_case(one.letter) for one in found.asked if one.letter]),
        "case_of": letter_case,
        "kinds": PAPER_NAMES,
        **OFFER,
    }
    return personal_page(request, "residents/headless.html", context)


def _line(one: Listed) -> dict[str, object]:
    entries = one.addressee.entries
    return {
        "one": one,
        "name": shown_name(entries) or UNNAMED,
        "address": address_in_full(entries.address, entries.address_building),
        "gone": f"{_called(one.gone)}（{one.gone.effective_on.wareki()}）",
    }


def _called(event: RecordedEvent) -> str:
    """As the menu calls it; what came by migration by its 事由 of std 1.2.2."""
    return name if (name := event_ja(event.code)) != event.code else event.standard_code


@require_GET
def household(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One household and the choice: 職権で定める, 定めない (N-4.0.5-01)."""
    counter = at_counter(request)
    audit.require(counter.actor, Permission.FILING_ENTER)
    if not writes_letters():
        return go(request, "filing_menu", say=_UNUSED, level="info")
    found = get_headless(counter.actor, public_id)
    if found is None:
        return go(request, "headless", say=_HAS_HEAD, level="info")
    members = [(m, shown_name(m.entries) or UNNAMED) for m in found.members]
    return personal_page(request, "residents/headless_household.html", {"line": _line(found), "members": members, "visit": counter.visit})


@require_POST
def leave(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """定めない."""
    try:
        leave_without_head(at_counter(request).actor, public_id)
    except CannotDo as refused:
        return go(request, "headless", say=refused.message, level="error")
    return go(request, "headless", say="職権では定めないことにしました。世帯主変更依頼通知書の対象者リストに載せました。")


@require_POST
def ask_for_head(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """世帯主変更依頼通知書 of a household that was left without (N-4.0.5-03)."""
    actor, confirmed = at_counter(request).actor, request.POST.get("confirmed", "")
    audit.require(actor, Permission.FILING_ENTER, (public_id,))
    return answer_letters(request, lambda click: request_head(actor, public_id, click, confirmed), ("headless",), "head_requested.pdf")


@require_POST
def appoint(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """職権で定める: the form of 世帯主変更（職権） with everybody of the household and the 続柄 proposed for the one chosen."""
    counter = at_counter(request)
    audit.require(counter.actor, HEAD_EX_OFFICIO.permission)
    if counter.visit is None:
        request.session[RETURN_TO] = reverse("residents:headless_household", args=[public_id])
        return to_visit(request)
    found = get_headless(counter.actor, public_id)
    if found is None:
        return go(request, "headless", say=_HAS_HEAD, level="info")
    head = next((m.public_id for m in found.members if m.public_id == request.POST.get("head")), None)
    if head is None:
        return go(request, "headless_household", public_id, say="世帯主とする人が選ばれていません。1人選んでください。", level="warning")
    form = TypedForm(defaults_of(HEAD_EX_OFFICIO.fields), tuple(TypedPerson(m.public_id, {}) for m in found.members))
    row = filings.start(counter.actor, counter.visit, HEAD_EX_OFFICIO.code, with_proposals(form, proposed_in(found.members, head)))
    return HttpResponseRedirect(reverse("residents:filing", args=[row.public_id]))


ROUTES = [
    path("headless/", households, name="headless"),
    path("headless/<uuid:public_id>/", household, name="headless_household"),
    path("headless/<uuid:public_id>/leave/", leave, name="headless_leave"),
    path("headless/<uuid:public_id>/appoint/", appoint, name="headless_appoint"),
    path("headless/<uuid:public_id>/letter/", ask_for_head, name="headless_letter"),
]
