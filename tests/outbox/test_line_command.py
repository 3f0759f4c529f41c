"""回線の指令 — `daicho line`: an operator sees which line is stopped, and opens it in an officer's name. F-2-20, F-2-21; decision 0004."""

import re
import subprocess
import sys

import pytest
from django.conf import settings

from daicho.audit.models import AuditEntry
from daicho.outbox import relay
from daicho.outbox.errors import Unauthorized
from daicho.site import cli, officers, process
from tests.harness import ROOT
from tests.outbox.sending import HANAKO, fail, post, state_of


@pytest.fixture(autouse=True)
def entered(monkeypatch, officer, nobody):
    """This process works as the system already, and the officers need no accounts."""
    monkeypatch.setattr(process, "enter", lambda system: None)

    def named(login):
        for one in (officer, nobody):
            if one.login == login:
                return one
        raise LookupError(f"no account {login} is in force")

    monkeypatch.setattr(officers, "officer", named)


@pytest.fixture
def stopped(committed_db, there, elsewhere):
    notice_id = post(1, HANAKO)
    there.before = fail(Unauthorized("bad_signature", "署名を確認できません。"))
    relay.run_once()
    return notice_id


def reopen(login: str, destination: str = "there", reason: str = "鍵を入れ替えた") -> int:
    return cli.main(["line", "reopen", destination, "--as", login, "--reason", reason])


def test_一覧は止まった回線を示し終了値でも知らせる(stopped, capsys):
    assert cli.main(["line"]) == 1
    listed = capsys.readouterr().out
    assert re.search(r"there +stopped since .* +bad_signature +1 pending", listed)
    assert re.search(r"elsewhere +open", listed)


def test_再開すると待っていた通知が届き誰がなぜ開いたかが残る(stopped, officer, there):
    there.before = lambda envelope: None  # what was wrong is mended
    assert reopen(officer.login) == 0
    [entry] = AuditEntry.objects.filter(action="outbox:line:reopen", outcome="done")
    assert (entry.login, entry.purpose, entry.detail) == (officer.login, "鍵を入れ替えた", {"destination": "there"})
    assert cli.main(["line", "list"]) == 0
    relay.run_until_idle()
    assert state_of(stopped) == "acknowledged"


def test_権限がなければ開かず断りが記録に残る(stopped, nobody, capsys):
    assert reopen(nobody.login) == 1
    assert "not opened" in capsys.readouterr().err
    assert AuditEntry.objects.filter(action="outbox:line:reopen", outcome="refused", login=nobody.login).count() == 1
    assert cli.main(["line"]) == 1


@pytest.mark.parametrize(("login", "destination", "said"), [("nobody-here", "there", "no account"), ("outbox-officer", "elsewhere", "no line to elsewhere")])
def test_知らない職員や開いている回線は断る(stopped, capsys, login, destination, said):
    assert reopen(login, destination) == 1
    assert said in capsys.readouterr().err


def test_理由がなければ開かない(stopped, officer, capsys):
    assert reopen(officer.login, reason=" ") == 2
    assert "--reason" in capsys.readouterr().err


def test_記録が告げる指令は本当にある(committed_db, there, officer, caplog):
    """What the log tells the operator to run is parsed and does it."""
    post(1, HANAKO)
    there.before = fail(Unauthorized("bad_signature", "署名を確認できません。"))
    relay.run_once()
    [told] = [record.getMessage() for record in caplog.records if record.levelname == "CRITICAL"]
    words = told.split("run: daicho ")[1].replace("LOGIN", officer.login).replace("TEXT", "直した").split(" ")
    assert cli.main(words) == 0


def test_指令は一つの処理として働き配線された回線を示す(committed_db):
    """No stand-ins: a process of its own, the wired destinations, and officers asked of the accounts."""

    def daicho(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "daicho.site.cli", "line", *words, "--system", settings.DAICHO.name]
        return subprocess.run(command, cwd=ROOT, env=committed_db.environment(), capture_output=True, text=True)

    listed = daicho("list")
    wired = {"residents": "juki_net", "juki_net": "prefecture"}[settings.DAICHO.name]
    assert (listed.returncode, bool(re.search(rf"^{wired} +open", listed.stdout, re.M))) == (0, True), listed.stderr
    refused = daicho("reopen", wired, "--as", "nobody-here", "--reason", "直した")
    assert (refused.returncode, "no account nobody-here" in refused.stderr) == (1, True), refused.stderr
