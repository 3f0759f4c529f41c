"""通知の経過 — one notice from posting to reply, and sending it again with a reason. 標準7.1.1.1 (N-7.1.1.1-11, -22); F-2-20."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from daicho.juki_net.commands import resend_notice
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.queries import get_notice
from daicho.juki_net.screens.notices import line_of
from daicho.outbox.commands import NotResendableError
from daicho.outbox.models import Notice
from daicho.staff.queries import actor_of
from daicho.ui import flash
from daicho.ui.forms import BoundForm, FieldSpec, Problem, Width

REASON = FieldSpec("reason", "再送する理由", required=True, width=Width.FULL, max_length=200, hint="相手方へ確認した内容など。氏名や番号は書かないでください。")


@require_GET
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The life of one notice; with the form to send it again when it is stuck and the officer may."""
    return _page(request, notice_id, BoundForm((REASON,), {}))


@require_POST
def resend(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Send a stuck notice again, in its old place."""
    form = BoundForm((REASON,), request.POST).with_missing()
    if not form.has_errors and len(form.value("reason")) > 200:
        form = form.with_problems([Problem("reason", "再送する理由は200文字以内で入力してください。", True)])
    if form.has_errors:
        return _page(request, notice_id, form, status=422)
    try:
        resend_notice(notice_id, actor_of(request), form.value("reason"))
    except NotResendableError as refused:
        flash.say(request, "error", str(refused))
    else:
        flash.say(request, "success", "この通知を送信待ちに戻しました。順番が来ると自動で送信します。")
    return HttpResponseRedirect(reverse("juki_net:notice", args=[notice_id]))


def _page(request: HttpRequest, notice_id: UUID, form: BoundForm, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    try:
        life = get_notice(actor, notice_id)
    except Notice.DoesNotExist:
        raise Http404("この通知は見つかりません。一覧から選び直してください。") from None
    may_resend = life.row.can_be_resent and actor.may(JukiNetPermission.NOTICE_RESEND)
    context = {"life": life, "line": line_of(life.row), "form": form, "may_resend": may_resend}
    return render(request, "juki_net/notice.html", context, status=status)
