"""働いている職員 — one officer of each system of the town, signed in at its real screens as a browser would, with a device where one is demanded. F-1-10, F-2-08."""

from __future__ import annotations

from datetime import date
from urllib.request import HTTPCookieProcessor

from daicho.audit.actor import Actor
from daicho.city import commands as city
from daicho.city.permissions import CityPermission
from daicho.city.rules import change_to
from daicho.city.sample import TERMINALS
from daicho.city.values import Office
from daicho.staff import commands
from daicho.staff.permissions import Permission
from scenarios.day.city import Account
from scenarios.day.officer import Officer
from tests.journeys.forbidden.doors import SYSTEMS
from tests.journeys.forbidden.town import Town, as_web_role

SINCE = date(2026, 4, 1)
LOGIN, PASSWORD = "h.otaru", "umi-to-saka-1884"


def at_work(town: Town, blocker) -> dict[str, dict[str, str]]:
    """What the browser of somebody at work keeps, by system: the cookies of the session, the terminal and the forms."""
    codes = {}
    for system in SYSTEMS:
        with as_web_role(town, system, blocker):
            codes[system] = _register(system)
    town.wait_for("screens")
    return {system: _sign_in(town, system, code) for system, code in codes.items()}


def _register(system: str) -> str:
    """An account in the system's own tables; returns the code by which a device is registered, where one is demanded."""
    operator = Actor.system("tests", *Permission, *CityPermission)
    for place in (Office("honcho", "本庁", "戸籍住民課", "0478660", "北海道小樽市花園2丁目12番1号", 1), TERMINALS[0]):
        city.install(operator, change_to(place, SINCE))
    commands.register_unit(operator, code="1201", name="戸籍住民課", valid_from=SINCE)
    account = commands.create_account(
        operator,
        login=LOGIN,
        name="小樽　花子",
        kana="オタル　ハナコ",
        employee_no="S1",
        unit_code="1201",
        password=PASSWORD,
        valid_from=SINCE,
        must_change=False,
    )
    if system != "juki_net":
        return ""
    return commands.approve_enrolment(operator, commands.apply_for_enrolment(operator, account, reason="試験").pk)


def _sign_in(town: Town, system: str, code: str) -> dict[str, str]:
    officer = Officer(Account(system, f"{town.made.system(system).origin}/", "試験", LOGIN, PASSWORD, code))
    officer.sign_in(0)
    jar = next(handler.cookiejar for handler in officer.browser._opener.handlers if isinstance(handler, HTTPCookieProcessor))
    return {cookie.name: str(cookie.value) for cookie in jar}
