"""登録コードの命令 — `daicho enrol`: for the first administrators, who cannot open the screens yet. Two officers answer for it. F-2-08."""

import argparse

import pytest

from daicho.site.commands import enrol
from daicho.staff.models import Enrolment
from daicho.staff.permissions import Permission
from tests.staff.people import account, give, trail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """This process works as the system already."""
    monkeypatch.setattr("daicho.site.process.enter", lambda system: None)


def run(capsys, **more):
    said = {"login": "h.otaru", "system": "juki_net", "applicant": "d.ishi", "approver": "s.nari", "reason": "はじめの登録"} | more
    return enrol.run(argparse.Namespace(**said)), "".join(capsys.readouterr())


@pytest.fixture
def officers():
    for login in ("h.otaru", "d.ishi", "s.nari"):
        account(login)
    give(Permission.AUTHENTICATOR_APPLY, login="d.ishi")
    give(Permission.AUTHENTICATOR_APPROVE, login="s.nari")


def test_二人の職員が答えて登録コードを出し履歴に残る(officers, capsys):
    code, said = run(capsys)
    assert (code, len(said.split()[0])) == (0, 23)
    assert [trail(right)[-1][:2] for right in (Permission.AUTHENTICATOR_APPLY, Permission.AUTHENTICATOR_APPROVE)] == [("done", "d.ishi"), ("done", "s.nari")]
    assert Enrolment.objects.get().account.login == "h.otaru"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"login": "x.nobody"}, "no account"),
        ({"approver": "d.ishi"}, "staff:authenticator:approve"),
        ({"applicant": "h.otaru"}, "staff:authenticator:apply"),
        ({"login": "d.ishi"}, "自分の認証器"),
        ({"login": "s.nari"}, "承認できません"),
    ],
)
def test_権限のない職員や本人が答えても出さない(officers, capsys, more, words):
    code, said = run(capsys, **more)
    assert code == 1
    assert words in said
    assert not Enrolment.objects.filter(approved_at__isnull=False).exists()
