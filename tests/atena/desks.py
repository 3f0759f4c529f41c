"""机 — an officer who is signed in at a terminal, with exactly these rights."""

from __future__ import annotations

import html
import re

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from daicho.staff import commands
from daicho.staff.queries import TOKEN_KEY
from daicho.staff.screens import terminal_cookie
from tests.staff.people import COUNTER_1, COUNTER_2, PASSWORD, account, give_all


def signed_in(*permissions: str, login: str = "h.otaru") -> Client:
    terminal = COUNTER_1 if login == "h.otaru" else COUNTER_2
    give_all(account(login), permissions)
    result = commands.sign_in(login, PASSWORD, terminal)
    client = Client()
    session = client.session
    session[TOKEN_KEY] = result.token
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    marked = HttpResponse()
    terminal_cookie.mark(marked, terminal.code)
    client.cookies[terminal_cookie.cookie_name()] = marked.cookies[terminal_cookie.cookie_name()].value
    return client


def text_of(response: HttpResponse) -> str:
    """What stands on the page, without tags."""
    return html.unescape(re.sub(r"<[^>]+>", "", response.content.decode()))
