"""照合ページ: 番号を入れると「当市が発行した、n枚、有効」だけを答え、知らない番号と番号でないものは同じに答え、何も書き残さない。決定0046.

The application alone, with a register of two copies that stands in memory; the real one, its role and its listener are in tests/residents/test_check_entry.py.
"""

from __future__ import annotations

import json
import logging
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from cryptography import x509

from daicho.check_page.app import Application
from daicho.check_page.config import CheckPage, CheckPageError, read
from daicho.check_page.entries import Entry
from daicho.check_page.limits import Limit
from tests.paper.signed import City, made_up_city

CODE, GONE, OLD = "K7Q29MXD0123ABCD", "0000000000000000", "1111111111111111"
DIGEST, UNSIGNED = "d" * 64, "e" * 64
KNOWN = {
    CODE: Entry(date(2026, 4, 3), 2, "7WQM-3RAJ", UNSIGNED, DIGEST, "valid"),
    GONE: Entry(date(2026, 4, 3), 1, "AAAA-BBBB", UNSIGNED, DIGEST, "cancelled"),
    OLD: Entry(date(2026, 4, 3), 1, "AAAA-BBBB", UNSIGNED, DIGEST, "replaced"),
}


@pytest.fixture(scope="module")
def otaru(tmp_path_factory: pytest.TempPathFactory) -> City:
    return made_up_city(tmp_path_factory.mktemp("otaru"))


class Asked(list[str | None]):
    """What was asked of the database."""

    def find(self, code: str | None) -> Entry | None:
        self.append(code)
        return KNOWN.get(code or "")


def page(folder: Path, behind_proxy: bool = False) -> CheckPage:
    return CheckPage("012033", "小樽市", str(folder / "city-certificates"), "127.0.0.1", 0, "", 0, "", "", "", behind_proxy)


def get(application: Application, path: str, query: str = "", method: str = "GET", **environ: str) -> tuple[int, dict[str, str], str]:
    answered: list[object] = []
    body = b"".join(
        application(
            {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "REMOTE_ADDR": "192.0.2.1", "HTTP_HOST": "city.example", **environ},
            lambda status, headers: answered.extend((status, headers)),
        )
    )
    status, headers = answered
    return int(str(status)[:3]), dict(headers), body.decode("utf-8")  # type: ignore[call-overload]


def test_当市が発行した_n枚_有効とだけ答える(tmp_path: Path):
    """S1-05: and what to compare: 契印, and the digest of the file."""
    status, headers, said = get(Application(page(tmp_path), Asked().find), f"/check/{CODE}")
    assert status == 200
    assert "この番号の証明書は、令和8年4月3日に当市が発行したものです。2枚。現在も有効です。" in said
    assert "7WQM-3RAJ" in said and DIGEST in said and "K7Q2-9MXD-0123-ABCD" in said
    assert "default-src 'none'" in headers["Content-Security-Policy"] and "connect-src" not in headers["Content-Security-Policy"]
    assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer") and "Set-Cookie" not in headers
    for path, words in ((GONE, "取り消されています。この証明書は使えません。"), (OLD, "差し替えられています。この証明書は使えません。")):
        assert words in get(Application(page(tmp_path), Asked().find), f"/check/{path}")[2]


def test_紙から打った番号も読める(tmp_path: Path):
    asked = Asked()
    assert get(Application(page(tmp_path), asked.find), "/check/", "code=k7q2-9mxd-O123-abcd")[0] == 200
    assert asked == [CODE]


UNKNOWN = "ZZZZZZZZZZZZZZZZ"
NO_CODES = (
    "短い", "../../etc/passwd", "K7Q2", "'; DROP TABLE x --", CODE + "0", CODE[:-1] + "U", CODE[:-1] + "\x00", "\udcff" * 16, "ｋ" * 16, "١" * 16, "Z" * 9_000,
    f"{CODE}/", f"{CODE}.pdf", "check.js/", " ",
)  # fmt: skip
"""Too short and long, a letter that no code has, what a database cannot hold, digits of another script, names of files."""


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("way", ["path", "query"])
def test_知らない番号と番号でないものは同じ答えで同じだけ問い合わせる(tmp_path: Path, way: str, method: str):
    """決定0046: whoever guesses learns nothing from status, headers, length or words, nor from what it took."""
    asked = Asked()

    def answer(typed: str) -> tuple[int, dict[str, str], str]:
        application = Application(page(tmp_path), asked.find)
        if way == "path":
            return get(application, f"/check/{typed}", method=method)
        return get(application, "/check/", f"code={quote(typed, errors='surrogateescape')}", method=method)

    unknown = answer(UNKNOWN)
    assert unknown[0] == 404 and ("この番号の証明書は確認できません" in unknown[2]) is (method == "GET")
    assert [typed for typed in NO_CODES if answer(typed) != unknown] == []
    assert asked == [UNKNOWN, *[None] * len(NO_CODES)]


def test_知っている番号の答えは状態の一文のほか形も長さも変わらない(tmp_path: Path):
    """決定0046: of a copy the page tells day, pages, 契印, digests and whether it holds; what else became of it, and whose it is, changes no byte."""
    told: dict[str, tuple[int, dict[str, str], str]] = {}
    for standing in ("valid", "cancelled", "replaced"):
        entry = replace(KNOWN[CODE], standing=standing)
        told[standing] = get(Application(page(tmp_path), lambda _, entry=entry: entry), f"/check/{CODE}")
    assert {status for status, _, _ in told.values()} == {200}
    assert len({tuple((name, value) for name, value in headers.items() if name != "Content-Length") for _, headers, _ in told.values()}) == 1
    rest = {re.sub(r'<p class="said (good|bad)" role="status">[^<]*</p>', "", said) for _, _, said in told.values()}
    assert len(rest) == 1
    other = Entry(date(2026, 4, 9), 7, "AAAA-BBBB", "f" * 64, "0" * 64, "valid")
    length = get(Application(page(tmp_path), lambda _: other), f"/check/{OLD}")[1]["Content-Length"]
    assert length == told["valid"][1]["Content-Length"]


@pytest.mark.parametrize("typed", [CODE, GONE, UNKNOWN, "短い"])
def test_回数の上限も壊れたときの答えも何を尋ねたかによらない(tmp_path: Path, typed: str):
    """決定0046: a guess costs as much as a question, and an outage does not tell which codes there are."""

    def broken(_code: str | None) -> Entry | None:
        raise psycopg.OperationalError

    application = Application(page(tmp_path), Asked().find, Limit(lambda: 0.0, per_address=2))
    busy = Application(page(tmp_path), Asked().find, Limit(lambda: 0.0, per_address=0))
    statuses = [get(application, f"/check/{typed}") for _ in range(3)]
    assert [status == 429 for status, _, _ in statuses] == [False, False, True] and statuses[2] == get(busy, f"/check/{CODE}")
    assert get(Application(page(tmp_path), broken), f"/check/{typed}") == get(Application(page(tmp_path), broken), f"/check/{CODE}")


def test_一つの所からは一分に三十回まで(tmp_path: Path):
    """Behind the proxy the address is what the proxy adds last; what the caller wrote in front of it does not count."""
    now = [0.0]
    application = Application(page(tmp_path, behind_proxy=True), Asked().find, Limit(lambda: now[0]))

    def status(forwarded: str) -> int:
        return get(application, f"/check/{CODE}", HTTP_X_FORWARDED_FOR=forwarded)[0]

    assert [status(f"10.0.0.{n}, 198.51.100.7") for n in range(31)] == [200] * 30 + [429]
    assert status("198.51.100.8") == 200
    now[0] += 2.0  # one question flows off
    assert [status("198.51.100.7"), status("198.51.100.7")] == [200, 429]
    everybody = Limit(lambda: 0.0, per_everybody=5)
    assert [everybody.lets(str(each)) for each in range(7)] == [True] * 5 + [False] * 2


def test_番号も来た所も記録に残らず壊れた時も理由だけを残す(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    def broken(_code: str | None) -> Entry | None:
        raise psycopg.OperationalError(f"could not ask for {CODE}")

    with caplog.at_level(logging.DEBUG):
        assert get(Application(page(tmp_path), Asked().find), f"/check/{CODE}")[0] == 200
        status, _, said = get(Application(page(tmp_path), broken), f"/check/{CODE}")
    assert status == 503 and "いまは照合できません" in said
    assert [record.getMessage() for record in caplog.records] == ["the database did not answer: OperationalError"]


def test_書き込むことはできずほかの場所はない(tmp_path: Path):
    application = Application(page(tmp_path), Asked().find)
    assert [get(application, f"/check/{CODE}", method=method)[0] for method in ("POST", "PUT", "DELETE")] == [405] * 3
    assert get(application, f"/check/{CODE}", method="HEAD")[2] == ""
    assert [get(application, path)[0] for path in ("/", "/check/", "/person/1/", "/check/check.js", "/check/check.css", "/check/../config.py")] == [
        302,
        200,
        404,
        200,
        200,
        404,
    ]


def test_市の証明書と鍵を配る(otaru: City):
    """What `verifying.py` and a wallet need; public parts alone."""
    application = Application(page(otaru.folder), Asked().find)
    pem = get(application, "/check/city.pem")[2]
    assert x509.load_pem_x509_certificates(pem.encode()) == otaru.certificates and "PRIVATE" not in pem
    issuer = json.loads(get(application, "/.well-known/jwt-vc-issuer", **{"wsgi.url_scheme": "https"})[2])
    assert issuer["issuer"] == "https://city.example"
    assert [set(key) for key in issuer["jwks"]["keys"]] == [{"kty", "crv", "alg", "use", "kid", "x"}]


def test_他人が読める構成や足りない構成では始まらない(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "check.toml"
    monkeypatch.setenv("DAICHO_CHECK_PAGE", str(file))
    for content, mode in (("", 0o644), ('role = "x"\n', 0o600)):
        file.write_text(content)
        file.chmod(mode)
        with pytest.raises(CheckPageError):
            read()
