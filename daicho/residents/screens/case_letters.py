"""事案の通知書の出力 — the buttons of other screens that put letters out: 書面の通知, 照会書, 催告書, 支援措置, 在留, 成年被後見人, 住所等の変更. decision 0050."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from daicho import audit
from daicho.audit.actor import Actor
from daicho.residents.commands import missing_letters, notices_on_paper, resident_letters, support_letters
from daicho.residents.permissions import Permission
from daicho.residents.screens.answers import go
from daicho.residents.screens.counter import at_counter
from daicho.residents.screens.letters_out import answer_letters
from daicho.residents.screens.missing import PERIOD, period_of
from daicho.ui.forms import BoundForm


def _asked(request: HttpRequest, permission: Permission, *subjects: UUID) -> Actor:
    actor = at_counter(request).actor
    audit.require(actor, permission, subjects)
    return actor


@require_POST
def notice_paper(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """転入通知 or 戸籍の附票記載事項通知 on paper, from the page of the notice."""
    actor = _asked(request, Permission.FILING_ENTER)
    return answer_letters(request, lambda click: notices_on_paper.put_out_notice(actor, notice_id, click), ("notice", notice_id), "notice.pdf")


@require_POST
def fuhyo_paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """戸籍の附票記載事項通知 of somebody from whose 本籍 nobody could tell where the 附票 is."""
    actor, seat = _asked(request, Permission.FILING_ENTER), request.POST.get("seat", "")
    return answer_letters(request, lambda click: notices_on_paper.put_out_fuhyo(actor, public_id, seat, click), ("fuhyo",), "fuhyo.pdf")


@require_POST
def received_paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """法9条2項通知 or 法19条2項通知 on to the municipality where the person lives."""
    actor, to = _asked(request, Permission.FILING_ENTER), request.POST.get("to", "")
    back = ("received_notice", public_id)
    return answer_letters(request, lambda click: notices_on_paper.pass_on(actor, public_id, to, click), back, "passed-on.pdf")


@require_POST
def missing_letters_out(request: HttpRequest) -> HttpResponse:
    """転入通知未着照会書 for the period of the list (N-4.1.3.1.4-01), or the list itself (-02)."""
    actor = _asked(request, Permission.FILING_ENTER)
    form = BoundForm(PERIOD, {name: request.POST.getlist(name) for name in ("first", "last", "ex_officio")})
    first, last, problems = period_of(form)
    if problems or first is None or last is None:
        return go(request, "missing", say="".join(one.message for one in problems), level="error")
    wide = bool(form.cleaned_values("ex_officio"))
    make = missing_letters.list_missing if "list" in request.POST else missing_letters.ask_for_missing
    return answer_letters(request, lambda click: make(actor, first, last, click, ex_officio=wide), ("missing",), "missing.pdf")


@require_POST
def survey_demand(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """催告書."""
    actor = _asked(request, Permission.SURVEY_MANAGE)
    return answer_letters(request, lambda click: resident_letters.demand(actor, survey_id, click), ("survey", survey_id), "demand.pdf")


@require_POST
def support_letter(request: HttpRequest, case_id: UUID, public_id: UUID) -> HttpResponse:
    """The letter that the newest step about one protected person asks for."""
    actor, confirmed = _asked(request, Permission.SUPPORT_MANAGE, public_id), request.POST.get("confirmed", "")[:300]
    return answer_letters(request, lambda click: support_letters.tell_of_step(actor, case_id, public_id, click, confirmed), ("support", case_id), "letter.pdf")


@require_POST
def support_ends(request: HttpRequest) -> HttpResponse:
    """支援措置期間終了通知 to everybody to whom it is due (N-3.4-09)."""
    actor = _asked(request, Permission.SUPPORT_MANAGE)
    return answer_letters(request, lambda click: support_letters.tell_of_ends(actor, click), ("supports",), "letters.pdf")


@require_POST
def support_forward_letter(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """支援措置申出書の転送書."""
    actor, forward = _asked(request, Permission.SUPPORT_MANAGE), request.POST.get("forward", "")
    if not forward.isascii() or not forward.isdecimal() or len(forward) > 18:
        raise BadRequest("no such forward")
    return answer_letters(request, lambda click: support_letters.tell_of_forward(actor, case_id, int(forward), click), ("support", case_id), "letter.pdf")


@require_POST
def residence_letters(request: HttpRequest) -> HttpResponse:
    """在留期間満了のお知らせ to those of the list who were ticked."""
    actor = _asked(request, Permission.FILING_ENTER)
    try:
        chosen = [UUID(one) for one in request.POST.getlist("person")]
    except ValueError:
        raise BadRequest("somebody who is not of the list") from None
    return answer_letters(request, lambda click: resident_letters.tell_of_residence_ends(actor, chosen, click), ("residence_terms",), "residence.pdf")


@require_POST
def transitional_letter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """経過滞在者への在留手続のお知らせ, from the card."""
    actor = _asked(request, Permission.FILING_ENTER, public_id)
    return answer_letters(request, lambda click: resident_letters.tell_of_transitional_stay(actor, public_id, click), ("person", public_id), "stay.pdf")


@require_POST
def ward_letter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """成年被後見人の転出に関する通知書, from the card (N-9.4-02, -03: there is no list)."""
    actor = _asked(request, Permission.FILING_ENTER, public_id)
    return answer_letters(request, lambda click: resident_letters.tell_of_ward(actor, public_id, click), ("person", public_id), "ward.pdf")


@require_POST
def renaming_letters(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """住所等の変更のお知らせ, one to each household (N-9.7-04)."""
    actor, part = _asked(request, Permission.RENAMING_MANAGE), request.POST.get("part", "1")
    if not part.isascii() or not part.isdecimal() or not 0 < int(part[:6]) < 100_000:
        raise BadRequest("no such pile")
    return answer_letters(request, lambda click: resident_letters.tell_of_renaming(actor, public_id, int(part), click), ("renaming", public_id), "renaming.pdf")


ROUTES = [
    path("notices/<uuid:notice_id>/paper/", notice_paper, name="notice_paper"),
    path("fuhyo/<uuid:public_id>/paper/", fuhyo_paper, name="fuhyo_paper"),
    path("received/<uuid:public_id>/paper/", received_paper, name="received_paper"),
    path("received/missing/letters/", missing_letters_out, name="missing_letters"),
    path("surveys/<uuid:survey_id>/demand/", survey_demand, name="survey_demand"),
    path("support/<uuid:case_id>/letter/<uuid:public_id>/", support_letter, name="support_letter"),
    path("support/<uuid:case_id>/forward-letter/", support_forward_letter, name="support_forward_letter"),
    path("support/ends/", support_ends, name="support_ends"),
    path("residence-terms/letters/", residence_letters, name="residence_letters"),
    path("person/<uuid:public_id>/transitional-letter/", transitional_letter, name="transitional_letter"),
    path("person/<uuid:public_id>/ward-letter/", ward_letter, name="ward_letter"),
    path("renamings/<uuid:public_id>/letters/", renaming_letters, name="renaming_letters"),
]
