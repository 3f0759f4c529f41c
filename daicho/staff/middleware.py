"""利用者の確認 — every request belongs to a signed-in person at a terminal, or is turned away. F-0-12, F-1-10, F-1-11, F-2-08, F-2-14.

Sets `request.actor` (audit.Actor or None) and `request.use` (the open use). A view is closed unless it says `open_to_all`.
Revoked, expired, idle and moved sessions fall out here, at their next request; a refused permission becomes the 403 page.

Where the system demands a second factor, a use that was opened without it is ended, and an officer who was away is asked for it
anew: until then there is nobody on the request, except for the views that say `while_paused`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from daicho import audit, clock
from daicho.staff import commands
from daicho.staff.models import EndedBy
from daicho.staff.ports import second_factor
from daicho.staff.queries import TOKEN_KEY, CurrentUse, actor_from, find_current_use
from daicho.staff.screens.terminal_cookie import terminal_code_of
from daicho.ui.errors import forbidden_page, signed_off_page

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
POLL_HEADER = "X-Daicho-Poll"  # a page that refreshes by itself is not a person at work
REASON_KEY = "ended_because"  # in the session: why the last use ended, told on the sign-in page


def open_to_all(view: View) -> View:
    """Mark a view that answers before anybody signed in (sign-in itself, style sheets' fonts)."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def while_paused(view: View) -> View:
    """Mark a view that also serves an officer who must prove their body anew: to do so, or to leave."""
    view.while_paused = True  # type: ignore[attr-defined]
    return view


class ActorMiddleware:
    """Place after the session and audit middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor, request.use, request.paused_use = None, None, None  # type: ignore[attr-defined]
        token = request.session.get(TOKEN_KEY)
        if token:
            self._admit(request, token)
        return self.get_response(request)

    def _admit(self, request: HttpRequest, token: str) -> None:
        today, now = clock.today(), clock.now()
        use = find_current_use(token, today)
        if use is None:
            self._forget(request, "他の端末で利用を開始したか、利用が終了したため、この画面での利用を終了しました。")
            return
        actor = actor_from(use)
        ended = _ending(use, terminal_code_of(request))
        if ended is not None:
            why, message = ended
            commands.end_use(actor, use.sign_in.pk, why)
            self._forget(request, message)
            return
        if second_factor() is not None and use.is_paused(now):
            request.paused_use = use  # type: ignore[attr-defined]
            return
        if POLL_HEADER not in request.headers:
            commands.touch(use.sign_in, now)
        request.actor, request.use = actor, use  # type: ignore[attr-defined]

    @staticmethod
    def _forget(request: HttpRequest, message: str) -> None:
        request.session.flush()
        request.session[REASON_KEY] = message

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any) -> HttpResponseBase | None:  # Any: Django
        if getattr(view, "open_to_all", False):
            return None
        paused: CurrentUse | None = request.paused_use  # type: ignore[attr-defined]
        if paused is not None:
            if not getattr(view, "while_paused", False):
                return _to_door(request, reverse("second_factor:assertion"))
            request.actor, request.use = actor_from(paused), paused  # type: ignore[attr-defined]
        use: CurrentUse | None = request.use  # type: ignore[attr-defined]
        if use is None:
            return _to_door(request, reverse("staff:sign_in"))
        if use.account.must_change_password and not getattr(view, "before_password_change", False):
            return HttpResponseRedirect(reverse("staff:password"))
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if isinstance(exception, audit.Refused):  # its record is committed already
            return forbidden_page(request)
        return None


def _ending(use: CurrentUse, terminal_code: str) -> tuple[EndedBy, str] | None:
    """Why this use may not go on, if so."""
    now = clock.now()
    if not use.is_in_force(clock.today()):
        return EndedBy.REVOKED, "利用者の有効期間が終わったため、利用を終了しました。"
    if use.sign_in.terminal_code != terminal_code:
        return EndedBy.TERMINAL, "利用を開始した端末と異なる端末のため、利用を終了しました。"
    if second_factor() is not None and use.sign_in.asserted_at is None:
        return EndedBy.REVOKED, "生体認証をしていない利用のため、利用を終了しました。"
    if use.is_idle(now):
        return EndedBy.IDLE, "操作のない時間が続いたため、利用を終了しました。入力中の内容は仮保存されています。"
    if use.is_too_long(now):
        return EndedBy.TOO_LONG, "連続して利用できる時間を超えたため、利用を終了しました。"
    return None


def _to_door(request: HttpRequest, door: str) -> HttpResponseBase:
    """A page asked for goes to the sign-in screen (or to that of the second factor) and back; anything sent is answered 401, so that no
    sender takes it for done."""
    if request.method in ("GET", "HEAD") and "HX-Request" not in request.headers:
        return HttpResponseRedirect(f"{door}?{urlencode({'next': request.get_full_path()})}")
    response = signed_off_page(request)
    response["HX-Redirect"] = door
    return response
