"""机 — made-up officers signed in at terminals of the made-up city, each with a browser's client of their own. No real person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.test import Client

from daicho.audit.actor import Actor
from daicho.city import demo
from daicho.residents.permissions import WORDS
from daicho.staff import commands
from daicho.staff.models import Unit
from daicho.staff.permissions import Permission as StaffPermission
from tests.staff.people import give_all

SINCE = date(2026, 4, 1)
PASSWORD = "umi-to-saka-1884"
SYSTEM = Actor.system("tests", *StaffPermission)
ALL = tuple(p.value for p in WORDS)  # what an officer can be given
ENTERS = ("residents:visit:open", "residents:person:search", "residents:person:read", "residents:filing:enter", "residents:certificate:issue")
EXAMINES = (
    "residents:person:read", "residents:filing:examine", "residents:filing:register", "residents:number:reveal", "residents:notice:read",
    "residents:certificate:issue",
)  # fmt: skip
NAMES = {"m.mado": ("小林　窓子", "コバヤシ　マドコ"), "s.shinsa": ("高橋　照合", "タカハシ　テルアイ"), "t.taka": ("田中　伝", "タナカ　ツタエ")}


def city() -> None:
    """Offices, terminals and the unit; once in each database."""
    if Unit.objects.filter(code="1201").exists():
        return
    demo.fill()
    commands.register_unit(SYSTEM, code="1201", name="戸籍住民課", valid_from=SINCE)


def officer(login: str, permissions: Iterable[str], terminal: str) -> Client:
    """A new account with these rights, signed in."""
    register(login, permissions)
    client = Client()
    answer = client.post("/sign-in/", {"login": login, "password": PASSWORD, "terminal": terminal})
    assert answer.status_code == 302, answer.content.decode()
    return client


def register(login: str, permissions: Iterable[str]) -> None:
    name, kana = NAMES[login]
    account = commands.create_account(
        SYSTEM, login=login, name=name, kana=kana, employee_no=f"no-{login}", unit_code="1201", password=PASSWORD, valid_from=SINCE, must_change=False
    )
    give_all(account, permissions)


def visible(answer: object) -> str:
    """The text of a page as it is read: tags away, spaces joined."""
    html = answer.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"[ \t\r\n]+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"<(script|style).*?</\1>", " ", html, flags=re.S)))
