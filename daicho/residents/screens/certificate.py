"""証明書の交付 — choose form, people and entries, see what will be printed and what forbids it, hand it over. 住民基本台帳法第12条; std 5.1, 1.3.8; F-1-13."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, clock
from daicho.certificates.catalogue import ALL_CERTIFICATES
from daicho.certificates.catalogue import certificate as definition_of
from daicho.certificates.fees import Exemption
from daicho.certificates.fees import word_of as exemption_word
from daicho.certificates.papers import CERTIFICATE_NAMES, PAPER_NAMES
from daicho.certificates.request import REQUESTER_JA, WITHOUT_BUILDING, WITHOUT_BUILDING_JA, OutputForm, Requester
from daicho.city.queries import PlaceNames, place_names
from daicho.paper.sd_jwt import MEDIA_TYPE
from daicho.residents.commands.certificates import issue
from daicho.residents.commands.copies import issue_copies
from daicho.residents.commands.handing_over import AlreadyIssued, NotToBeIssued
from daicho.residents.models import CertificateIssue, IssueCorrection, IssueDisposal, Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.certificate_preview import Preview, Said, preview
from daicho.residents.queries.certificates import COVERED
from daicho.residents.queries.certificates_issued import IssuedCertificate, IssuedSubject, issued_to
from daicho.residents.queries.issue_corrections import Asking, asking_of
from daicho.residents.queries.move_out_preview import TO_MOVE_IN
from daicho.residents.rules.birth import birth_text
from daicho.residents.rules.csv_reading import LONGEST, NO_FILE
from daicho.residents.rules.issue_corrections import Item, word_of
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.request_csv import Taken, read_request
from daicho.residents.screens import certificate_choices, certificate_form, certificate_output
from daicho.residents.screens.certificate_form import Data, NotOfThisForm, Sent
from daicho.residents.screens.convenience import convenience_rows
from daicho.residents.screens.counter import Counter
from daicho.residents.screens.for_visitor import for_visitor
from daicho.residents.screens.last_hop import BundleResponse, PaperResponse, click_of
from daicho.residents.screens.search import kana_of
from daicho.residents.screens.warnings import short_blocks
from daicho.ui.dates import moment
from daicho.ui.forms import BoundForm, Problem
from daicho.values.search_key import SearchKind, search_key

NO_NAME = "（氏名空欄）"
ENTRY_NAMES = {each.omissible.value: each.ja for definition in ALL_CERTIFICATES for each in definition.omissible}
AT_FIELDS = ("sheet", "purpose", "people", "confirmed", "shown", "without_building", "brought_title", "brought_pages")
"""The fields at which their own refusals stand too."""
REGISTERED = "本人通知の登録者"


@dataclass(frozen=True)
class MemberRow:
    """One of the household, to be put on the paper or left off. `place` on it, 0 = not chosen."""

    public_id: str
    name: str
    relationship: str
    birth: str
    place: int
    marks: list[str]


@dataclass(frozen=True)
class IssuedRow:
    """A line of 交付履歴."""

    issue: CertificateIssue
    kind_ja: str
    issued: str
    requester: str
    chosen: str
    subjects: tuple[IssuedSubject, ...]
    history_no: int
    place: str  # where it was issued, by the names of that day (N-1.3.1-03)
    disposals: tuple[IssueDisposal, ...]
    asking: Asking  # who asked, by what right, for what, as corrected
    corrections: tuple[IssueCorrection, ...]
    free_by: str  # the ground without fee, in the words of today's table


@require_GET
@audit.personal
@for_visitor(Permission.CERTIFICATE_ISSUE)
def certificate(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """The form as law and city open it: omitted is what the city does not show by default (N-5.1-05), for the use that the visitor named.

    `issued`: the copy that this page's predecessor sent for; number and fee are told from 交付履歴, which alone knows whether it was issued. `for`: the
    除票の写し that is given in place of a 転出証明書, to be attached to the 転入届 (N-4.1.3.0.3-03).
    """
    assert counter.visit is not None
    data, sent = certificate_form.opening(counter.visit, public_id)
    if request.GET.get("for") == "move_in":
        data = {**data, "purpose": TO_MOVE_IN}
    return _page(request, counter, public_id, data, sent, sent_for=request.GET.get("issued", ""))


@require_POST
@audit.personal
@for_visitor(Permission.CERTIFICATE_ISSUE)
def look(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """What would be printed as chosen now; the part alone when the page's script asks."""
    assert counter.visit is not None
    try:
        sent = certificate_form.read(counter.visit, request.POST, looking=True)
    except NotOfThisForm:
        return HttpResponseBadRequest()
    return _page(request, counter, public_id, request.POST, sent, only_part=bool(request.headers.get("HX-Request")))


@require_POST
@audit.personal
@for_visitor(Permission.CERTIFICATE_ISSUE)
def take_in(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """交付申請書のCSV: the form as the applicant filled it in, for the officer to look over (N-10.8-03). Nothing is issued, the file is not kept."""
    visit, sent_file = counter.visit, request.FILES.get("application")
    assert visit is not None
    taken = read_request(sent_file.read(LONGEST + 1), CERTIFICATE_NAMES, ENTRY_NAMES) if sent_file is not None else Taken(problems=(NO_FILE,))
    data: Data = {
        "certificate": taken.kind or certificate_form.OPENS_WITH, "shown": list(taken.shown), "purpose": taken.purpose or visit.purpose,
        "delivery": taken.delivery, **({"everybody": "yes"} if taken.whole_household else {"people": [str(public_id)]}),
    }  # fmt: skip
    problems = tuple(("", each) for each in taken.problems)
    return _page(request, counter, public_id, data, certificate_form.read(visit, data), refused=problems, status=422 if problems else 200)


@require_POST
@for_visitor(Permission.CERTIFICATE_ISSUE)
def hand_over(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """交付: the PDF itself. The page behind it then shows number and fee. Sent twice, it is issued once."""
    visit = counter.visit
    assert visit is not None
    try:
        once, sent = UUID(request.POST.get("once", "")), certificate_form.read(visit, request.POST)
    except (NotOfThisForm, ValueError):
        return HttpResponseBadRequest()
    overlong = BoundForm(certificate_form.specs(), request.POST).with_overlong()
    if overlong.has_errors:
        refused = tuple((problem.field, problem.message) for problem in overlong.problems)
        return _page(request, counter, public_id, request.POST, sent, refused=refused, status=422)
    output = certificate_output.read(counter.actor.terminal, request.POST)
    if output.form.has_errors:
        refused = tuple((problem.field, problem.message) for problem in output.form.problems)
        return _page(request, counter, public_id, request.POST, sent, refused=refused, status=422)
    # Which entries are shown does not hang on the kinds of residents; what some of them lack is for the rules to refuse.
    asked = sent.asked(definition_of(sent.code, clock.today()), frozenset())
    said = Said(request.POST.get("purpose", ""), request.POST.get("confirmed", ""))
    click, wanted = click_of(request, once), sent.wanted(public_id)
    try:
        if output.copies > 1:
            pdf = issue_copies(counter.actor, visit, wanted, asked, said.purpose, click, output.copies, said.confirmed, output.printing)
            return BundleResponse(pdf, once, filename="juminhyo.pdf")
        issued = issue(counter.actor, visit, wanted, asked, said.purpose, click, said.confirmed, output.printing)
    except NotToBeIssued as refused:
        return _page(request, counter, public_id, request.POST, sent, refused=refused.reasons, status=422)
    except AlreadyIssued as refused:
        return _page(request, counter, public_id, request.POST, sent, refused=(("", refused.message),), status=409)
    if asked.output is OutputForm.CREDENTIAL:
        return PaperResponse(issued, public_id, filename="juminhyo.sd-jwt", content_type=MEDIA_TYPE)
    return PaperResponse(issued, public_id, filename="juminhyo.pdf")


def _page(
    request: HttpRequest,
    counter: Counter,
    public_id: UUID,
    data: Data,
    sent: Sent,
    *,
    refused: tuple[tuple[str, str], ...] = (),
    only_part: bool = False,
    sent_for: str = "",
    status: int = 200,
) -> HttpResponse:
    visit = counter.visit
    assert visit is not None
    said = Said(str(data.get("purpose", "")), str(data.get("confirmed", "")))
    seen = preview(counter.actor, visit, sent.wanted(public_id), sent.asked, said)
    drawn = certificate_choices.drawn(seen)
    problems = () if only_part else _at_fields(seen.reasons)  # a part drawn anew would keep them when they are long put right
    form = BoundForm(drawn.specs, certificate_choices.as_chosen(data, seen)).with_problems(problems)
    context = {
        "public_id": public_id,
        "seen": seen,
        "reasons": list(dict.fromkeys([*refused, *seen.reasons])),
        "may_issue": not seen.reasons and not refused,
        "tells_principals": bool(seen.registered & {row.person_id for row in seen.chosen.people}) and seen.definition.is_notified,
        "covered": COVERED,
        "takes_focus": form.has_errors and not only_part,
        "form": form,
        "drawn": drawn,
        "members": _members(seen),
        "requester": REQUESTER_JA[seen.request.requester],
        "redrawn": only_part and data.get("drawn_for", "") != drawn.drawn_for,
    }
    if only_part:
        return render(request, "residents/_certificate_answer.html", context, status=status)
    issued, places = issued_to(counter.actor, public_id), place_names()
    context |= {
        "output": certificate_output.read(counter.actor.terminal, data).form,
        "name": shown_name(seen.entries) or NO_NAME,
        "kana": kana_of(seen.entries),
        "visit": visit,
        "other_visitor": _is_another(visit, seen),
        "once": uuid4(),
        "issued": [issued_row(row, public_id, places, seen.remissions) for row in issued.counter],
        "may_dispose": counter.actor.may(Permission.ISSUE_DISPOSE),
        "convenience": convenience_rows(issued.convenience, public_id, issued.shop_disposals),
        "sent_for": sent_for,
        "just_issued": _just_issued([row.issue for row in issued.counter], sent_for),
        "may_confirm": counter.actor.may(Permission.PAPER_USE),
    }
    return render(request, "residents/certificate.html", context, status=status)


def _just_issued(issues: list[CertificateIssue], once: str) -> list[CertificateIssue]:
    """The copies of the act, in the order of their numbers."""
    first = next((issue for issue in issues if str(issue.public_id) == once), None)
    if first is None:
        return []
    return sorted((issue for issue in issues if issue == first or (first.request_digest and issue.request_digest == first.request_digest)), key=_by_row)


def _by_row(issue: CertificateIssue) -> int:
    return int(issue.pk)


def _members(seen: Preview) -> list[MemberRow]:
    """The household in the order of the paper."""
    places = {row.public_id: place for place, row in enumerate(seen.chosen.people, 1)}
    return [
        MemberRow(
            str(row.public_id), shown_name(row.entries) or NO_NAME, row.entries.relationship or "", birth_text(row.entries), places.get(row.public_id, 0), [*short_blocks(seen.chosen.blocks.get(row.person_id, ())), *([REGISTERED] if row.person_id in seen.registered else [])],
        )
        for row in seen.chosen.household
    ]  # fmt: skip


def _at_fields(reasons: tuple[tuple[str, str], ...]) -> list[Problem]:
    return [Problem(key, message) for key, message in reasons if key in AT_FIELDS]


def _is_another(visit: Visit, seen: Preview) -> bool:
    """The visitor came as the person themself under another name: the standing of the 受付 is to be looked at again."""
    own = shown_name(seen.entries) or ""
    if visit.standing != Requester.SELF:
        return False
    return search_key(visit.visitor_name, SearchKind.NAME) not in search_key(own, SearchKind.NAME)


def issued_row(row: IssuedCertificate, person: UUID, places: PlaceNames, remissions: Sequence[Exemption] = ()) -> IssuedRow:
    """A paper of 交付履歴 as it is drawn, on the page of a person."""
    issued = row.issue
    day = clock.jst(issued.issued_at).date()
    words, none = {}, ""
    if issued.kind in CERTIFICATE_NAMES:
        words, none = (
            {each.omissible.value: each.ja for each in definition_of(issued.kind, day).omissible} | {WITHOUT_BUILDING: WITHOUT_BUILDING_JA},
            "すべて省略",
        )
    chosen = "、".join(words.get(code, code) for code in issued.chosen)
    own = next(subject.history_no for subject in row.subjects if subject.public_id == person)
    asking = asking_of(issued, row.corrections)
    return IssuedRow(
        issued, PAPER_NAMES.get(issued.kind, issued.kind), moment(issued.issued_at), word_of(Item.STANDING, asking.standing), chosen or none, row.subjects, own,
        f"{places.office(issued.office_code, day)}　{places.terminal(issued.terminal, day)}",
        row.disposals, asking, row.corrections, exemption_word(issued.exemption, remissions) if issued.exemption else "",
    )  # fmt: skip


ROUTES = [
    path("person/<uuid:public_id>/certificate/", certificate, name="certificate"),
    path("person/<uuid:public_id>/certificate/look/", look, name="certificate_preview"),
    path("person/<uuid:public_id>/certificate/take-in/", take_in, name="certificate_take_in"),
    path("person/<uuid:public_id>/certificate/issue/", hand_over, name="certificate_issue"),
]
