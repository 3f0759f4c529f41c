"""証明書の交付 — choose what it bears, see what will be printed and what forbids it, hand it over. 住民基本台帳法第12条; std 5.1, 1.3.8; F-1-13."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, clock
from daicho.certificates.catalogue import certificate as definition_of
from daicho.certificates.definitions import CertificateDefinition
from daicho.certificates.record import ResidentKind
from daicho.certificates.request import REQUESTER_JA, CertificateRequest, Delivery, Omissible, Requester
from daicho.residents.commands.certificates import AlreadyIssued, NotToBeIssued, issue
from daicho.residents.models import CertificateIssue, Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.certificate_preview import Asked, Preview, preview
from daicho.residents.queries.certificates import COVERED, issued_to, opening_choice
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.on_certificate import NOT_YET
from daicho.residents.screens.counter import Counter
from daicho.residents.screens.for_visitor import for_visitor
from daicho.residents.screens.search import kana_of
from daicho.ui.dates import moment
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width
from daicho.values.search_key import SearchKind, search_key

CODE = "juminhyo_personal"
_BESIDE = ("csrfmiddlewaretoken", "once")
_DELIVERIES = (Choice(Delivery.COUNTER, "窓口で渡す"), Choice(Delivery.MAIL_TO_RESIDENCE, "本人の住所へ郵送する"))


@dataclass(frozen=True)
class IssuedRow:
    """A line of 交付履歴."""

    issue: CertificateIssue
    kind_ja: str
    issued: str
    requester: str
    chosen: str


@require_GET
@audit.personal
@for_visitor(Permission.CERTIFICATE_ISSUE)
def certificate(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """The form as law and city open it: omitted is what the city does not show by default (N-5.1-05), for the use that the visitor named.

    `issued`: the copy that this page's predecessor sent for; number and fee are told from 交付履歴, which alone knows whether it was issued.
    """
    assert counter.visit is not None
    data = {"purpose": counter.visit.purpose, "delivery": Delivery.COUNTER}
    return _page(request, counter, public_id, data, opening=True, sent_for=request.GET.get("issued", ""))


@require_POST
@audit.personal
@for_visitor(Permission.CERTIFICATE_ISSUE)
def look(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """What would be printed as chosen now; the part alone when the page's script asks."""
    if _unknown(request):
        return HttpResponseBadRequest()
    only_part = bool(request.headers.get("HX-Request"))
    return _page(request, counter, public_id, request.POST, only_part=only_part)


@require_POST
@for_visitor(Permission.CERTIFICATE_ISSUE)
def hand_over(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """交付: the PDF itself. The page behind it then shows number and fee. Sent twice, it is issued once."""
    visit = counter.visit
    assert visit is not None
    try:
        once = UUID(request.POST.get("once", ""))
    except ValueError:
        return HttpResponseBadRequest()
    if _unknown(request):
        return HttpResponseBadRequest()
    overlong = BoundForm(_specs(()), request.POST).with_overlong()
    if overlong.has_errors:
        return _page(request, counter, public_id, request.POST, refused=tuple((problem.field, problem.message) for problem in overlong.problems), status=422)
    definition = definition_of(CODE, clock.today())
    asked = _asked(visit, request.POST)(definition, ResidentKind.JAPANESE)
    try:
        issued = issue(counter.actor, visit, public_id, CODE, asked, request.POST.get("purpose", ""), once)
    except NotToBeIssued as refused:
        return _page(request, counter, public_id, request.POST, refused=refused.reasons, status=422)
    except AlreadyIssued as refused:
        return _page(request, counter, public_id, request.POST, refused=(("", refused.message),), status=409)
    headers = {"Content-Disposition": 'inline; filename="juminhyo.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(issued.pdf, content_type="application/pdf", headers=headers)


def _unknown(request: HttpRequest) -> bool:
    """Whether a field was sent that the form does not have (F-1-04). What the kind of resident lacks is for the rules to say."""
    every = tuple(Choice(each, "") for each in Omissible)
    form = BoundForm(_specs(every), request.POST)
    sent = set(form.cleaned_values("shown"))
    return bool(form.unknown_names(_BESIDE)) or bool(sent - set(Omissible)) or form.value("delivery") not in {*Delivery, ""}


def _specs(choices: Sequence[Choice]) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("purpose", "使用目的", required=True, width=Width.FULL, max_length=200),
        FieldSpec("shown", "記載する事項", Kind.CHECKBOXES, choices=tuple(choices), hint="選ばない事項は省略します（法第12条第5項）。"),
        FieldSpec("delivery", "渡し方", Kind.RADIO, choices=_DELIVERIES),
        FieldSpec("official", "公用", Kind.CHECKBOX),
        FieldSpec("use_confirmed", "番号を両方記載する目的を確かめた", Kind.CHECKBOX),
    )


def _asked(visit: Visit, data: Mapping[str, str | Sequence[str]]) -> Asked:
    form = BoundForm(_specs([Choice(each, "") for each in Omissible]), data)

    def make(definition: CertificateDefinition, kind: ResidentKind) -> CertificateRequest:
        return CertificateRequest(
            clock.today(),
            Requester(visit.standing),
            frozenset(Omissible(each) for each in form.cleaned_values("shown")),
            Delivery(form.value("delivery") or Delivery.COUNTER),
            form.value("official") == "yes",
            form.value("use_confirmed") == "yes",
        )

    return make


def _opening(visit: Visit) -> Asked:
    def make(definition: CertificateDefinition, kind: ResidentKind) -> CertificateRequest:
        today, requester = clock.today(), Requester(visit.standing)
        return CertificateRequest(today, requester, opening_choice(definition, kind, requester, today))

    return make


def _page(
    request: HttpRequest,
    counter: Counter,
    public_id: UUID,
    data: Mapping[str, str | Sequence[str]],
    *,
    opening: bool = False,
    refused: tuple[tuple[str, str], ...] = (),
    only_part: bool = False,
    sent_for: str = "",
    status: int = 200,
) -> HttpResponse:
    visit = counter.visit
    assert visit is not None
    purpose = data.get("purpose", "")
    seen = preview(counter.actor, visit, public_id, CODE, _opening(visit) if opening else _asked(visit, data), str(purpose))
    if opening:
        data = {**data, "shown": sorted(seen.request.shown)}
    lawful = [c for c in seen.definition.choices_for(seen.kind) if c.omissible not in NOT_YET]
    choices = [Choice(c.omissible, c.ja) for c in lawful if seen.request.requester in c.who_may_ask]
    form = BoundForm(_specs(choices), data).with_problems(_at_fields(seen.reasons))
    context = {
        "public_id": public_id,
        "seen": seen,
        "reasons": list(dict.fromkeys([*refused, *seen.reasons])),
        "may_issue": not seen.reasons and not refused,
        "covered": COVERED,
        "name": shown_name(seen.entries) or "（氏名空欄）",
        "takes_focus": form.has_errors and not only_part,
    }
    if only_part:
        return render(request, "residents/_certificate_preview.html", context, status=status)
    issued = issued_to(counter.actor, public_id)
    context |= {
        "form": form,
        "kana": kana_of(seen.entries),
        "requester": REQUESTER_JA[seen.request.requester],
        "visit": visit,
        "other_visitor": _is_another(visit, seen),
        "not_offered": [c.ja for c in lawful if seen.request.requester not in c.who_may_ask],
        "once": uuid4(),
        "issued": [_issued_row(row) for row in issued],
        "sent_for": sent_for,
        "just_issued": next((row for row in issued if str(row.public_id) == sent_for), None),
    }
    return render(request, "residents/certificate.html", context, status=status)


def _at_fields(reasons: tuple[tuple[str, str], ...]) -> list[Problem]:
    return [Problem("purpose" if key == "purpose" else "shown", message) for key, message in reasons if key == "purpose"]


def _is_another(visit: Visit, seen: Preview) -> bool:
    """The visitor came as the person themself under another name: the standing of the 受付 is to be looked at again."""
    own = shown_name(seen.entries) or ""
    if visit.standing != Requester.SELF:
        return False
    return search_key(visit.visitor_name, SearchKind.NAME) not in search_key(own, SearchKind.NAME)


def _issued_row(row: CertificateIssue) -> IssuedRow:
    definition = definition_of(row.kind, clock.jst(row.issued_at).date())
    words = {each.omissible.value: each.ja for each in definition.omissible}
    chosen = "、".join(words.get(code, code) for code in row.chosen)
    return IssuedRow(row, definition.ja, moment(row.issued_at), REQUESTER_JA[Requester(row.standing)], chosen or "すべて省略")


ROUTES = [
    path("person/<uuid:public_id>/certificate/", certificate, name="certificate"),
    path("person/<uuid:public_id>/certificate/look/", look, name="certificate_preview"),
    path("person/<uuid:public_id>/certificate/issue/", hand_over, name="certificate_issue"),
]
