"""帳票の画面 — the buttons that put a form or list on paper where the clerk has the case in hand. 標準仕様 4.0.5, 4.1.3.1.2, 4.5.6; 書かない窓口."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from daicho import audit
from daicho.residents.commands.form_papers import (
    put_out_filing_form,
    put_out_head_requests,
    put_out_move_in_errors,
    put_out_receipt,
    put_out_slip,
)
from daicho.residents.permissions import Permission
from daicho.residents.queries.event_letters import may_put_out
from daicho.residents.screens.counter import at_counter
from daicho.residents.screens.letters_out import answer_letters


@require_POST
def filing_paper(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """住民異動届, filled from what was typed, for the filer to check and sign."""
    actor = at_counter(request).actor
    audit.require(actor, may_put_out(actor))
    return answer_letters(request, lambda click: put_out_filing_form(actor, filing_id, click), ("filing", filing_id), "filing_form.pdf")


@require_POST
def filing_receipt(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """届出の控えと手続の案内, for the filer to take along."""
    actor = at_counter(request).actor
    audit.require(actor, may_put_out(actor))
    return answer_letters(request, lambda click: put_out_receipt(actor, filing_id, click), ("filing_result", filing_id), "filing_receipt.pdf")


@require_POST
def commissioner_slip(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """処理結果確認票 (N-4.5.6-05)."""
    actor = at_counter(request).actor
    audit.require(actor, Permission.FILING_ENTER)
    return answer_letters(request, lambda click: put_out_slip(actor, notice_id, click), ("commissioner_notice", notice_id), "commissioner_slip.pdf")


@require_POST
def received_errors(request: HttpRequest) -> HttpResponse:
    """転入通知情報取込エラー一覧表 (N-4.1.3.1.2-05)."""
    actor = at_counter(request).actor
    audit.require(actor, Permission.FILING_ENTER)
    return answer_letters(request, lambda click: put_out_move_in_errors(actor, click), ("received",), "move_in_errors.pdf")


@require_POST
def headless_list(request: HttpRequest) -> HttpResponse:
    """世帯主変更依頼通知書の対象者リスト (N-4.0.5-04)."""
    actor = at_counter(request).actor
    audit.require(actor, Permission.FILING_ENTER)
    return answer_letters(request, lambda click: put_out_head_requests(actor, click), ("headless",), "head_requests.pdf")


ROUTES = [
    path("filings/<uuid:filing_id>/form/", filing_paper, name="filing_paper"),
    path("filings/<uuid:filing_id>/receipt/", filing_receipt, name="filing_receipt"),
    path("commissioner/<uuid:notice_id>/slip/", commissioner_slip, name="commissioner_slip"),
    path("received/errors/paper/", received_errors, name="received_errors"),
    path("headless/list/paper/", headless_list, name="headless_list"),
]
