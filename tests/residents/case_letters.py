"""事案の通知書を出す手 — puts a letter out from its screen and reads it; for the tests of letters that come of cases. decision 0050."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

from django.test import Client

from daicho.residents.models import CertificateIssue
from tests.paper.tools import text_of
from tests.residents.screens.desks import PASSWORD
from tests.residents.screens.reading_steps import LOGIN, open_visit


def put_out(clerk: Client, url: str, tmp_path, **said: object) -> str:
    """What the paper says, white left out."""
    answer = clerk.post(url, {"once": str(uuid4()), **said})
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/pdf", refused(answer)
    return re.sub(r"\s", "", text_of(answer.content, tmp_path, "-raw"))


def refused(answer) -> str:
    """Why nothing was put out: as the page behind says it."""
    return answer.client.get(answer.url).content.decode()[:20000] if answer.status_code == 302 else answer.content.decode()[:2000]


def back_at_the_desk() -> Client:
    """The same clerk on a later day, signed in again."""
    client = Client()
    assert client.post("/sign-in/", {"login": LOGIN, "password": PASSWORD, "terminal": "H01"}).status_code == 302
    open_visit()
    return client


def told(kind: str) -> list[tuple[str, list[UUID]]]:
    """(case, people) of each letter of this kind on record."""
    rows = CertificateIssue.objects.filter(kind=kind).order_by("pk")
    return [(row.case.split(":")[0], [one.person.public_id for one in row.subjects.order_by("place")]) for row in rows]


def bare(name: str) -> str:
    return name.replace("　", "")
