"""市の設定の連携 — what two officers put in force here holds in the systems that follow. G-29; 標準1.3."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings
from django.test import override_settings

from daicho import city, clock, vault
from daicho.audit.actor import Actor
from daicho.city import commands, models, queries
from daicho.city.errors import CityProblem
from daicho.city.intake import handle_places, handle_setting
from daicho.city.permissions import CityPermission
from daicho.city.rules import About, Change, change_to
from daicho.city.values import Certifier, Office, Terminal
from daicho.contracts import base
from daicho.outbox import courier, leading
from daicho.outbox.envelope import Envelope
from daicho.outbox.models import Notice

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 1)
KEY = "approval_cap"


@pytest.fixture(autouse=True)
def today():
    with clock.at(TODAY):
        yield


@pytest.fixture
def follower(monkeypatch):
    monkeypatch.setattr(courier, "_routes", {})
    courier.allow("there", "city_setting", "city_places")
    monkeypatch.setattr(leading, "_followers", ["there"])


def officer(no: int) -> Actor:
    return Actor(no, f"o.officer{no}", "", "", "", "", "", frozenset(CityPermission))


def setting_to(value: int) -> Change:
    return Change(About.SETTING, KEY, {"value": value}, date(2026, 7, 10), reason="試験")


def told() -> list[object]:
    notices = list(Notice.objects.order_by("order_no"))
    bodies = vault.open_payloads([notice.payload_ref for notice in notices])
    return [base.read(Envelope, bodies[notice.payload_ref]).message() for notice in notices]


def test_承認された設定だけが送られ受けた側で同じ日から効く(follower):
    """Entered is not in force, and is told to nobody."""
    no = commands.propose(officer(1), setting_to(7))
    assert not Notice.objects.exists()
    commands.approve(officer(2), no)
    [message] = told()
    with override_settings(INSTALLATION=replace(settings.INSTALLATION, municipality_code="012131")):  # as in a database where nobody entered it
        assert city.setting(KEY, date(2026, 7, 10)) == 50
        for _ in range(2):
            handle_setting(message, None)
        assert (city.setting(KEY, date(2026, 7, 9)), city.setting(KEY, date(2026, 7, 10))) == (50, 7)
        [taken] = models.Setting.objects.filter(municipality_code="012131")
    assert (taken.entered_by, taken.approved_by) == ("o.officer1", "o.officer2")


def test_場所と端末と認証者は全期間が送られ受けた側が等しくなる(follower):
    for change in (
        change_to(Office("honcho", "本庁"), TODAY, reason="試験"),
        change_to(Terminal("H01", "本庁1", "honcho"), TODAY, reason="試験"),
        change_to(Certifier("北海道小樽市長", "市長　太郎", False), TODAY, reason="試験"),
        Change(About.TERMINAL, "H01", None, date(2026, 8, 1), reason="試験"),
    ):
        commands.approve(officer(2), commands.propose(officer(1), change))
    message = told()[-1]
    before = (queries.offices(TODAY), queries.terminals_on(TODAY), queries.find_certifier(TODAY))
    models.Terminal.objects.update(name="違う名前", valid_to=None)
    models.Office.objects.update(name="違う名前")
    for _ in range(2):
        handle_places(message, None)
    assert (queries.offices(TODAY), queries.terminals_on(TODAY), queries.find_certifier(TODAY)) == before
    assert queries.terminals_on(date(2026, 8, 1)) == []


def test_従うシステムでは設定を入力できず住民記録で行うよう告げる(monkeypatch):
    monkeypatch.setattr(leading, "_leaders", ["residents"])
    for change in (
        setting_to(7),
        change_to(Office("x", "x"), TODAY, reason="試験"),
        change_to(Certifier("北海道小樽市長", "市長　太郎", False), TODAY, reason="試験"),
    ):
        with pytest.raises(CityProblem, match="住民記録のシステムで"):
            commands.propose(officer(1), change)
    assert not models.Proposal.objects.exists()
