"""本人通知の通知書の画面 — which copies of a period are to be told of, by the three conditions; whose registration ends; and their letters. 標準8.1.1, 8.1.3; decision 0050."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, city, clock
from daicho.audit.actor import Actor
from daicho.certificates.letters.principal_notice import PRINCIPAL_NOTICE, PRINCIPAL_NOTICE_TO_APPLICANT
from daicho.certificates.papers import PAPER_NAMES
from daicho.residents.commands import principal_letters as commands
from daicho.residents.commands.handing_over import Click
from daicho.residents.commands.letters import Pile
from daicho.residents.permissions import Permission
from daicho.residents.queries.principal_notices import copies_to_tell, ending_registrations, policy_on
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.principal_notice import CONDITION_JA, Condition, standing_ja
from daicho.residents.screens.answers import personal_page
from daicho.residents.screens.counter import at_counter
from daicho.residents.screens.letters_out import OFFER, answer_letters
from daicho.residents.screens.support_form import read_day
from daicho.ui.dates import moment, wareki_text
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width

TO_PERSON, TO_APPLICANT = "person", "applicant"
COPIES = (
    FieldSpec("first", "交付の日（から）", Kind.DATE, required=True, width=Width.MEDIUM),
    FieldSpec("last", "交付の日（まで）", Kind.DATE, required=True, width=Width.MEDIUM),
    FieldSpec("condition", "出力条件", Kind.RADIO, required=True, choices=tuple(Choice(one, CONDITION_JA[one]) for one in Condition)),
    FieldSpec("to", "宛先", Kind.RADIO, required=True, choices=(Choice(TO_PERSON, "本人あて"), Choice(TO_APPLICANT, "申請者あて"))),
)
ENDINGS = (
    FieldSpec("first", "満了の日（から）", Kind.DATE, required=True, width=Width.MEDIUM),
    FieldSpec("last", "満了の日（まで）", Kind.DATE, required=True, width=Width.MEDIUM),
)


def _actor(request: HttpRequest) -> Actor:
    actor = at_counter(request).actor
    audit.require(actor, Permission.PRINCIPAL_NOTICE_MANAGE)
    return actor


@require_GET
def principal_letters(request: HttpRequest) -> HttpResponse:
    """For which days: of copies the last week, of registrations the city's days ahead. Nobody is named."""
    _actor(request)
    return render(request, "residents/principal_letters.html", {"copies": _copies_form(), "endings": _endings_form()})


def _copies_form() -> BoundForm:
    today = clock.today()
    first = wareki_text(today - timedelta(7))
    return BoundForm(COPIES, {"first": first, "last": wareki_text(today), "condition": Condition.REGISTERED_BY_OTHERS, "to": TO_PERSON})


def _endings_form() -> BoundForm:
    today = clock.today()
    days = int(city.setting("principal_notice_ending_days", today))
    return BoundForm(ENDINGS, {"first": wareki_text(today), "last": wareki_text(today + timedelta(days))})


def _days(form: BoundForm) -> tuple[BoundForm, date | None, date | None]:
    days, faults = [], []
    for name in ("first", "last"):
        day, fault = read_day(form.value(name))
        days.append(day)
        faults += [Problem(name, fault)] if fault else []
    first, last = days
    if first and last and first > last:
        faults.append(Problem("last", "終わりの日が、始まりの日より前です。日付を確認してください。"))
    return form.with_problems(faults), first, last


@require_POST
def principal_copies(request: HttpRequest) -> HttpResponse:
    """The copies of the period under the condition, with the letters that went out before (N-8.1.3-03); ticked is what was not yet told to this addressee."""
    actor = _actor(request)
    form, first, last = _days(BoundForm(COPIES, request.POST).with_missing())
    if form.has_errors or first is None or last is None:
        return render(request, "residents/principal_letters.html", {"copies": form, "endings": _endings_form()}, status=422)
    found = copies_to_tell(actor, first, last, Condition(form.value("condition")))
    as_own = policy_on(clock.today()).same_household
    letter = (PRINCIPAL_NOTICE_TO_APPLICANT if form.value("to") == TO_APPLICANT else PRINCIPAL_NOTICE).code
    lines = [
        (line, shown_name(line.person.entries) or "（氏名空欄）", moment(line.issue.issued_at), PAPER_NAMES.get(line.issue.kind, line.issue.kind), standing_ja(line.standing, as_own), found.before(line), any(one.kind == letter for one in found.before(line)), found.address_of(line))
        for line in found.lines
    ]  # fmt: skip
    context = {
        "copies": form, "endings": _endings_form(), "lines": lines, "more": found.more, "kinds": PAPER_NAMES, "to_applicant": form.value("to") == TO_APPLICANT,
        "asked": {name: form.value(name) for name in ("first", "last", "condition", "to")}, **OFFER,
    }  # fmt: skip
    return personal_page(request, "residents/principal_letters.html", context)


@require_POST
def principal_copies_out(request: HttpRequest) -> HttpResponse:
    """交付通知書 of the lines that were ticked (N-8.1.3-01, -02)."""
    actor = _actor(request)
    form, first, last = _days(BoundForm(COPIES, {name: request.POST.get(name, "") for name in ("first", "last", "condition", "to")}))
    if form.has_errors or first is None or last is None or form.value("condition") not in set(Condition):
        return render(request, "residents/principal_letters.html", {"copies": form, "endings": _endings_form()}, status=422)
    asked = commands.Asked(first, last, Condition(form.value("condition")), frozenset(request.POST.getlist("line")))
    addresses = {key: request.POST.get(f"address-{key}", "") for key in asked.keys}

    def make(click: Click) -> Pile:
        if form.value("to") == TO_APPLICANT:
            return commands.tell_the_applicants(actor, asked, addresses, click)
        return commands.tell_the_people(actor, asked, click)

    return answer_letters(request, make, ("principal_letters",), "principal-notice.pdf")


@require_POST
def principal_endings(request: HttpRequest) -> HttpResponse:
    """Whose registration ends in these days (N-8.1.1-02)."""
    actor = _actor(request)
    form, first, last = _days(BoundForm(ENDINGS, request.POST).with_missing())
    if form.has_errors or first is None or last is None:
        return render(request, "residents/principal_letters.html", {"copies": _copies_form(), "endings": form}, status=422)
    found = ending_registrations(actor, first, last)
    people = [(one, shown_name(one.person.entries) or "（氏名空欄）", list(found.told.get(one.case, ()))) for one in found.lines]
    asked = {name: form.value(name) for name in ("first", "last")}
    context = {"copies": _copies_form(), "endings": form, "people": people, "kinds": PAPER_NAMES, "asked": asked, **OFFER}
    return personal_page(request, "residents/principal_letters.html", context)


@require_POST
def principal_endings_out(request: HttpRequest) -> HttpResponse:
    """本人通知期間満了のお知らせ to those who were ticked."""
    actor = _actor(request)
    form, first, last = _days(BoundForm(ENDINGS, {name: request.POST.get(name, "") for name in ("first", "last")}))
    if form.has_errors or first is None or last is None:
        return render(request, "residents/principal_letters.html", {"copies": _copies_form(), "endings": form}, status=422)
    chosen = frozenset(request.POST.getlist("entry"))
    return answer_letters(request, lambda click: commands.tell_of_endings(actor, first, last, chosen, click), ("principal_letters",), "ending.pdf")


ROUTES = [
    path("principal-letters/", principal_letters, name="principal_letters"),
    path("principal-letters/copies/", principal_copies, name="principal_copies"),
    path("principal-letters/copies/out/", principal_copies_out, name="principal_copies_out"),
    path("principal-letters/endings/", principal_endings, name="principal_endings"),
    path("principal-letters/endings/out/", principal_endings_out, name="principal_endings_out"),
]
