"""端末の証 — which terminal this browser is, in a signed cookie. F-1-13: 操作端末ID is set by the system, never by the client.

In the demo and in tests the person chooses the terminal at sign-in; elsewhere an officer with `staff:terminal:register`
registers the machine once, and the sign-in screen only shows it.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_SALT = "daicho.staff.terminal"
_TEN_YEARS_SECONDS = 10 * 366 * 24 * 3600


def cookie_name() -> str:
    return f"daicho_{settings.DAICHO.name}_terminal"


def terminal_code_of(request: HttpRequest) -> str:
    """The code of the terminal, "" when this browser has none or its cookie was altered. The code may meanwhile be out of use."""
    value = request.get_signed_cookie(cookie_name(), default="", salt=_SALT, max_age=_TEN_YEARS_SECONDS)
    return str(value or "")


def mark(response: HttpResponse, terminal_code: str) -> None:
    """Make this browser that terminal."""
    response.set_signed_cookie(
        cookie_name(),
        terminal_code,
        salt=_SALT,
        max_age=_TEN_YEARS_SECONDS,
        httponly=True,
        samesite="Strict",
        secure=settings.INSTALLATION.environment == "production",
    )


def may_choose() -> bool:
    """Whether the person at the browser may say which terminal it is."""
    return settings.INSTALLATION.environment != "production"
