"""照合ページ: 番号を入れると「当市が発行した、n枚、有効」だけを答え、知らない番号と番号でないものは同じに答え、何も書き残さない。決定0046.

The application alone, with a register of two copies that stands in memory; the real one, its role and its listener are in tests/residents/test_check_entry.py.
"""

from __future__ import annotations

import json
import logging
from datetime import date
from pathlib import Path

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


def test_知らない番号と番号でないものは同じ答えで同じだけ問い合わせる(tmp_path: Path):
    """決定0046: whoever guesses learns nothing from the answer, nor from what it took."""
    asked = Asked()
    application = Application(page(tmp_path), asked.find)
    answers = [get(application, f"/check/{typed}") for typed in ("ZZZZZZZZZZZZZZZZ", "短い", "../../etc/passwd", "K7Q2", "'; DROP TABLE x --", CODE + "0")]
    assert {(status, tuple(headers.items()), said) for status, headers, said in answers} == {(answers[0][0], tuple(answers[0][1].items()), answers[0][2])}
    assert answers[0][0] == 404 and "この番号の証明書は確認できません" in answers[0][2]
    assert asked == ["ZZZZZZZZZZZZZZZZ", *[None] * 5]


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
