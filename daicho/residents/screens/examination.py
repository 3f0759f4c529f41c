"""照合・審査 — the paper beside every 住民票 it changes, before and after; then 本登録, and what came of it. F-1-02; N-4.0.8-*, N-4.0.9-01."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import city, clock
from daicho.audit.actor import Actor
from daicho.outbox.screens import BADGES as BADGES_OF_NOTICES
from daicho.residents.commands import filings
from daicho.residents.commands.examining import WAITING, preview, reveal_numbers
from daicho.residents.commands.registering import examine_and_register, register
from daicho.residents.commands.typed import numbers_of
from daicho.residents.errors import CannotDo, HasProblems
from daicho.residents.models import CivilEvent, Filing
from daicho.residents.permissions import Permission
from daicho.residents.queries.cancelled import find_event
from daicho.residents.queries.results import Result, result
from daicho.residents.queries.waiting import filing_row
from daicho.residents.rules.basis import filed_label
from daicho.residents.rules.definitions import Basis
from daicho.residents.rules.follow_ups import Occasion, Procedure, Touched, follow_ups
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.problems import code_of
from daicho.residents.rules.visits import DOCUMENT_WORDS, IDENTITY_WORDS, STANDINGS
from daicho.residents.rules.vocabulary import word
from daicho.residents.screens import card_move_in
from daicho.residents.screens.answers import go, personal_page
from daicho.residents.screens.counter import at_counter, on_visit, show_visit
from daicho.residents.screens.event_letters import AT_ONCE, letter_rows
from daicho.residents.screens.headless import left_behind
from daicho.residents.screens.letters_out import OFFER
from daicho.residents.screens.move_out_paper import comes_with_paper, papers_of
from daicho.residents.screens.paper import PaperField, facts_of, paper_of, sheets_of
from daicho.residents.screens.problems import entry_of, finding_of
from daicho.residents.screens.standing import standing_of
from daicho.residents.screens.waiting import BADGES
from daicho.residents.screens.words import DESTINATIONS, NOTICE_KINDS
from daicho.staff.queries import actor_of


@dataclass(frozen=True)
class Rights:
    """What this officer may do with this filing now; `why_not` says why they may not examine it."""

    examine: bool
    register: bool
    send_back: bool
    mend: bool
    withdraw: bool
    why_not: str = ""


def _rights(actor: Actor, row: Filing) -> Rights:
    mine, state = row.entered_by_id_no == actor.account_id, row.state
    examines, registers, enters = (actor.may(p) for p in (Permission.FILING_EXAMINE, Permission.FILING_REGISTER, Permission.FILING_ENTER))
    waits = state in ("entered", "examined")
    return Rights(
        examine=examines and not mine and state == "entered",
        register=registers and not mine and state == "examined",
        send_back=examines and not mine and waits,
        mend=mine and enters and state == "entered",
        withdraw=enters and state in WAITING,
        why_not="自分が入力した届出です。照合・審査は、ほかの職員が行います。" if mine and waits and examines else "",
    )


def _opened(request: HttpRequest, filing_id: UUID) -> tuple[Actor, Filing]:
    actor = actor_of(request)
    row = filing_row(actor, filing_id)
    return on_visit(actor, row.visit), row


@require_GET
def examination(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """One filing as it would go into the register. An examiner who opens it is named in the live list from now on."""
    actor, row = _opened(request, filing_id)
    if row.state == "registered":
        return go(request, "filing_result", filing_id)
    rights = _rights(actor, row)
    if rights.examine or rights.register:
        filings.look_at(actor, filing_id)
    if row.entered_by_id_no == actor.account_id:
        show_visit(request, row.visit)
    return personal_page(
        request, "residents/examination.html", {**_about(row), **_seen(actor, row), "rights": rights, "may_open": actor.may(Permission.VISIT_OPEN)}
    )


def _seen(actor: Actor, row: Filing) -> dict[str, object]:
    """The paper and the sheets. A filing that waits no more shows neither."""
    shown = preview(actor, row)
    if shown is None:
        return {"paper": (), "sheets": (), "problems": (), "seen": "", "new_once": None, "has_numbers": False, "may_reveal": False, "card": None}
    definition = filings.law_of(row)
    return {
        "paper": (*_cancelled(row), *paper_of(definition, shown.form)),
        "sheets": sheets_of(shown.outcomes),
        **OFFER,
        "problems": [finding_of(problem) for problem in shown.problems],
        "seen": filings.seen_mark(row),
        "has_numbers": any(m.texts.get(name) for m in shown.form.members for name in numbers_of(definition)),
        "may_reveal": actor.may(Permission.NUMBER_REVEAL),
        "card": card_move_in.beside(actor, row, shown.form),
    }


def _cancelled(row: Filing) -> tuple[tuple[str, tuple[PaperField, ...]], ...]:
    facts = facts_of(find_event(row.cancels_id_no))
    return (("取り消す異動", facts),) if facts else ()


def _about(row: Filing) -> dict[str, object]:
    """Who filed what, and how they were identified."""
    visit = row.visit
    return {
        "row": row,
        "visit": visit,
        "definition": filings.law_of(row),
        "state_badge": BADGES[row.state],
        "standing": word(STANDINGS, visit.standing),
        "identity_check": word(IDENTITY_WORDS, visit.identity_check),
        "documents": [word(DOCUMENT_WORDS, code) for code in visit.identity_documents],
        "overrides": [(entry_of(code_of(key)), override) for key, override in row.overrides.items()],
    }


@require_POST
def numbers(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """The numbers as typed, beside the paper."""
    actor, row = _opened(request, filing_id)
    definition, form = filings.law_of(row), reveal_numbers(actor, row)
    labels = {f.name: f.label for f in definition.member_fields if f.name in numbers_of(definition)}
    people = [(i, m.texts.get("name_kanji") or m.texts.get("foreign_name_alphabet", ""), [(labels[n], m.texts.get(n, "")) for n in labels])
              for i, m in enumerate(form.members, 1)]  # fmt: skip
    return render(request, "residents/numbers_panel.html", {"people": people})


@require_POST
def examine(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """照合済みにする; with `do=register` 照合して本登録."""
    actor, row = _opened(request, filing_id)
    seen = request.POST.get("seen", "")
    if request.POST.get("do") == "register":
        return _registered(request, row, lambda: examine_and_register(actor, filing_id, seen))
    try:
        filings.examine(actor, filing_id, seen)
    except CannotDo as refused:
        return go(request, "examination", filing_id, say=refused.message, level="error")
    return go(request, "examination", filing_id, say="照合済みにしました。続けて本登録できます。")


@require_POST
def register_one(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """本登録 of an examined filing."""
    actor, row = _opened(request, filing_id)
    return _registered(request, row, lambda: register(actor, filing_id))


def _registered(request: HttpRequest, row: Filing, command: Callable[[], object]) -> HttpResponse:
    try:
        command()
    except HasProblems as refused:
        return go(request, "examination", row.public_id, say=f"本登録していません。{refused.message}下の内容を確かめ、差し戻してください。", level="error")
    except CannotDo as refused:
        return go(request, "examination", row.public_id, say=refused.message, level="error")
    return go(request, "filing_result", row.public_id, fragment="?registered=now" if comes_with_paper(row) else "")


@require_POST
def send_back(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """差戻し, with its reason."""
    actor, row = _opened(request, filing_id)
    try:
        filings.send_back(actor, filing_id, request.POST.get("reason", ""))
    except CannotDo as refused:
        return go(request, "examination", filing_id, say=refused.message, level="error")
    return go(request, "waiting", say=f"届出番号{row.filing_no}を{row.entered_by}に差し戻しました。")


@require_GET
def filing_result(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """What 本登録 did: whom it changed, who was told what and whether it arrived; and where to go from here."""
    actor, row = _opened(request, filing_id)
    if row.state != "registered":
        return go(request, "examination", filing_id)
    at_counter(request)
    if row.event_id_no is None:  # what 機構 was asked for has not come yet
        return render(request, "residents/filing_asked.html", _about(row))
    done = result(actor, row)
    notices = done.notices if done.notices is None else [
        (n, NOTICE_KINDS.get(n.kind, n.kind), DESTINATIONS.get(n.destination, n.destination), BADGES_OF_NOTICES[n.state]) for n in done.notices
    ]  # fmt: skip
    people = [(one, shown_name(one.entries) or "（氏名空欄）", standing_of(one.entries, clock.today())) for one in done.people]
    may = {name.name.lower(): actor.may(name) for name in (Permission.CERTIFICATE_ISSUE, Permission.VISIT_OPEN, Permission.FILING_ENTER)}
    event = {"event": done.event, "filed_label": _filed_label(row, done.event), "is_told": filings.law_of(row).lacks_filing(Basis(done.event.basis))}
    papers = papers_of(on_visit(actor, row.visit), row, done, just_registered=request.GET.get("registered") == "now")
    by_me_now = row.examined_by_id_no == actor.account_id and clock.now() - done.event.recorded_at <= AT_ONCE
    papers |= {"letters": letter_rows(done.letters, just_registered=by_me_now), "protects": done.letters.cases.protects}
    context = {
        **_about(row),
        **OFFER,
        "may": may,
        **left_behind(done),
        **event,
        **papers,
        "people": people,
        "procedures": _procedures(done),
        "notices": notices,
    }
    return personal_page(request, "residents/filing_result.html", context)


def _procedures(done: Result) -> tuple[Procedure, ...]:
    """関連手続案内. One query."""
    on = clock.today()
    lists = city.settings_on(Occasion, on)
    return follow_ups(done.event.code, [Touched(one.atena_no, one.entries, one.asserted, one.opened) for one in done.people], lists, on)


def _filed_label(row: Filing, event: CivilEvent) -> str:
    """届出日, or what stands in its place (N-4.2.0.4-03, N-4.2.0.5-04); "" of what has none."""
    field = filings.law_of(row).all_fields().get("filed_on")
    return filed_label(field, Basis(event.basis)) if field and event.filed_on else ""


ROUTES = [
    path("filings/<uuid:filing_id>/examination/", examination, name="examination"),
    path("filings/<uuid:filing_id>/numbers/", numbers, name="filing_numbers"),
    path("filings/<uuid:filing_id>/examine/", examine, name="filing_examine"),
    path("filings/<uuid:filing_id>/register/", register_one, name="filing_register"),
    path("filings/<uuid:filing_id>/send-back/", send_back, name="filing_send_back"),
    path("filings/<uuid:filing_id>/result/", filing_result, name="filing_result"),
]
