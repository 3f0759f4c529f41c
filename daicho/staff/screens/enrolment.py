"""認証器の登録の画面 — an officer known by password gives the code of two others, and registers the device. F-2-08, F-3-08."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from daicho import clock
from daicho.staff import commands
from daicho.staff.commands import Outcome, Result
from daicho.staff.middleware import open_to_all
from daicho.staff.models import Challenge
from daicho.staff.ports import Terminal
from daicho.staff.queries import CHALLENGE_KEY, live_authenticators, policy_on
from daicho.staff.screens.assertion import TOO_LATE, asked_of, begin_anew, factor
from daicho.staff.screens.sign_in import problems_of, wanted_address
from daicho.ui.forms import BoundForm, FieldSpec, Kind, Width

CODE = FieldSpec("code", "登録コード", Kind.TEXT, required=True, width=Width.MEDIUM, max_length=40, letters="latin", autocomplete="one-time-code")


@open_to_all
@sensitive_post_parameters("code", "answer")
@require_http_methods(["GET", "POST"])
def enrolment(request: HttpRequest) -> HttpResponse:
    """First the code, then the device; then its first assertion."""
    challenge, terminal = asked_of(request)
    if challenge is None or terminal is None or challenge.purpose == Challenge.Purpose.RESUME:
        return begin_anew(request, TOO_LATE)
    if request.method != "POST":
        return _page(request, challenge)
    return _device(request, terminal) if challenge.purpose == Challenge.Purpose.ENROL else _code(request, challenge, terminal)


def _code(request: HttpRequest, challenge: Challenge, terminal: Terminal) -> HttpResponse:
    form = BoundForm((CODE,), request.POST).with_missing()
    if form.has_errors:
        return _page(request, challenge, form, 422)
    return _went_on(request, commands.accept_code(request.session[CHALLENGE_KEY], form.value("code"), terminal), "second_factor:enrolment")


def _device(request: HttpRequest, terminal: Terminal) -> HttpResponse:
    result = commands.register(request.session[CHALLENGE_KEY], request.POST.get("answer", ""), terminal)
    return _went_on(request, result, "second_factor:assertion")


def _went_on(request: HttpRequest, result: Result, next_screen: str) -> HttpResponse:
    """To the next screen; back to the form after what was not right; to the beginning when there is no way on."""
    if result.outcome not in (Outcome.PROVE, Outcome.NOT_PROVEN):
        return begin_anew(request, result)
    request.session[CHALLENGE_KEY] = result.token
    if result.outcome is Outcome.PROVE:
        return HttpResponseRedirect(f"{reverse(next_screen)}?{urlencode({'next': wanted_address(request)})}")
    again, _ = asked_of(request)
    if again is None:
        return begin_anew(request, TOO_LATE)
    form = BoundForm(() if again.purpose == Challenge.Purpose.ENROL else (CODE,), {})
    return _page(request, again, form.with_problems(problems_of(result)), 422)


def _page(request: HttpRequest, challenge: Challenge, form: BoundForm | None = None, status: int = 200) -> HttpResponse:
    account, devices = challenge.account, list(live_authenticators(challenge.account))
    invites = challenge.purpose == Challenge.Purpose.ENROL
    models = policy_on(clock.today()).authenticator_models if invites else ()
    context = {
        "form": form or BoundForm(() if invites else (CODE,), {}),
        "login": account.login,
        "invitation": factor().invitation(challenge.value, account.login, account.name, [each.credential_id for each in devices], models) if invites else "",
        "script": factor().script,
        "is_first": not devices,
        "next": wanted_address(request),
    }
    return render(request, "staff/enrolment.html", context, status=status)
