"""利用開始・利用終了 — the sign-in screen and its counterpart. F-1-10, F-1-11, F-1-13, F-2-08; std 10.3-03, -16."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from daicho import clock
from daicho.staff import commands
from daicho.staff.commands import Outcome, Result
from daicho.staff.middleware import REASON_KEY, open_to_all, while_paused
from daicho.staff.ports import Terminal, find_terminal, second_factor, terminals_on
from daicho.staff.queries import CHALLENGE_KEY, TOKEN_KEY
from daicho.staff.screens import terminal_cookie
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width

LOGIN = FieldSpec("login", "利用者ID", Kind.TEXT, required=True, width=Width.MEDIUM, autocomplete="username", letters="latin")
PASSWORD = FieldSpec("password", "パスワード", Kind.PASSWORD, required=True, width=Width.MEDIUM, autocomplete="current-password")


@open_to_all
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for person, password and (in the demo) terminal; go on to where the person wanted to."""
    if request.method == "POST":
        return _attempt(request)
    if request.actor is not None:  # type: ignore[attr-defined]
        return HttpResponseRedirect(wanted_address(request))
    if second_factor() is not None and _is_elsewhere(request):
        return HttpResponseRedirect(f"{settings.DAICHO.origin}{request.get_full_path()}")
    return _page(request, BoundForm(_specs(), _first_values(request)), reason=request.session.pop(REASON_KEY, ""))


def _attempt(request: HttpRequest) -> HttpResponse:
    form = BoundForm(_specs(), request.POST).with_missing()
    terminal = _terminal(request)
    if terminal is None:
        form = form.with_problems([Problem("terminal", "この端末は登録されていません。管理者に端末の登録を依頼してください。", True)])
    if form.has_errors or terminal is None:
        return _page(request, form, status=422)
    result = commands.sign_in(form.value("login").strip().lower(), form.value("password"), terminal, take_over=request.POST.get("take_over") == "yes")
    if result.outcome is Outcome.PROVE:
        request.session.flush()
        request.session[CHALLENGE_KEY] = result.token
        return HttpResponseRedirect(f"{reverse('second_factor:assertion')}?{urlencode({'next': wanted_address(request)})}")
    if result.outcome is not Outcome.DONE:
        return _page(request, form.with_problems(problems_of(result)), status=422, result=result)
    return begun(request, result, terminal)


def begun(request: HttpRequest, result: Result, terminal: Terminal) -> HttpResponse:
    """The answer that opens the session of a use just begun, and goes where the person wanted to."""
    wanted = wanted_address(request)
    request.session.flush()  # a new key: nothing of a former person or of a planted cookie stays
    request.session[TOKEN_KEY] = result.token
    rotate_token(request)
    response = HttpResponseRedirect(wanted)
    if terminal_cookie.may_choose():
        terminal_cookie.mark(response, terminal.code)
    return response


def _is_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser came by another address than the one that devices know this system by; in production the proxy sees to it."""
    return settings.INSTALLATION.environment != "production" and request.get_host() != urlsplit(settings.DAICHO.origin).netloc


@while_paused
@require_POST
def sign_off(request: HttpRequest) -> HttpResponse:
    """End the use and say so."""
    commands.sign_off(request.actor, request.use.sign_in.pk)  # type: ignore[attr-defined]
    request.session.flush()
    request.session[REASON_KEY] = "利用を終了しました。"
    return HttpResponseRedirect(reverse("staff:sign_in"))


sign_off.before_password_change = True  # type: ignore[attr-defined]


def _terminal(request: HttpRequest) -> Terminal | None:
    code = request.POST.get("terminal", "") if terminal_cookie.may_choose() else terminal_cookie.terminal_code_of(request)
    return find_terminal(code, clock.today())


def _specs() -> tuple[FieldSpec, ...]:
    if not terminal_cookie.may_choose():
        return (LOGIN, PASSWORD)
    choices = tuple(Choice(terminal.code, f"{terminal.office_name}　{terminal.name}") for terminal in terminals_on(clock.today()))
    hint = "試験環境のため、端末を選んで利用を開始します。"
    return (FieldSpec("terminal", "端末", Kind.SELECT, required=True, choices=choices, width=Width.MEDIUM, hint=hint), LOGIN, PASSWORD)


def _first_values(request: HttpRequest) -> dict[str, str]:
    """The terminal this browser was last; in the demo the first of the list, so that one can begin at once."""
    code = terminal_cookie.terminal_code_of(request)
    if not code and terminal_cookie.may_choose():
        code = next((terminal.code for terminal in terminals_on(clock.today())), "")
    return {"terminal": code}


def problems_of(result: Result) -> list[Problem]:
    """What to say of an attempt that was not admitted."""
    if result.outcome is Outcome.LOCKED:
        assert result.locked_until is not None
        until = f"{clock.jst(result.locked_until):%H時%M分}"
        return [Problem("", f"続けて失敗したため、この利用者IDの利用を{until}まで停止しました。急ぐ場合は、管理者に初期化を依頼してください。", True)]
    if result.outcome is Outcome.IN_USE:
        assert result.other is not None
        since = f"{clock.jst(result.other.signed_in_at):%H時%M分}"
        where = result.other.terminal_name
        return [Problem("", f"この利用者IDは、{since}から「{where}」で利用中です。一つの利用者IDを同時に二か所で使うことはできません。", True)]
    if result.outcome is Outcome.TOO_LATE:
        return [Problem("", "認証の有効な時間が過ぎたか、すでに使われた画面です。利用開始からやり直してください。", True)]
    if result.outcome is Outcome.NOT_PROVEN:
        return [Problem("", "確認できませんでした。もう一度行ってください。続けて失敗すると、利用者IDの利用をしばらく停止します。", True)]
    if result.outcome is Outcome.REFUSED:
        return [Problem("", "この操作を行う権限がありません。拒否したことは操作履歴に記録しました。", True)]
    # Said to everybody, so that an officer knows why the right password may not do, and a stranger learns nothing of this login.
    locks = "続けて間違えると、利用者IDの利用をしばらく停止します。急ぐ場合は、管理者に初期化を依頼してください。"
    return [Problem("", f"利用者IDまたはパスワードが違うか、利用できる期間ではありません。入力内容を確認してください。{locks}", True)]


def wanted_address(request: HttpRequest) -> str:
    """Where the person wanted to go; only a path of this very system."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/") else "/"


def _page(request: HttpRequest, form: BoundForm, *, reason: str = "", status: int = 200, result: Result | None = None) -> HttpResponse:
    code = terminal_cookie.terminal_code_of(request)
    context = {
        "form": form.without_value("password"),
        "next": wanted_address(request),
        "reason": reason,
        "in_use": result is not None and result.outcome is Outcome.IN_USE,
        "terminal": None if terminal_cookie.may_choose() else find_terminal(code, clock.today()),
        "shows_terminal": not terminal_cookie.may_choose(),
    }
    return render(request, "staff/sign_in.html", context, status=status)
