"""計測の閲覧者 — a clerk's browser over one kept connection: cookies, forms as the pages give them, and the time of every request.

Time runs from the first byte sent to the last byte received, on loopback. Reading a page's forms is not part of it.
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from bench.meter import Meter

_KEPT = 10.0  # seconds


@dataclass(frozen=True)
class Answer:
    """One response. `form` and `link` read the page."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    seconds: float
    cpu: float  # seconds that the server's processes computed for it
    path: str
    at: float = 0.0  # perf_counter() when its last byte was there

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")

    def forms(self) -> list[Form]:
        parser = _Forms()
        parser.feed(self.text)
        return parser.forms

    def form(self, action_end: str) -> Form:
        """The form that can be sent to an address that ends so, as its own or by a button. LookupError names those there are."""
        found = self.forms()
        for one in found:
            for action in (one.action or self.path, *one.by_button):
                if urlsplit(action).path.endswith(action_end):
                    return replace(one, action=action)
        raise LookupError(f"{self.path} ({self.status}) has no form {action_end!r}, only {[(f.action, *f.by_button) for f in found]}")


@dataclass
class Form:
    """A form as the page filled it. `values` are (name, value) of what a browser would send; `names` are all fields there are."""

    action: str
    values: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    by_button: list[str] = field(default_factory=list)  # further addresses, each by a button of its own

    def filled(self, fields: Mapping[str, str | Sequence[str]]) -> list[tuple[str, str]]:
        """What is sent when these fields are filled in. LookupError for a field that the form does not have."""
        if unknown := fields.keys() - self.names:
            raise LookupError(f"{self.action} has no field {sorted(unknown)}; it has {sorted(self.names)}")
        kept = [(name, value) for name, value in self.values if name not in fields]
        return kept + [(name, value) for name, given in fields.items() for value in ([given] if isinstance(given, str) else given)]


class Browser:
    """One clerk at one browser. Redirects are not followed by themselves: each request has its own time."""

    def __init__(self, port: int) -> None:
        self.meter: Meter | None = None
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}
        self._last = 0.0
        self._origin = f"http://127.0.0.1:{port}"

    def beside(self) -> Browser:
        """The same clerk's next connection."""
        other = Browser(self._connection.port)
        other._cookies = dict(self._cookies)
        return other

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, values: Sequence[tuple[str, str]]) -> Answer:
        return self._ask("POST", path, urlencode(values).encode())

    def _ask(self, method: str, path: str, body: bytes | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()), "Origin": self._origin}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        path = path.partition("#")[0]
        if time.monotonic() - self._last > _KEPT:  # the listener gives a silent connection up after 30 s
            self._connection.close()
            self._connection.connect()
        computed = self.meter.seconds() if self.meter else 0.0
        began = time.perf_counter()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        received = response.read()
        seconds = time.perf_counter() - began
        computed = self.meter.seconds() - computed if self.meter else 0.0
        self._last = time.monotonic()
        for line in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self._cookies[name] = morsel.value
        return Answer(response.status, response.headers, received, seconds, computed, path, began + seconds)


class _Forms(HTMLParser):
    """The forms of a page, with what a browser would send of each."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._select: str | None = None
        self._first_option: str | None = None
        self._chosen = False
        self._textarea: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        if not self.forms or "disabled" in given:
            return
        name, form = given.get("name", ""), self.forms[-1]
        if tag == "input" and name:
            form.names.add(name)
            kind = given.get("type", "text")
            if kind not in ("submit", "button", "image") and (kind not in ("radio", "checkbox") or "checked" in given):
                form.values.append((name, given.get("value", "on" if kind in ("radio", "checkbox") else "")))
        elif tag == "button":
            form.names |= {name} - {""}
            form.by_button += [given["formaction"]] if "formaction" in given else []
        elif tag == "select" and name:
            form.names.add(name)
            self._select, self._first_option, self._chosen = name, None, False
        elif tag == "option" and self._select:
            self._option(form, given)
        elif tag == "textarea" and name:
            form.names.add(name)
            self._textarea, self._text = name, ""

    def _option(self, form: Form, given: Mapping[str, str]) -> None:
        if self._first_option is None:
            self._first_option = given.get("value", "")
        if "selected" in given and self._select is not None:
            form.values.append((self._select, given.get("value", "")))
            self._chosen = True

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select is not None:
            if not self._chosen and self._first_option is not None:
                self.forms[-1].values.append((self._select, self._first_option))
            self._select = None
        elif tag == "textarea" and self._textarea is not None:
            self.forms[-1].values.append((self._textarea, self._text.removeprefix("\n")))
            self._textarea = None
