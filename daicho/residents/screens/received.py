"""転入通知 — what other municipalities told, one notice beside the register, 受理 by a clerk, and of whom none has come. 法9条1項; std 4.1.3.1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, clock
from daicho.contracts.move_in_received_v1 import MoveInReceivedV1
from daicho.residents.commands import receiving
from daicho.residents.errors import CannotDo
from daicho.residents.models import ReceivedMoveIn
from daicho.residents.models.received import ReceivedState
from daicho.residents.permissions import Permission
from daicho.residents.queries.persons import SheetView
from daicho.residents.queries.received import ENDED, Received, get_received, list_received, missing_notices
from daicho.residents.rules.identity_info import address_in_full
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.vocabulary import SEXES, word
from daicho.residents.screens import picking
from daicho.residents.screens.answers import go, personal_page, to_visit
from daicho.residents.screens.counter import at_counter
from daicho.residents.screens.entry_words import entry_text
from daicho.residents.screens.filing_form import picked_person
from daicho.residents.screens.for_visitor import RETURN_TO
from daicho.residents.screens.picking import Picking
from daicho.residents.screens.standing import standing_of
from daicho.staff.queries import actor_of
from daicho.ui.dates import wareki_text
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width
from daicho.values.dates import BadDate, JapaneseDate
from daicho.values.municipalities import municipality_name

BADGES = {"waiting": "waiting", "held": "warning", "accepted": "success", "repeated": "neutral", "set_aside": "neutral", "superseded": "neutral"}
ASIDE = {"hold": ReceivedState.HELD, "set_aside": ReceivedState.SET_ASIDE, "undo": ReceivedState.WAITING}
A_YEAR = timedelta(days=365)
PERIOD = (
    FieldSpec("first", "消除日（から）", Kind.DATE, required=True, width=Width.MEDIUM),
    FieldSpec("last", "消除日（まで）", Kind.DATE, required=True, width=Width.MEDIUM),
    FieldSpec("ex_officio", "職権消除した人も", Kind.CHECKBOXES, choices=(Choice("yes", "職権で消除した人も載せる"),)),
)


@dataclass(frozen=True)
class Line:
    """One notice of the list: nobody is named."""

    row: ReceivedMoveIn
    sender: str
    badge: str
    under_way: str


@dataclass(frozen=True)
class Compared:
    """One item as the notice says it and as the register does."""

    label: str
    told: str
    kept: str
    is_name: bool

    @property
    def differs(self) -> bool:
        return bool(self.kept) and "".join(self.told.split()) != "".join(self.kept.split())


@require_GET
def received(request: HttpRequest) -> HttpResponse:
    """What is still to be done, oldest first; with `all` whatever came, newest first. One statement of its own."""
    counter = at_counter(request)
    everything = "all" in request.GET
    lines = [_line(row) for row in list_received(counter.actor, all_states=everything)]
    return render(request, "residents/received.html", {"lines": lines, "everything": everything})


def _line(row: ReceivedMoveIn) -> Line:
    under_way = f"届出番号{row.filing.filing_no}で入力中" if row.filing is not None and row.filing.state not in ENDED else ""
    return Line(row, municipality_name(row.from_municipality_code), BADGES[row.state], under_way)


@require_GET
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """One notice: what it says beside what the register says, why it waits, and what can be done."""
    counter = at_counter(request)
    found = get_received(counter.actor, notice_id)
    sheets = [(sheet, standing_of(sheet.entries, clock.today())) for sheet in found.sheets]
    context = {
        "row": found.row,
        "badge_kind": BADGES[found.row.state],
        "sender": municipality_name(found.row.from_municipality_code),
        "compared": _compared(found.message, found.sheets),
        "why": found.row.why.split("\n") if found.row.why and found.is_undone else [],
        "sheets": sheets,
        "name": (shown_name(found.sheets[0].entries) or "（氏名空欄）") if found.sheets else "",
        "found": found,
        "to_filing": _filing_url(found),
    }
    return personal_page(request, "residents/received_notice.html", context)


def _filing_url(found: Received) -> str:
    filing = found.row.filing
    if filing is None or filing.state == "withdrawn":
        return ""
    return reverse("residents:filing_result" if filing.state == "registered" else "residents:filing", args=[filing.public_id])


def _compared(message: MoveInReceivedV1, sheets: tuple[SheetView, ...]) -> list[Compared]:
    """The newest sheet beside the notice; of nobody known the notice alone."""
    entries = sheets[0].entries if sheets else None
    kept: Mapping[str, str] = {} if entries is None else {
        "name": shown_name(entries) or "", "kana": entries.name_kana or entries.foreign_name_katakana or "", "birth": entry_text("birth_date", entries),
        "sex": entry_text("sex_code", entries), "address": address_in_full(entries.address, entries.address_building),
        "moved": entry_text("planned_move_out_date", entries),
        "to": address_in_full(entries.planned_move_out_address, entries.planned_move_out_building),
    }  # fmt: skip
    told = (
        ("氏名", message.name_kanji, "name", True),
        ("ふりがな", message.name_furigana or "", "kana", False),
        ("生年月日", _birth_text(message.birth_date_juki), "birth", False),
        ("性別", word(SEXES, message.sex_code), "sex", False),
        ("転入前の住所／本市の住所", message.former_address, "address", True),
        ("転入年月日／転出予定年月日", wareki_text(message.move_in_date), "moved", False),
        ("転入後の住所／転出予定地", message.new_address, "to", True),
    )
    return [Compared(label, text, kept.get(name, ""), is_name) for label, text, name, is_name in told]


def _birth_text(digits: str) -> str:
    """The eight digits in 和暦 where they are a day; as they came otherwise, where a part is unknown (0) or in a table of the sender's."""
    try:
        return JapaneseDate.of(date.fromisoformat(digits)).in_era.wareki()
    except ValueError:
        return f"不詳を含む（{digits}）"


@require_POST
def accept(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """受理の入力を始める: of the person whom the code names, or of one found in the search."""
    found = get_received(actor_of(request), notice_id)
    if "search" in request.POST or not found.sheets:
        here = reverse("residents:received_notice", args=[notice_id])
        return picking.begin(request, Picking("転入通知の対象者", reverse("residents:received_picked", args=[notice_id]), here))
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
        request.session[RETURN_TO] = reverse("residents:received_notice", args=[notice_id])
        return to_visit(request)
    try:
        filing = receiving.begin_acceptance(counter.actor, counter.visit, notice_id, person)
    except CannotDo as refused:
        return go(request, "received_notice", notice_id, say=refused.message, level="error")
    return go(request, "filing", filing.public_id, say="転入通知の内容を写しました。確かめて仮登録してください。", level="info")


@require_POST
def aside(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """保留にする, 対象なしとする, 未処理に戻す: with the reason."""
    audit.require(at_counter(request).actor, Permission.FILING_ENTER)
    state = ASIDE.get(request.POST.get("do", ""))
    if state is None:
        raise BadRequest("nothing to do")
    try:
        receiving.put_aside(at_counter(request).actor, notice_id, state, request.POST.get("reason", ""))
    except CannotDo as refused:
        return go(request, "received_notice", notice_id, say=refused.message, level="error")
    return go(request, "received", say=f"「{state.label}」にしました。")


@require_GET
def missing(request: HttpRequest) -> HttpResponse:
    """未着者: for which days. The last year at first."""
    today = clock.today()
    audit.require(at_counter(request).actor, Permission.FILING_ENTER)
    form = BoundForm(PERIOD, {"first": wareki_text(today - A_YEAR), "last": wareki_text(today)})
    return render(request, "residents/missing.html", {"form": form, "people": None})


@require_POST
def missing_found(request: HttpRequest) -> HttpResponse:
    """Those removed in these days of whom no 転入通知 has come (N-4.1.3.1.4-02, -03)."""
    counter = at_counter(request)
    audit.require(counter.actor, Permission.FILING_ENTER)
    form = BoundForm(PERIOD, request.POST)
    first, last, problems = _period(form)
    if problems or first is None or last is None:
        return render(request, "residents/missing.html", {"form": form.with_problems(problems), "people": None}, status=422)
    found = missing_notices(counter.actor, first, last, ex_officio=bool(form.cleaned_values("ex_officio")))
    people = [(one, shown_name(one.sheet.entries) or "（氏名空欄）", standing_of(one.sheet.entries, clock.today())) for one in found.people]
    return personal_page(request, "residents/missing.html", {"form": form, "people": people, "more": found.more})


def _period(form: BoundForm) -> tuple[date | None, date | None, list[Problem]]:
    days: list[date | None] = []
    problems = []
    for name in ("first", "last"):
        try:
            days.append(JapaneseDate.parse(form.value(name)).certain())
        except (BadDate, ValueError):
            days.append(None)
            problems.append(Problem(name, "消除日を、暦にある年月日で入力してください。例　令和8年4月1日"))
    first, last = days
    if first is not None and last is not None and first > last:
        problems.append(Problem("last", "消除日の終わりが、始まりより前です。日付を確認してください。"))
    return first, last, problems


ROUTES = [
    path("received/", received, name="received"),
    path("received/missing/", missing, name="missing"),
    path("received/missing/found/", missing_found, name="missing_found"),
    path("received/<uuid:notice_id>/", notice, name="received_notice"),
    path("received/<uuid:notice_id>/accept/", accept, name="received_accept"),
    path("received/<uuid:notice_id>/picked/", picked, name="received_picked"),
    path("received/<uuid:notice_id>/aside/", aside, name="received_aside"),
]
