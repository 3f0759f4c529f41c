"""端末の登録 — an officer with the right makes this browser a terminal of the city. F-1-13; needed where nobody may choose one at sign-in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from daicho import clock
from daicho.staff import commands
from daicho.staff.commands import Outcome
from daicho.staff.middleware import REASON_KEY, open_to_all
from daicho.staff.ports import find_terminal, terminals_on
from daicho.staff.screens import terminal_cookie
from daicho.staff.screens.sign_in import LOGIN, PASSWORD, problems_of
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width


def _specs() -> tuple[FieldSpec, ...]:
    choices = tuple(Choice(each.code, f"{each.office_name}　{each.name}（{each.code}）") for each in terminals_on(clock.today()))
    return (FieldSpec("terminal", "この端末", Kind.SELECT, required=True, choices=choices, width=Width.MEDIUM), LOGIN, PASSWORD)


@open_to_all
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def terminal(request: HttpRequest) -> HttpResponse:
    """Ask who registers and which terminal this is; mark the browser with a signed cookie."""
    if request.method != "POST":
        return _page(request, BoundForm(_specs(), {"terminal": terminal_cookie.terminal_code_of(request)}))
    form = BoundForm(_specs(), request.POST).with_missing()
    chosen = find_terminal(form.value("terminal"), clock.today())
    if chosen is None and not form.has_errors:
        form = form.with_problems([Problem("terminal", "その端末は、いま使われていません。選び直してください。", True)])
    if form.has_errors or chosen is None:
        return _page(request, form, 422)
    result = commands.register_terminal(form.value("login").lower(), form.value("password"), chosen)
    if result.outcome is not Outcome.DONE:
        return _page(request, form.with_problems(problems_of(result)), 422)
    request.session[REASON_KEY] = f"この端末を「{chosen.office_name}　{chosen.name}」として登録しました。"
    response = HttpResponseRedirect(reverse("staff:sign_in"))
    terminal_cookie.mark(response, chosen.code)
    return response


def _page(request: HttpRequest, form: BoundForm, status: int = 200) -> HttpResponse:
    return render(request, "staff/terminal.html", {"form": form.without_value("password")}, status=status)
