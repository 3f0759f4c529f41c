"""生存信号 — a sign of life goes by the same pairs and the same signed wire, and leaves nothing behind. design §5; decision 0016."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.conf import settings

from daicho import clock
from daicho.contracts import base
from daicho.contracts.base import ContractError
from daicho.outbox import courier, intake, signs
from daicho.outbox.courier import Route
from daicho.outbox.envelope import Reply
from daicho.outbox.errors import NotAllowed, Unavailable
from daicho.outbox.models import Line, Notice, Receipt
from daicho.outbox.questions import envelope_of
from tests.contracts.convenience_samples import HOLD

pytestmark = pytest.mark.django_db


@base.contract("life_sample", version=1, category="sign")
@dataclass(frozen=True)
class LifeSampleV1:
    at: datetime


class Kept:
    def __init__(self) -> None:
        self.envelopes: list = []
        self.away = False

    def deliver(self, envelope):
        if self.away:
            raise Unavailable("connection")
        self.envelopes.append(envelope)
        return Reply("acknowledged", "ok", "")


@pytest.fixture
def line(monkeypatch):
    kept = Kept()
    monkeypatch.setattr(courier, "_routes", {"there": Route("there", frozenset({"life_sample"}), lambda: kept)})
    monkeypatch.setattr(courier, "_couriers", {})
    return kept


def test_信号は送られるだけで帳簿に残らない(line):
    signs.send(LifeSampleV1(clock.now()), to="there")
    [envelope] = line.envelopes
    assert (envelope.kind, envelope.receiver, envelope.subjects) == ("life_sample", "there", ())
    assert Notice.objects.count() == 0


def test_結線にない相手や種類には送れない(line):
    with pytest.raises(NotAllowed):
        signs.send(LifeSampleV1(clock.now()), to="elsewhere")


def test_信号でない電文は信号として送れない(line):
    with pytest.raises(ContractError, match="no sign"):
        signs.send(HOLD, to="there")


def test_信号が届けば待っている回線はすぐに開く(line):
    """A counterpart that was away for an hour is not left without its news for another."""
    Line.objects.create(destination="there", failures=6, next_at=clock.now() + timedelta(hours=1), code="connection")
    signs.send(LifeSampleV1(clock.now()), to="there")
    assert (Line.objects.get().failures, Line.objects.get().next_at) == (0, None)


def test_届かなければ告げるが回線は数えない(line):
    line.away = True
    with pytest.raises(Unavailable):
        signs.send(LifeSampleV1(clock.now()), to="there")
    assert Line.objects.count() == 0


def test_受けた信号は受信簿にも操作履歴にも残らず受付口には届く(monkeypatch):
    from django.db import connection

    heard: list[object] = []
    monkeypatch.setattr(intake, "_handlers", {("there", "life_sample"): lambda message, envelope: heard.append(message)})
    sign = LifeSampleV1(clock.now())
    envelope = envelope_of(sign, settings.DAICHO.name)
    data = base.write(type(envelope)(**{**vars(envelope), "sender": "there"}), type(envelope))
    assert [intake.receive("there", data, "").status for _ in range(2)] == ["acknowledged"] * 2
    assert (heard, Receipt.objects.count()) == ([sign] * 2, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry")
        assert cursor.fetchone() == (0,)


def test_許されない相手の信号は断り断ったことは残る(monkeypatch):
    from daicho.outbox.models import RefusedMessage

    monkeypatch.setattr(intake, "_handlers", {})
    envelope = envelope_of(LifeSampleV1(clock.now()), settings.DAICHO.name)
    data = base.write(type(envelope)(**{**vars(envelope), "sender": "there"}), type(envelope))
    assert intake.receive("there", data, "").code == "not_allowed"
    assert RefusedMessage.objects.count() == 1


def test_信号は時刻を名乗らなければ電文になれない():
    with pytest.raises(TypeError, match="at"):

        @base.contract("timeless_sample", version=1, category="sign")
        @dataclass(frozen=True)
        class TimelessSampleV1:
            count: int
