"""職員の端末 — officers of this room signed in with a browser's client, with the rights that they are given. No real person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.test import Client

from daicho.audit.actor import Actor
from daicho.city import demo
from daicho.staff import commands
from daicho.staff.permissions import Permission as StaffPermission
from daicho.transfers.permissions import LABELS_JA
from tests.staff.people import give_all

SINCE = date(2026, 4, 1)
PASSWORD = "umi-to-saka-1884"
SYSTEM = Actor.system("tests", *StaffPermission)
ALL = tuple(str(permission) for permission in LABELS_JA)
NAMES = {"n.ogawa": ("小川　直樹", "オガワ　ナオキ"), "t.honma": ("本間　隆", "ホンマ　タカシ"), "t.taka": ("田中　伝", "タナカ　ツタエ")}
TERMINALS = {"n.ogawa": "H01", "t.honma": "E01", "t.taka": "Z01"}


def signed_in(login: str, permissions: Iterable[str] = ALL) -> Client:
    """A new account with these rights, at a terminal of its own."""
    demo.fill()
    commands.register_unit(SYSTEM, code="1201", name="戸籍住民課", valid_from=SINCE)
    name, kana = NAMES[login]
    account = commands.create_account(
        SYSTEM, login=login, name=name, kana=kana, employee_no=f"no-{login}", unit_code="1201", password=PASSWORD, valid_from=SINCE, must_change=False
    )
    give_all(account, permissions)
    client = Client()
    answer = client.post("/sign-in/", {"login": login, "password": PASSWORD, "terminal": TERMINALS[login]})
    assert answer.status_code == 302, answer.content.decode()
    return client


def visible(answer: object) -> str:
    """The text of a page as it is read: tags away, spaces joined."""
    html = answer.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"[ \t\r\n]+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"<(script|style).*?</\1>", " ", html, flags=re.S)))


def main_of(answer: object) -> str:
    """The text of the page's main part."""
    html = answer.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"[ \t\r\n]+", " ", re.sub(r"<[^>]+>", " ", html.split("<main", 1)[1].split("</main>")[0]))
