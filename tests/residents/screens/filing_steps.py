"""窓口の一歩 — what a clerk's browser sends, step by step, for the tests of the filing screens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.test import Client

from daicho import clock
from daicho.residents.commands import visits
from daicho.residents.models import Filing, Visit
from daicho.residents.rules.visits import VisitForm
from daicho.staff.queries import find_account, grants_of
from tests.cast import CLERK, FAMILY, Role
from tests.residents.counter import MOVE_IN_TEXTS
from tests.residents.screens.desks import SINCE, visible

_INPUT = re.compile(r"<input\b[^>]*>")
_SELECT = re.compile(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', re.S)
_CHOSEN = re.compile(r'<option value="([^"]*)" selected')


def open_visit(login: str = "m.mado", identity_check: str = "one_document") -> Visit:
    """受付 by that officer (its screen has tests of its own)."""
    account = find_account(login)
    assert account is not None
    Visit.objects.filter(opened_by_id_no=account.pk, closed_at__isnull=True).update(closed_at=clock.now())
    actor = replace(
        CLERK, account_id=account.pk, login=login, name=account.name, grants=grants_of(account, SINCE, "honcho"), office_code="honcho", terminal="H01"
    )
    opened = visits.open_visit(actor, VisitForm("花園　太郎", "self", identity_check, ("my_number_card",) if identity_check == "one_document" else (), "転入"))
    assert opened.visit is not None
    return opened.visit


def begin_move_in(client: Client, count: int = 1) -> UUID:
    answer = client.post("/filings/new/domestic_move_in/", {"count": str(count)})
    assert answer.status_code == 302, answer.content.decode()
    return UUID(answer.url.strip("/").split("/")[1])


def move_in_data(people: Sequence[Role] = FAMILY, **texts: str) -> dict[str, str]:
    """A whole 転入 form as a browser sends it."""
    data = {f"f-{name}": text for name, text in {**MOVE_IN_TEXTS, **texts}.items()}
    for index, person in enumerate(people):
        data.update({f"m{index}-{name}": text for name, text in person.typed().items()})
    return {**data, "people": str(len(people))}


def form_of(answer: object) -> dict[str, str]:
    """What the form on a page holds: the names and texts of its controls."""
    html = answer.content.decode()  # type: ignore[attr-defined]
    html = html[html.index('class="form filing"') :].split("</form>")[0]
    found = {}
    for tag in _INPUT.findall(html):
        attributes = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if "name" in attributes and (attributes.get("type") not in ("radio", "checkbox") or " checked" in tag):
            found[attributes["name"]] = attributes.get("value", "")
    for name, options in _SELECT.findall(html):
        found[name] = (_CHOSEN.findall(options) or [""])[0]
    return found


def with_reasons(answer: object, data: dict[str, str], reason: str = "届出人に確かめた") -> dict[str, str]:
    """The same form with a reason for each alert that the page names."""
    names = re.findall(r'name="(override-[^"]+)"', answer.content.decode())  # type: ignore[attr-defined]
    return {**data, **dict.fromkeys(names, reason)}


def enter(client: Client, filing: UUID, data: dict[str, str]) -> Filing:
    """仮登録, every alert answered."""
    answer = client.post(f"/filings/{filing}/enter/", data)
    if answer.status_code == 422:
        answer = client.post(f"/filings/{filing}/enter/", with_reasons(answer, data))
    assert answer.status_code == 302, visible(answer)
    return Filing.objects.get(public_id=filing)


def entered_move_in(client: Client, people: Sequence[Role] = FAMILY, **texts: str) -> Filing:
    return enter(client, begin_move_in(client, len(people)), move_in_data(people, **texts))


def mark_on(answer: object) -> str:
    """The mark of what the examination page shows."""
    return re.search(r'name="seen" value="([0-9a-f]+)"', answer.content.decode())[1]  # type: ignore[attr-defined,index]


def register(client: Client, filing: UUID) -> None:
    """照合 and 本登録 in one step."""
    page = client.get(f"/filings/{filing}/examination/")
    answer = client.post(f"/filings/{filing}/examine/", {"seen": mark_on(page), "do": "register"})
    assert answer.status_code == 302 and answer.url.split("?")[0].endswith("/result/"), answer.url
