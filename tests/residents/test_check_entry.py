"""照合ページの役割と待受け: その役割は一つの関数だけを呼べ、名前も番号も読めず、答えは交付履歴の今の状態と同じ。決定0046; 設計2章."""

from __future__ import annotations

import itertools
import os
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import replace
from datetime import date, timedelta
from http.client import HTTPConnection
from urllib.error import URLError
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

from daicho import clock
from daicho.certificates.request import CertificateRequest, Requester
from daicho.check_page.config import read
from daicho.check_page.entries import Entries
from daicho.city.models import Certifier
from daicho.paper.check_code import new_code
from daicho.residents.commands import certificates
from daicho.residents.models import CertificateIssue, IssueDisposal
from daicho.residents.queries.issue_state import issue_state
from daicho.site import config, config_write
from daicho.site.config import Listener
from tests.cast import CLERK
from tests.residents.counter import move_in_form, register, visit


def test_役割は番号一つの答えだけを得て待受けは誰にでも答える(request, committed_db, monkeypatch, tmp_path):
    """A-05, N-1.3.8-11: the real role, as the page's own process has it; then the page itself over HTTP."""
    Certifier.objects.create(municipality_code="012033", kind="mayor", title="北海道小樽市長", name="台帳　守", valid_from=date(2025, 1, 1))
    person = register("domestic_move_in", move_in_form())[0].person.public_id
    wanted = certificates.Wanted("juminhyo_personal", person, frozenset({person}))
    certificates.issue(CLERK, visit(), wanted, CertificateRequest(date(2026, 4, 10), Requester.SELF), "本人の申請")
    row = CertificateIssue.objects.get()

    file = tmp_path / "check.toml"
    made = config.read(committed_db.config_file)
    with socket.socket() as free:  # the port of the tests' installation may be another working copy's
        free.bind(("127.0.0.1", 0))
        ours = replace(made.system("residents"), check_page=Listener("127.0.0.1", free.getsockname()[1]))
    config_write.write_for_check_page(replace(made, systems={"residents": ours}), "residents", file)
    monkeypatch.setenv("DAICHO_CHECK_PAGE", str(file))
    page = read()
    secrets = (settings.DAICHO.database.web_password, settings.DAICHO.secret_key, "vault", "key")
    assert not any(secret in file.read_text() for secret in secrets)

    entries = Entries(page)
    request.addfinalizer(entries.close)
    entry = entries.find(row.check_code)
    assert entry is not None and entries.find(None) is None and entries.find("Z" * 16) is None
    assert (entry.issued_on, entry.pages, entry.tally) == (clock.jst(row.issued_at).date(), row.pages, row.tally)
    assert (entry.unsigned_digest, entry.delivered_digest, entry.standing) == (row.document_digest, row.delivered_digest, "valid")
    with psycopg.connect(host=page.database_host, port=page.database_port, dbname=page.database_name, user=page.role, password=page.password) as role:
        for table in ("residents_certificateissue", "residents_sheetcurrent", "vault_number", "audit_entry", "django_session"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), role.transaction():
                role.execute(f"SELECT 1 FROM {table}")
    _asks_the_same(entries, row, monkeypatch)
    _states_agree(entries, row)
    _answers_over_http(row, page.port)


def _asks_the_same(entries: Entries, row: CertificateIssue, monkeypatch) -> None:
    """Of a code that is known, unknown, or none at all: one statement, the same one."""
    asked: list[object] = []
    execute = psycopg.Connection.execute

    def counting(connection, query, *rest, **more):
        asked.append(query)
        return execute(connection, query, *rest, **more)

    with monkeypatch.context() as patched:
        patched.setattr(psycopg.Connection, "execute", counting)
        found = [entries.find(code) is not None for code in (row.check_code, "Z" * 16, None)]
    assert found == [True, False, False] and len(asked) == 3 and len(set(asked)) == 1


def _states_agree(entries: Entries, row: CertificateIssue) -> None:
    """Every short story of 処分, slips and 再交付: the database's word is the rule's (rules/issue_state.py)."""
    copy = CertificateIssue.objects.get()
    for kinds in itertools.chain.from_iterable(itertools.product(("wrong", "mistaken", ""), repeat=length) for length in (1, 2, 3)):
        at = clock.now()
        copy.pk, copy.public_id, copy.certificate_no, copy.check_code, copy.replaces = None, uuid4(), f"story {kinds}", new_code(), None
        copy.save(force_insert=True)
        story = CertificateIssue.objects.get(pk=copy.pk)
        for order, kind in enumerate(kinds):
            _happens(story, kind, at + timedelta(minutes=order), f"{kinds} {order}")
        found = entries.find(story.check_code)
        assert found is not None and found.standing == issue_state(story).standing, kinds


def _happens(story: CertificateIssue, kind: str, at, name: str) -> None:
    if kind:
        IssueDisposal.objects.create(
            municipality_code="012033", certificate=story, kind=kind, reason="試験", recorded_by="x", recorded_at=at, office_code="H", terminal="H"
        )
        return
    other = CertificateIssue.objects.get(pk=story.pk)
    other.pk, other.public_id, other.certificate_no, other.check_code, other.issued_at, other.replaces_id = None, uuid4(), name, None, at, story.pk
    other.save(force_insert=True)


def _answers_over_http(row: CertificateIssue, port: int) -> None:
    """The listener in a process of its own, which is told of one file and of nothing else of the house."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DAICHO_", "DJANGO_"))}
    environment["DAICHO_CHECK_PAGE"] = os.environ["DAICHO_CHECK_PAGE"]
    served = subprocess.Popen(
        [sys.executable, "-m", "daicho.site.launch.serve", "check", "residents"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        said = _read(f"http://127.0.0.1:{port}/check/{row.check_code}")
        unknown, *no_codes = [_refused(port, asked) for asked in ("Z" * 16, "%E7%9F%AD", "%00", "%FF", "Z" * 2_000, f"{row.check_code}0", "?code=%00")]
    finally:
        served.terminate()
        logged = served.communicate(timeout=20)[0].decode()
    assert "当市が発行したものです。1枚。現在も有効です。" in said
    assert unknown[0] == 404 and [answer for answer in no_codes if answer != unknown] == []
    assert row.check_code not in logged and "/check/" not in logged


def _refused(port: int, asked: str) -> tuple[int, list[tuple[str, str]], bytes]:
    """Status, headers but for the time of day, and body, as they come off the wire."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", f"/check/{asked}")
        answer = connection.getresponse()
        return answer.status, [each for each in answer.getheaders() if each[0] != "Date"], answer.read()
    finally:
        connection.close()


def _read(address: str) -> str:
    until = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return answer.read().decode("utf-8")
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
