"""計測の窓口 — the acts of two officers, over HTTP, with the forms that the pages give. Issue step 8.

Each act returns the requests that are measured, by name; what only prepares it (受付, typing the form) is not among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass

from bench.browser import Answer, Browser


@dataclass(frozen=True)
class Cost:
    """Seconds of one request: as the client waited, and as the server's processes computed; and when it was answered, by perf_counter()."""

    seconds: float
    cpu: float
    at: float


Times = dict[str, Cost]
"""By the name of the request, in order."""


def cost(answer: Answer) -> Cost:
    return Cost(answer.seconds, answer.cpu, answer.at)


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
        expect(self.browser.post("/sign-in/", form.filled({"login": officer.login, "password": officer.password})), 302)

    def beside(self) -> Desk:
        """The same officer at another page, over a connection of its own."""
        other = copy(self)
        other.browser = self.browser.beside()
        return other

    def style_sheet(self) -> Answer:
        """A file that every page names."""
        if not hasattr(self, "_sheet"):
            self._sheet = self.browser.get("/").text.partition('rel="stylesheet" href="')[2].partition('"')[0]
        return expect(self.browser.get(self._sheet), 200)

    def open_visit(self) -> None:
        """受付 of a visitor who asks for everything below."""
        form = self.browser.get("/visit/").form("/visit/")
        said = {"visitor_name": "計測　太郎", "standing": "self", "identity_check": "one_document", "identity_documents": "my_number_card", "purpose": "計測"}
        expect(self.browser.post("/visit/", form.filled(said)), 302)

    def search(self, fields: Mapping[str, str]) -> tuple[Times, Answer]:
        """検索, from the form as it was opened once."""
        if not hasattr(self, "_search"):
            self._search = self.browser.get("/search/").form("/search/found/")
        found = expect(self.browser.post("/search/found/", self._search.filled(fields)), 200)
        return {"POST 検索": cost(found)}, found

    def card(self, person: str) -> tuple[Times, Answer]:
        page = expect(self.browser.get(f"/person/{person}/"), 200)
        return {"GET 個人票": cost(page)}, page

    def as_of(self, person: str, fields: Mapping[str, str]) -> tuple[Times, Answer]:
        """The register as it was on a day: a POST of the history page's form."""
        if not hasattr(self, "_as_of"):
            self._as_of = self.browser.get(f"/person/{person}/history/").form("/as-of/")
        page = expect(self.browser.post(f"/person/{person}/as-of/", self._as_of.filled(fields)), 200)
        return {"POST 基準日の記録": cost(page)}, page

    def certificate(self, person: str) -> tuple[Times, Answer]:
        """住民票の写し, personal sheet, everything omissible omitted. The form's page is not counted: its POST answers with the PDF."""
        return self._issued(person, {})

    def household_certificate(self, person: str) -> tuple[Times, Answer]:
        """住民票の写し of the whole household (世帯連記式)."""
        return self._issued(person, {"certificate": "juminhyo_household"})

    def _issued(self, person: str, fields: Mapping[str, str]) -> tuple[Times, Answer]:
        form = expect(self.browser.get(f"/person/{person}/certificate/"), 200).form("/certificate/issue/")
        made = expect(self.browser.post(form.action, form.filled(fields)), 200)
        if not made.body.startswith(b"%PDF"):
            raise Unexpected(f"{made.path} answered no PDF")
        return {"POST 交付": cost(made)}, made


def expect(answer: Answer, status: int) -> Answer:
    if answer.status != status:
        raise Unexpected(f"{answer.path} answered {answer.status}, not {status}; it begins: {_said(answer)}")
    return answer


def _said(answer: Answer) -> str:
    """What a page says of what is wrong: the summary of problems, if it has one."""
    text = answer.text
    at = text.find('class="summary')
    return " ".join(text[at : at + 2500].split()) if at >= 0 else text[:300]
