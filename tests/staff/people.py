"""試験の職員 — made-up officers, units and terminals of the staff tests. No real person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from daicho import clock
from daicho.audit.actor import Actor
from daicho.staff import commands, permissions
from daicho.staff.commands.sign_in import actor_at, admit
from daicho.staff.models import Account, Grant
from daicho.staff.permissions import Permission
from daicho.staff.ports import Terminal
from daicho.staff.queries import TOKEN_KEY, find_account
from daicho.staff.screens import terminal_cookie

SINCE = date(2026, 4, 1)
TODAY = date(2026, 7, 1)
COUNTER_1 = Terminal("H01", "本庁1", "honcho", "本庁")
COUNTER_2 = Terminal("H02", "本庁2", "honcho", "本庁")
STATION = Terminal("E01", "駅前1", "ekimae", "駅前サービスセンター")
TERMINALS = (COUNTER_1, COUNTER_2, STATION)
SYSTEM = Actor.system("tests", *Permission)
PASSWORD = "umi-to-saka-1884"


def terminals_on(on: date) -> tuple[Terminal, ...]:
    return TERMINALS


def units() -> None:
    commands.register_unit(SYSTEM, code="1201", name="戸籍住民課", valid_from=SINCE)
    commands.register_unit(SYSTEM, code="1301", name="保険年金課", valid_from=SINCE)


def account(login: str = "h.otaru", **more: Any) -> Account:  # Any: whatever the command takes
    """A named officer of 戸籍住民課, registered on the first day."""
    units()
    wanted = {
        "name": "小樽　花子", "kana": "オタル　ハナコ", "employee_no": f"no-{login}", "unit_code": "1201", "password": PASSWORD, "valid_from": SINCE,
        "must_change": False,
    } | more  # fmt: skip
    return commands.create_account(SYSTEM, login=login, **wanted)


def give(permission: str, *, login: str = "", unit_code: str = "", **more: Any) -> int:  # Any: as above
    """A grant in force: given and approved. Returns its id."""
    to = find_account(login) if login else None
    row = commands.grant(SYSTEM, permission, account=to, unit_code=unit_code, **({"valid_from": SINCE, "reason": "試験"} | more))
    return commands.approve_grant(SYSTEM, row.pk).pk


def give_all(to: Account, names: Iterable[str]) -> None:
    """Grants in force, in one statement: how two officers give and approve them is tried elsewhere (test_rights.py)."""
    wanted = list(dict.fromkeys(names))
    assert all(permissions.is_registered(name) for name in wanted), wanted
    Grant.objects.bulk_create(
        Grant(
            municipality_code=settings.INSTALLATION.municipality_code, account=to, permission=name, valid_from=SINCE, reason="試験", granted_at=clock.now(),
            approved_at=clock.now(),
        )
        for name in wanted
    )  # fmt: skip


def at_work(login: str = "h.otaru", terminal: Terminal = COUNTER_1) -> str:
    """The token of an open use, whatever this system demands: for tests of what comes after signing in."""
    with transaction.atomic():
        made = Account.objects.select_for_update().get(login=login)
        return admit(made, actor_at(made, terminal), terminal, clock.now(), take_over=True, asserted=True).token


def trail(action: str) -> list[tuple[str, str, str, dict[str, str]]]:
    """(outcome, login, terminal, detail) of the trail's rows of that action, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT outcome, login, terminal, detail::text FROM audit_entry WHERE action = %s ORDER BY id", [action])
        import json

        return [(outcome, login, terminal, json.loads(detail)) for outcome, login, terminal, detail in cursor.fetchall()]


def signed_in(*permissions: str, login: str = "h.otaru", terminal: Terminal = COUNTER_1) -> Client:
    """A browser of a new officer who has these rights. Needs STAFF_TERMINALS and a clock at TODAY."""
    give_all(account(login), permissions)
    return browser_of(login, terminal)


def browser_of(login: str, terminal: Terminal = COUNTER_1) -> Client:
    """The browser of an officer who is at work at that terminal."""
    client = Client()
    session = client.session
    session[TOKEN_KEY] = at_work(login, terminal)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    marked = HttpResponse()
    terminal_cookie.mark(marked, terminal.code)
    client.cookies[terminal_cookie.cookie_name()] = marked.cookies[terminal_cookie.cookie_name()].value
    return client
