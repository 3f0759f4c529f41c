"""パスワードの変更 — the person changes their own. std 10.3-04."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from daicho import clock
from daicho.staff import commands
from daicho.staff.errors import StaffRefused, UseEnded
from daicho.staff.middleware import REASON_KEY
from daicho.staff.queries import actor_of, policy_on
from daicho.ui import flash
from daicho.ui.forms import BoundForm, FieldSpec, Kind, Problem, Width


def _specs(min_length: int) -> tuple[FieldSpec, ...]:
    rule = f"{min_length}文字以上。5種類以上の文字を使い、利用者IDを含めないでください。"
    return (
        FieldSpec("current", "現在のパスワード", Kind.PASSWORD, required=True, width=Width.MEDIUM, autocomplete="current-password"),
        FieldSpec("new", "新しいパスワード", Kind.PASSWORD, required=True, width=Width.MEDIUM, hint=rule, autocomplete="new-password"),
        FieldSpec("again", "新しいパスワード（確認）", Kind.PASSWORD, required=True, width=Width.MEDIUM, autocomplete="new-password"),
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Show the form; on POST change the password and go to the first page."""
    specs = _specs(policy_on(clock.today()).min_password_length)
    if request.method != "POST":
        return _page(request, BoundForm(specs, {}))
    form = BoundForm(specs, request.POST).with_missing()
    if not form.has_errors and form.value("new") != form.value("again"):
        form = form.with_problems([Problem("again", "確認用のパスワードが一致しません。もう一度入力してください。", True)])
    if not form.has_errors:
        try:
            commands.set_password(actor_of(request), request.use.account, current=form.value("current"), new=form.value("new"))  # type: ignore[attr-defined]
        except UseEnded as ended:
            request.session.flush()
            request.session[REASON_KEY] = ended.problems[0].message
            return HttpResponseRedirect(reverse("staff:sign_in"))
        except StaffRefused as refused:
            form = form.with_problems(refused.problems)
        else:
            flash.say(request, "success", "パスワードを変更しました。次回の利用開始から、新しいパスワードを使います。")
            return HttpResponseRedirect("/")
    return _page(request, form, status=422)


password.before_password_change = True  # type: ignore[attr-defined]


def _page(request: HttpRequest, form: BoundForm, status: int = 200) -> HttpResponse:
    account = request.use.account  # type: ignore[attr-defined]
    context = {"form": form.without_value("current", "new", "again"), "must_change": account.must_change_password, "login": account.login}
    return render(request, "staff/password.html", context, status=status)
