"""照合ページの窓口 — the WSGI application: a code in, a page out; nothing is kept, nothing about the caller is written down. decision 0046."""

from __future__ import annotations

import json
import logging
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any  # WSGI's environ
from urllib.parse import parse_qs

import psycopg
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from daicho.check_page import page as pages
from daicho.check_page.config import CheckPage
from daicho.check_page.entries import Find
from daicho.check_page.limits import Limit
from daicho.paper.check_code import code_of
from daicho.paper.published import all_certificates
from daicho.paper.verifying import key_mark

log = logging.getLogger(__name__)
STATIC = Path(__file__).parent / "static"
_FILES = {"check.css": "text/css; charset=utf-8", "check.js": "text/javascript; charset=utf-8"}
# Nothing is fetched from, sent to or framed by anywhere: the file that somebody checks cannot leave their machine from this page.
HEADERS = (
    ("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    ("Strict-Transport-Security", "max-age=31536000"),
)
Environ = dict[str, Any]  # as WSGI has it
StartResponse = Callable[[str, list[tuple[str, str]]], object]


@dataclass(frozen=True)
class Answer:
    status: str
    body: bytes
    kind: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


class Application:
    """`find` asks the database; `limit` says who may ask now."""

    def __init__(self, page: CheckPage, find: Find, limit: Limit | None = None) -> None:
        self._page, self._find, self._limit = page, find, limit or Limit()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        answer = self._answer(environ) if method in ("GET", "HEAD") else Answer("405 Method Not Allowed", b"", headers=(("Allow", "GET, HEAD"),))
        start_response(answer.status, [("Content-Type", answer.kind), ("Content-Length", str(len(answer.body))), *HEADERS, *answer.headers])
        return [] if method == "HEAD" else [answer.body]

    def _answer(self, environ: Environ) -> Answer:
        path, city = environ.get("PATH_INFO", "/"), self._page.municipality_name
        if path == "/.well-known/jwt-vc-issuer":
            return Answer("200 OK", self._issuer(environ), "application/json")
        if not path.startswith("/check/"):
            return Answer("302 Found", b"", headers=(("Location", "/check/"),)) if path in ("/", "/check") else _html("404 Not Found", pages.not_found(city))
        rest = path.removeprefix("/check/")
        if rest in _FILES:
            return Answer("200 OK", (STATIC / rest).read_bytes(), _FILES[rest])
        if rest == "city.pem":
            pem = b"".join(each.public_bytes(Encoding.PEM) for each in self._certificates())
            return Answer("200 OK", pem, "application/x-pem-file", (("Content-Disposition", 'attachment; filename="city.pem"'),))
        asked = rest or parse_qs(environ.get("QUERY_STRING", "")).get("code", [""])[0]
        return self._checked(asked, self._caller(environ)) if asked else _html("200 OK", pages.asking(city))

    def _checked(self, asked: str, caller: str) -> Answer:
        """Known, unknown or no code at all: one question to the database, and for the last two the very same answer."""
        city = self._page.municipality_name
        if not self._limit.lets(caller):
            return _html("429 Too Many Requests", pages.busy(city), ("Retry-After", "60"))
        code = code_of(asked)
        try:
            entry = self._find(code)
        except psycopg.Error as error:
            log.error("the database did not answer: %s", type(error).__name__)
            return _html("503 Service Unavailable", pages.broken(city), ("Retry-After", "60"))
        if code is None or entry is None:
            return _html("404 Not Found", pages.not_found(city))
        return _html("200 OK", pages.found(city, code, entry))

    def _caller(self, environ: Environ) -> str:
        """Behind a proxy the address that it saw, which it adds last; else the connection's own."""
        forwarded = str(environ.get("HTTP_X_FORWARDED_FOR", "")) if self._page.behind_proxy else ""
        return forwarded.rpartition(",")[2].strip() or str(environ.get("REMOTE_ADDR", ""))

    def _certificates(self) -> list[x509.Certificate]:
        return all_certificates(Path(self._page.certificates))

    def _issuer(self, environ: Environ) -> bytes:
        """The keys by which credentials of the city are verified (SD-JWT VC, 5: JWT VC Issuer Metadata)."""
        scheme = "https" if self._page.behind_proxy else environ.get("wsgi.url_scheme", "http")
        keys = []
        for certificate in self._certificates():
            key = certificate.public_key()
            if isinstance(key, ed25519.Ed25519PublicKey):
                raw = urlsafe_b64encode(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).rstrip(b"=").decode("ascii")
                keys.append({"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": key_mark(key).hex(), "x": raw})
        return json.dumps({"issuer": f"{scheme}://{environ.get('HTTP_HOST', 'localhost')}", "jwks": {"keys": keys}}).encode()


def _html(status: str, body: str, *headers: tuple[str, str]) -> Answer:
    return Answer(status, body.encode("utf-8"), headers=headers)
