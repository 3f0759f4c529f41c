"""転出証明書の画面 — the paper of those who left by one 転出: at the end of the filing, later on wish, and again as 再交付. 住民基本台帳法第22条第2項; std 4.1.3.0.3, 4.1.3.0.4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, city, clock
from daicho.audit.actor import Actor
from daicho.certificates.catalogue import certificate as definition_of
from daicho.certificates.move_out import IN_ITS_STEAD, IN_TIME
from daicho.residents.commands.filings import law_of
from daicho.residents.commands.handing_over import AlreadyIssued, Issued, NotToBeIssued
from daicho.residents.commands.move_out_paper import Wanted, issue_move_out
from daicho.residents.models import CertificateIssue, Filing, Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.certificates import COVERED
from daicho.residents.queries.move_out_paper import copies_of_cancelled
from daicho.residents.queries.move_out_preview import MoveOutPreview, preview_move_out
from daicho.residents.queries.results import Result
from daicho.residents.queries.waiting import filing_row
from daicho.residents.rules.birth import birth_text
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.on_move_out import is_leaving, left_specially
from daicho.residents.rules.vocabulary import MOVED_OUT, MOVED_OUT_SPECIALLY
from daicho.residents.screens.answers import go
from daicho.residents.screens.counter import Counter, on_visit
from daicho.residents.screens.for_visitor import for_visitor
from daicho.residents.screens.last_hop import PaperResponse, click_of
from daicho.residents.screens.search import kana_of
from daicho.residents.screens.warnings import short_blocks
from daicho.staff.queries import actor_of
from daicho.ui.dates import moment
from daicho.ui.forms import BoundForm, FieldSpec, Kind, Problem, Width

NO_NAME = "（氏名空欄）"
SPECS = (
    FieldSpec("people", "載せる人", Kind.CHECKBOXES),
    FieldSpec("reason", "再交付の申出の理由", width=Width.FULL, max_length=200, hint="例：紛失"),
    FieldSpec("confirmed", "抑止（アラート）を確認した内容", width=Width.FULL, max_length=200),
)
_BESIDE = ("csrfmiddlewaretoken", "once", "again")
Data = Mapping[str, str]


@dataclass(frozen=True)
class MemberRow:
    """One of those who left together, to be put on the paper or left off."""

    public_id: str
    name: str
    relationship: str
    birth: str
    is_on_it: bool
    marks: list[str]


@dataclass(frozen=True)
class CopyRow:
    """A copy that was issued of this 転出."""

    issue: CertificateIssue
    kind_ja: str
    issued: str
    is_reissue: bool
    disposals: tuple[str, ...]


@dataclass(frozen=True)
class Panel:
    """The paper as it is offered. `at_once`: it comes out by itself when this page is opened (N-4.1.3.0.3-01)."""

    person: str
    seen: MoveOutPreview
    form: BoundForm
    members: list[MemberRow]
    copies: list[CopyRow]
    reasons: list[tuple[str, str]]
    once: UUID
    at_once: bool = False

    @property
    def is_again(self) -> bool:
        return self.seen.found.first is not None

    @property
    def may_issue(self) -> bool:
        """What is only asked for below does not forbid it yet."""
        return not [key for key, _ in self.reasons if key not in ("reason", "confirmed")]

    @property
    def is_special(self) -> bool:
        return left_specially(self.seen.found.chosen.asked_for.entries)

    @property
    def is_in_its_stead(self) -> bool:
        return self.seen.found.code == IN_ITS_STEAD


def panel_of(seen: MoveOutPreview, person: UUID, data: Data, refused: tuple[tuple[str, str], ...] = (), *, at_once: bool = False) -> Panel:
    problems = [Problem(key, message) for key, message in refused if key in ("people", "reason", "confirmed")]
    form = BoundForm(SPECS, data).with_problems(problems)
    found = seen.found
    on_it = {row.person_id for row in found.chosen.people}
    members = [
        MemberRow(
            str(row.public_id), shown_name(row.entries) or NO_NAME, row.entries.relationship or "", birth_text(row.entries), row.person_id in on_it,
            short_blocks(found.chosen.blocks.get(row.person_id, ())),
        )
        for row in found.chosen.household
    ]  # fmt: skip
    reasons = list(dict.fromkeys([*refused, *seen.reasons]))
    comes = at_once and seen.found.code == IN_TIME and not (found.first or reasons or seen.alerts) and not left_specially(found.chosen.asked_for.entries)
    return Panel(str(person), seen, form, members, [copy_row(one) for one in found.copies], reasons, uuid4(), comes)


def copy_row(issue: CertificateIssue) -> CopyRow:
    kind_ja = definition_of(issue.kind, clock.jst(issue.issued_at).date()).ja
    disposals = tuple(f"{one.get_kind_display()}（{one.reason}）" for one in issue.disposals.all())
    return CopyRow(issue, kind_ja, moment(issue.issued_at), issue.replaces_id is not None, disposals)


# ---- at the end of the filing ----


def comes_with_paper(row: Filing) -> bool:
    """Whether a 転出証明書 may come out by itself when it was registered."""
    return IN_TIME in law_of(row).certificates


def papers_of(actor: Actor, row: Filing, done: Result, *, just_registered: bool) -> dict[str, object]:
    """For the page of a result: the paper of each household that leaves by it; of a 取消し, the copies to be called in. Of any other event nothing."""
    may_issue, may_dispose = actor.may(Permission.CERTIFICATE_ISSUE), actor.may(Permission.ISSUE_DISPOSE)
    return {
        "papers": _papers(actor, row, done, just_registered=just_registered) if may_issue else [],
        "called_in": _called_in(done) if may_issue or may_dispose else [],
        "covered": COVERED,
        "may_dispose": may_dispose,
    }


def _called_in(done: Result) -> list[CopyRow]:
    if done.event.cancels_id is None:
        return []
    return [copy_row(one) for one in copies_of_cancelled(done.event.cancels_id)]


def _papers(actor: Actor, row: Filing, done: Result, *, just_registered: bool) -> list[Panel]:
    if done.event.code not in (MOVED_OUT, MOVED_OUT_SPECIALLY):
        return []
    first_of_household: dict[str | None, UUID] = {}
    for one in done.people:
        if is_leaving(one.entries) and "planned_move_out_date" in one.asserted:
            first_of_household.setdefault(one.entries.household_no, UUID(one.public_id))
    at_once = just_registered and city.setting("move_out_certificate_at_once", clock.today()) == "at_once"
    return [panel_of(preview_move_out(actor, row.visit, person), person, {}, at_once=at_once) for person in first_of_household.values()]


@require_POST
def issue_of_filing(request: HttpRequest, filing_id: UUID, public_id: UUID) -> HttpResponse:
    """交付 from the page of the result, for the visitor who filed it."""
    actor = actor_of(request)
    row = filing_row(actor, filing_id)
    if row.state != "registered" or row.code not in (MOVED_OUT, MOVED_OUT_SPECIALLY):
        raise Http404
    try:
        issued = _issued(request, on_visit(actor, row.visit), row.visit, public_id)
    except ValueError:
        return HttpResponseBadRequest()
    except NotToBeIssued as refused:
        return go(request, "filing_result", filing_id, say="".join(message for _, message in refused.reasons), level="error")
    except AlreadyIssued as refused:
        return go(request, "filing_result", filing_id, say=refused.message, level="error")
    return PaperResponse(issued, public_id, filename="tenshutsu.pdf")


# ---- later, by itself ----


@require_GET
@audit.personal
@for_visitor(Permission.CERTIFICATE_ISSUE)
def move_out_paper(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """What would be issued of this person's 転出: the first copy, or 再交付."""
    return _page(request, counter, public_id, {}, None)


@require_POST
@audit.personal
@for_visitor(Permission.CERTIFICATE_ISSUE)
def look(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """The same with the people chosen now."""
    try:
        return _page(request, counter, public_id, request.POST, _people(request))
    except ValueError:
        return HttpResponseBadRequest()


@require_POST
@for_visitor(Permission.CERTIFICATE_ISSUE)
def issue(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """交付又は再交付: the PDF itself."""
    assert counter.visit is not None
    try:
        people = _people(request)
        issued = _issued(request, counter.actor, counter.visit, public_id)
    except ValueError:
        return HttpResponseBadRequest()
    except NotToBeIssued as refused:
        return _page(request, counter, public_id, request.POST, people, refused.reasons, status=422)
    except AlreadyIssued as refused:
        return _page(request, counter, public_id, request.POST, people, (("", refused.message),), status=409)
    return PaperResponse(issued, public_id, filename="tenshutsu.pdf")


def _issued(request: HttpRequest, actor: Actor, visit: Visit, person: UUID) -> Issued:
    """ValueError for what this form does not have."""
    once = UUID(request.POST.get("once", ""))
    again, reason, confirmed = (request.POST.get(name, "") for name in ("again", "reason", "confirmed"))
    wanted = Wanted(person, _people(request), again == "yes", reason[:200], confirmed[:200])
    return issue_move_out(actor, visit, wanted, click_of(request, once))


def _people(request: HttpRequest) -> frozenset[UUID] | None:
    """Who was chosen; None for all. ValueError for what is no id, or a field that the form does not have."""
    form = BoundForm(SPECS, request.POST)
    if form.unknown_names(_BESIDE):
        raise ValueError("a field that this form does not have")
    return frozenset(UUID(one) for one in form.cleaned_values("people")) or None


def _page(
    request: HttpRequest, counter: Counter, public_id: UUID, data: Data, people: frozenset[UUID] | None, refused: tuple[tuple[str, str], ...] = (), status: int = 200
) -> HttpResponse:  # fmt: skip
    assert counter.visit is not None
    seen = preview_move_out(counter.actor, counter.visit, public_id, people)
    entries = seen.found.chosen.asked_for.entries
    context = {
        "public_id": public_id,
        "paper": panel_of(seen, public_id, data, refused),
        "name": shown_name(entries) or NO_NAME,
        "kana": kana_of(entries),
        "covered": COVERED,
        "may_dispose": counter.actor.may(Permission.ISSUE_DISPOSE),
    }
    return render(request, "residents/move_out_paper.html", context, status=status)


ROUTES = [
    path("person/<uuid:public_id>/move-out-paper/", move_out_paper, name="move_out_paper"),
    path("person/<uuid:public_id>/move-out-paper/look/", look, name="move_out_paper_look"),
    path("person/<uuid:public_id>/move-out-paper/issue/", issue, name="move_out_paper_issue"),
    path("filings/<uuid:filing_id>/move-out-paper/<uuid:public_id>/", issue_of_filing, name="filing_move_out_paper"),
]
