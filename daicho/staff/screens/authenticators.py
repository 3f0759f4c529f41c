"""認証器の管理 — who has an authenticator; applying for an enrolment, approving another's, revoking. F-2-08, F-3-08; std 10.3-12."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from daicho.audit.actor import Actor
from daicho.staff import commands
from daicho.staff.errors import StaffRefused
from daicho.staff.permissions import Permission
from daicho.staff.queries import Holder, actor_of, holders
from daicho.ui import flash
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Width


@dataclass(frozen=True)
class Given:
    """A code just given, shown on this one page."""

    code: str
    enrolment_id: int


@require_http_methods(["GET", "POST"])
def authenticators(request: HttpRequest) -> HttpResponse:
    """The list; on POST an application for an enrolment."""
    actor = actor_of(request)
    listed = holders(actor)
    if request.method != "POST":
        return _page(request, actor, listed)
    form = BoundForm(_specs(listed), request.POST).with_missing()
    chosen = next((holder.account for holder in listed if holder.account.login == form.value("account")), None)
    if form.has_errors or chosen is None:
        return _page(request, actor, listed, form, 422)
    try:
        commands.apply_for_enrolment(actor, chosen, reason=form.value("reason"))
    except StaffRefused as refused:
        return _page(request, actor, listed, form.with_problems(refused.problems), 422)
    flash.say(request, "success", "登録を申請しました。別の職員が承認すると、登録コードが発行されます。")
    return HttpResponseRedirect(reverse("second_factor:authenticators"))


@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    """Approve one; the code stands on the answer to this very request and on no other page."""
    actor, enrolment_id = actor_of(request), _number(request, "enrolment")
    try:
        given = Given(commands.approve_enrolment(actor, enrolment_id), enrolment_id)
    except StaffRefused as refused:
        return _refused(request, refused)
    return _page(request, actor, holders(actor), given=given)


@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """Revoke one authenticator."""
    try:
        commands.revoke_authenticator(actor_of(request), _number(request, "authenticator"))
    except StaffRefused as refused:
        return _refused(request, refused)
    flash.say(request, "success", "認証器を失効させました。")
    return HttpResponseRedirect(reverse("second_factor:authenticators"))


def _refused(request: HttpRequest, refused: StaffRefused) -> HttpResponse:
    flash.say(request, "error", "".join(problem.message for problem in refused.problems))
    return HttpResponseRedirect(reverse("second_factor:authenticators"))


def _number(request: HttpRequest, name: str) -> int:
    """An id of the list; 0, which none has, for anything else."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _specs(listed: list[Holder]) -> tuple[FieldSpec, ...]:
    choices = tuple(Choice(holder.account.login, f"{holder.account.name}（{holder.account.login}）") for holder in listed)
    hint = "新しく担当になった、認証器を交換した、紛失したなど。"
    return (
        FieldSpec("account", "登録を受ける利用者", Kind.SELECT, required=True, choices=choices, width=Width.MEDIUM),
        FieldSpec("reason", "登録の理由", Kind.TEXT, required=True, width=Width.LONG, max_length=200, hint=hint),
    )


def _page(
    request: HttpRequest, actor: Actor, listed: list[Holder], form: BoundForm | None = None, status: int = 200, given: Given | None = None
) -> HttpResponse:
    holder = next((each for each in listed if given and each.enrolment and each.enrolment.pk == given.enrolment_id), None)
    context = {
        "form": form or BoundForm(_specs(listed), {}),
        "holders": listed,
        "code": given.code if given else "",
        "given_to": holder,
        "may_apply": actor.may(Permission.AUTHENTICATOR_APPLY),
        "may_approve": actor.may(Permission.AUTHENTICATOR_APPROVE),
        "may_revoke": actor.may(Permission.AUTHENTICATOR_REVOKE),
    }
    return render(request, "staff/authenticators.html", context, status=status)
