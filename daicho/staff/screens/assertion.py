"""生体認証の画面 — the second half of signing in, and the way back for an officer who was away. F-2-08, F-2-14, F-3-08."""

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
from daicho.staff.middleware import REASON_KEY, open_to_all
from daicho.staff.models import Challenge
from daicho.staff.ports import SecondFactor, Terminal, find_terminal, second_factor
from daicho.staff.queries import CHALLENGE_KEY, CurrentUse, find_challenge, live_authenticators
from daicho.staff.screens import terminal_cookie
from daicho.staff.screens.sign_in import begun, problems_of, wanted_address
from daicho.ui.forms import BoundForm

TOO_LATE = Result(Outcome.TOO_LATE)


@open_to_all
@sensitive_post_parameters("answer")
@require_http_methods(["GET", "POST"])
def assertion(request: HttpRequest) -> HttpResponse:
    """Ask the officer's authenticator, and take its answer. Who has none yet is led to the enrolment."""
    challenge, terminal = asked_of(request)
    if request.method == "POST":
        return _answered(request, challenge, terminal)
    paused: CurrentUse | None = request.paused_use  # type: ignore[attr-defined]
    if paused is not None and (challenge is None or challenge.sign_in_id != paused.sign_in.pk):
        request.session[CHALLENGE_KEY] = commands.ask_to_resume(paused)
        challenge, terminal = asked_of(request)
    if challenge is None or terminal is None:
        return begin_anew(request, TOO_LATE)
    if challenge.purpose == Challenge.Purpose.ENROL or not live_authenticators(challenge.account).exists():
        return HttpResponseRedirect(f"{reverse('second_factor:enrolment')}?{urlencode({'next': wanted_address(request)})}")
    return _page(request, challenge)


def _answered(request: HttpRequest, challenge: Challenge | None, terminal: Terminal | None) -> HttpResponse:
    if challenge is None or terminal is None:
        return begin_anew(request, TOO_LATE)
    result = commands.prove(request.session[CHALLENGE_KEY], request.POST.get("answer", ""), terminal)
    if result.outcome is Outcome.NOT_PROVEN:
        request.session[CHALLENGE_KEY] = result.token
        again, _ = asked_of(request)
        return _page(request, again, BoundForm((), {}).with_problems(problems_of(result)), 422) if again else begin_anew(request, TOO_LATE)
    if result.outcome is not Outcome.DONE:
        return begin_anew(request, result)
    if result.token:
        return begun(request, result, terminal)
    del request.session[CHALLENGE_KEY]
    return HttpResponseRedirect(wanted_address(request))


def asked_of(request: HttpRequest) -> tuple[Challenge | None, Terminal | None]:
    """The question that this browser may answer, and the terminal it was put at: in production the browser must be that terminal."""
    challenge = find_challenge(request.session.get(CHALLENGE_KEY, ""))
    if challenge is None or not (terminal_cookie.may_choose() or terminal_cookie.terminal_code_of(request) == challenge.terminal_code):
        return None, None
    return challenge, find_terminal(challenge.terminal_code, clock.today())


def begin_anew(request: HttpRequest, result: Result) -> HttpResponse:
    """Back to the sign-in screen, which says why. Of a paused use nothing is shown until its officer has signed in again."""
    request.session.flush()
    request.session[REASON_KEY] = problems_of(result)[0].message
    return HttpResponseRedirect(reverse("staff:sign_in"))


def factor() -> SecondFactor:
    """What this system demands; its pages are served nowhere else."""
    demanded = second_factor()
    assert demanded is not None
    return demanded


def _page(request: HttpRequest, challenge: Challenge, form: BoundForm | None = None, status: int = 200) -> HttpResponse:
    devices = [each.credential_id for each in live_authenticators(challenge.account)]
    context = {
        "form": form or BoundForm((), {}),
        "login": challenge.account.login,
        "question": factor().question(challenge.value, devices),
        "script": factor().script,
        "is_paused": challenge.sign_in_id is not None,
        "next": wanted_address(request),
    }
    return render(request, "staff/assertion.html", context, status=status)
