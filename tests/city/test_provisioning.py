"""市の設定の連携 — what two officers put in force here holds in the systems that follow. G-29; 標準1.3."""

from __future__ import annotations

from datetime import date

import pytest

from daicho import city, clock, vault
from daicho.audit.actor import Actor
from daicho.city import commands, models, queries
from daicho.city.intake import handle_places, handle_setting
from daicho.city.permissions import CityPermission
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


def told() -> list[object]:
    notices = list(Notice.objects.order_by("order_no"))
    bodies = vault.open_payloads([notice.payload_ref for notice in notices])
    return [base.read(Envelope, bodies[notice.payload_ref]).message() for notice in notices]


def test_承認された設定だけが送られ受けた側で同じ日から効く(follower):
    """Entered is not in force, and is told to nobody."""
    row = commands.enter_setting(officer(1), KEY, 7, date(2026, 7, 10), reason="試験")
    assert not Notice.objects.exists()
    commands.approve_setting(officer(2), row)
    [message] = told()
    models.Setting.objects.update(key="text_blank")  # as where nobody entered it
    for _ in range(2):
        handle_setting(message, None)
    assert (city.setting(KEY, date(2026, 7, 9)), city.setting(KEY, date(2026, 7, 10))) == (50, 7)
    assert models.Setting.objects.filter(key=KEY).count() == 1
    taken = queries.setting_history(KEY)[0]
    assert (taken.entered_by, taken.approved_by) == ("o.officer1", "o.officer2")


def test_場所と端末と認証者は全期間が送られ受けた側が等しくなる(follower):
    commands.register_office(officer(1), Office("honcho", "本庁"), date(2026, 4, 1))
    commands.register_terminal(officer(1), Terminal("H01", "本庁1", "honcho"), date(2026, 4, 1))
    commands.appoint_certifier(officer(1), Certifier("北海道小樽市長", "市長　太郎", False), date(2026, 4, 1))
    commands.close_terminal(officer(1), "H01", date(2026, 7, 31))
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
    for act in (
        lambda: commands.enter_setting(officer(1), KEY, 7, TODAY, reason="試験"),
        lambda: commands.register_office(officer(1), Office("x", "x"), TODAY),
        lambda: commands.appoint_certifier(officer(1), Certifier("北海道小樽市長", "市長　太郎", False), TODAY),
    ):
        with pytest.raises(commands.CityProblem, match="住民記録のシステムで"):
            act()
    assert not models.Setting.objects.exists()
