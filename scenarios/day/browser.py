"""閲覧ソフト — an outsider's browser over HTTP: keeps cookies, follows redirects, gives pages back as a reader sees them."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin

from scenarios.day.dom import Element, parse
from scenarios.day.forms import Form, NoSuchField

PATIENCE = 30.0


@dataclass(frozen=True)
class Page:
    """An answer: its address after redirects, its status, and what stands in it."""

    address: str
    status: int
    kind: str
    body: bytes

    @cached_property
    def root(self) -> Element:
        return parse(self.body.decode("utf-8", "replace"))

    @property
    def main(self) -> Element:
        return self.root.first("main") or self.root

    @property
    def text(self) -> str:
        return self.main.text

    @property
    def heading(self) -> str:
        found = self.main.first("h1")
        return found.text if found is not None else ""

    def form(self, button: str, within: str = "") -> Form:
        """The form that has a button with these words; `within` is a text of the form, when several have one."""
        for element in self.root.all("form"):
            form = Form(element, self.address)
            if form.has_button(button) and within in element.text:
                return form
        raise NoSuchField(f"{self.address} ({self.status}) has no form with the button {button}: {self.text[:200]}")

    def has_button(self, words: str) -> bool:
        return any(Form(element, self.address).has_button(words) for element in self.root.all("form"))

    def link(self, words: str) -> str:
        """Where the link whose text begins with these words leads."""
        for element in (*self.main.all("a"), *self.root.all("a")):  # the frame's own links come last
            if element.text.startswith(words) and element.get("href"):
                return urljoin(self.address, element.get("href"))
        raise NoSuchField(f"{self.address} ({self.status}) has no link {words}: {[e.text for e in self.main.all('a')]}")

    def has_link(self, words: str) -> bool:
        return any(element.text.startswith(words) for element in self.root.all("a"))

    def table(self, caption: str) -> list[dict[str, Element]]:
        """The rows of the table whose caption begins so: heading → cell."""
        for table in self.root.all("table"):
            named = table.first("caption")
            if named is not None and named.text.startswith(caption):
                head = [each.text for each in (table.first("thead") or table).all("th")]
                return [dict(zip(head, row.all("td", "th"), strict=True)) for row in (table.first("tbody") or table).all("tr")]
        return []

    def fact(self, term: str) -> str:
        """The value beside a term of the page's lists; "" when it is not there."""
        for term_element in self.main.all("dt"):
            beside = term_element.parent.first("dd") if term_element.text == term and term_element.parent is not None else None
            if beside is not None:
                return beside.text
        return ""


class Browser:
    """One person's browser. Cookies of its own, so that two people may sit beside each other."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, address: str) -> Page:
        return self._ask(urllib.request.Request(urljoin(self.address, address)))

    def post(self, address: str, sent: Sequence[tuple[str, str]]) -> Page:
        return self._ask(urllib.request.Request(urljoin(self.address, address), data=urlencode(sent).encode()))

    def press(self, form: Form, button: str, more: Sequence[tuple[str, str]] = ()) -> Page:
        """Send the form with this button; `more` is what a forger would add."""
        address, sent = form.sent_with(button)
        return self.post(address, [*sent, *more]) if form.method == "post" else self.get(f"{address}?{urlencode(sent)}")

    def _ask(self, request: urllib.request.Request) -> Page:
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                return Page(answer.geturl(), answer.status, answer.headers.get_content_type(), answer.read())
        except urllib.error.HTTPError as refused:
            with refused:
                return Page(refused.geturl(), refused.code, refused.headers.get_content_type(), refused.read())
