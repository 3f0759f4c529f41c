"""計測の窓口 — the acts of two officers, over HTTP, with the forms that the pages give. Issue step 8.

Each act returns the requests that are measured, by name; what only prepares it (受付, typing the form) is not among them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bench.browser import Answer, Browser
from daicho.residents.rules.events.move_in import MOVE_IN


@dataclass(frozen=True)
class Cost:
    """Seconds of one request: as the client waited, and as the server's processes computed."""

    seconds: float
    cpu: float


Times = dict[str, Cost]
"""By the name of the request, in order."""


def _cost(answer: Answer) -> Cost:
    return Cost(answer.seconds, answer.cpu)


class Unexpected(RuntimeError):
    """A page answered something else than the act needs: nothing is measured of it."""


@dataclass(frozen=True)
class Officer:
    """An account of the made-up city."""

    login: str
    password: str


class Desk:
    """One officer, signed in at a terminal."""

    def __init__(self, port: int, officer: Officer) -> None:
        self.browser = Browser(port)
        page = self.browser.get("/sign-in/")
        form = page.form("/sign-in/")
        _expect(self.browser.post("/sign-in/", form.filled({"login": officer.login, "password": officer.password})), 302)

    def style_sheet(self) -> Answer:
        """A file that every page names."""
        if not hasattr(self, "_sheet"):
            self._sheet = self.browser.get("/").text.partition('rel="stylesheet" href="')[2].partition('"')[0]
        return _expect(self.browser.get(self._sheet), 200)

    def open_visit(self) -> None:
        """受付 of a visitor who asks for everything below."""
        form = self.browser.get("/visit/").form("/visit/")
        said = {"visitor_name": "計測　太郎", "standing": "self", "identity_check": "one_document", "identity_documents": "my_number_card", "purpose": "計測"}
        _expect(self.browser.post("/visit/", form.filled(said)), 302)

    def search(self, fields: Mapping[str, str]) -> tuple[Times, Answer]:
        """検索, from the form as it was opened once."""
        if not hasattr(self, "_search"):
            self._search = self.browser.get("/search/").form("/search/found/")
        found = _expect(self.browser.post("/search/found/", self._search.filled(fields)), 200)
        return {"POST 検索": _cost(found)}, found

    def card(self, person: str) -> tuple[Times, Answer]:
        page = _expect(self.browser.get(f"/person/{person}/"), 200)
        return {"GET 個人票": _cost(page)}, page

    def as_of(self, person: str, fields: Mapping[str, str]) -> tuple[Times, Answer]:
        """The register as it was on a day: a POST of the history page's form."""
        if not hasattr(self, "_as_of"):
            self._as_of = self.browser.get(f"/person/{person}/history/").form("/as-of/")
        page = _expect(self.browser.post(f"/person/{person}/as-of/", self._as_of.filled(fields)), 200)
        return {"POST 基準日の記録": _cost(page)}, page

    def certificate(self, person: str) -> tuple[Times, Answer]:
        """住民票の写し, personal sheet, everything omissible omitted. The form's page is not counted: its POST answers with the PDF."""
        form = _expect(self.browser.get(f"/person/{person}/certificate/"), 200).form("/certificate/issue/")
        made = _expect(self.browser.post(form.action, form.filled({})), 200)
        if not made.body.startswith(b"%PDF"):
            raise Unexpected(f"{made.path} answered no PDF")
        return {"POST 交付": _cost(made)}, made


def move_in(clerk: Desk, examiner: Desk, filing: Mapping[str, str], people: Sequence[Mapping[str, str]]) -> Times:
    """転入 from 仮登録 to 本登録: what the clerk sends and then sees, what the examiner opens, sends and then sees."""
    start = f"/filings/new/{MOVE_IN.code}/"
    started = clerk.browser.get(start).form(start)
    begun = _expect(clerk.browser.post(start, started.filled({"count": str(len(people))})), 302)
    form = _expect(clerk.browser.get(begun.location), 200).form("/enter/")
    typed = {f"f-{name}": text for name, text in filing.items()}
    typed |= {f"m{index}-{name}": text for index, person in enumerate(people) for name, text in person.items()}
    entered = _expect(clerk.browser.post(form.action, form.filled(typed)), 302)
    seen_by_clerk = _expect(clerk.browser.get(entered.location), 200)
    opened = _expect(examiner.browser.get(_path(entered.location)), 200)
    decision = opened.form("/examine/")
    registered = _expect(examiner.browser.post(decision.action, [*decision.filled({}), ("do", "register")]), 302)
    if not registered.location.endswith("/result/"):
        raise Unexpected(f"the filing was not registered but led to {registered.location}")
    result = _expect(examiner.browser.get(registered.location), 200)
    return {
        "POST 仮登録": _cost(entered),
        "GET 仮登録の結果": _cost(seen_by_clerk),
        "GET 照合・審査": _cost(opened),
        "POST 照合して本登録": _cost(registered),
        "GET 本登録の結果": _cost(result),
    }


def _path(location: str) -> str:
    return urlsplit(location).path


def _expect(answer: Answer, status: int) -> Answer:
    if answer.status != status:
        raise Unexpected(f"{answer.path} answered {answer.status}, not {status}; it begins: {_said(answer)}")
    return answer


def _said(answer: Answer) -> str:
    """What a page says of what is wrong: the summary of problems, if it has one."""
    text = answer.text
    at = text.find('class="summary')
    return " ".join(text[at : at + 2500].split()) if at >= 0 else text[:300]
