"""入管庁との一巡 — over the wire to the simulator of 入管庁, and what it says back: 処理結果 and 長官通知. G-24, E-15, S1-08; 入管法61条の8の2; 法30条の50."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from daicho import clock
from daicho.contracts import base
from daicho.outbox import courier, intake, relay
from daicho.residents.adapters.couriers import to_immigration
from daicho.residents.models import CommissionerNotice, ImmigrationNotice
from tests.outbox.horizon import wait_until_visible
from tests.residents.counter import register
from tests.residents.foreigners import LEE, commissioner, moved_in, residence_form
from tests.residents.immigration_office import immigration_office


class Door:
    """Brings what 入管庁 sends to this process's own door: the way between is that of tests/journeys/forbidden."""

    def __init__(self, sender):
        self._sender = sender

    def send_as_told(self, order):
        envelope = self._sender.envelope(order["to"], order["kind"], order["version"], order["body"])
        try:
            reply = intake.receive("immigration", json.dumps(envelope, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(), "test")
        finally:
            connections.close_all()  # of the simulator's thread
        return {"status": reply.status, "code": reply.code, "reason_ja": reply.reason_ja}


@pytest.fixture
def office(committed_db, settings, tmp_path, monkeypatch):
    with clock.at(datetime.now(UTC)), immigration_office(settings, tmp_path / "outside") as found:
        monkeypatch.setitem(courier._couriers, "immigration", to_immigration())
        monkeypatch.setattr(courier, "destinations", lambda: ["immigration"])
        found.listener.counterpart.sender = Door(found.listener.counterpart.sender)
        yield found


def ago(days: int) -> str:
    day = clock.today() - timedelta(days=days)
    return f"令和{day.year - 2018}年{day.month}月{day.day}日"


def sent(order: object, office, path: str = "/_send"):
    return office.post(path, order).json()


def test_通知が届き処理結果と長官通知が返る(office):
    """S1-08, E-15, G-24: both ways, each once; a 特別永住者 is not taken in by itself."""
    person = moved_in(LEE, effective_on=ago(3), filed_on=ago(2))
    register("residence_notification", residence_form(person, ago(3), ago(0)))
    wait_until_visible()
    relay.run_until_idle()
    first, second = office.messages
    assert [(m["sender"], m["items"]["law_code"], m["items"]["name_alphabet"]) for m in (first, second)] == [
        ("residents", "1", "LEE MIYOUNG"), ("residents", "2", "LEE MIYOUNG"),
    ]  # fmt: skip
    told = {"to": "residents", "failed": {second["control_no"]: ["E21", "在留カード番号が一致しません。"]}}
    assert [one["status"] for one in sent(told, office, "/_process")["processed"]] == ["acknowledged"] * 2
    assert list(ImmigrationNotice.objects.order_by("pk").values_list("result", "result_text")) == [
        ("succeeded", "正常に処理しました。"), ("failed", "在留カード番号が一致しません。"),
    ]  # fmt: skip
    assert sent(told, office, "/_process") == {"processed": []}
    notice = commissioner(class_code="2", former_card_no="EF12345678GH", residence_period=None, residence_expiry_on=None)
    order = {"to": "residents", "kind": "commissioner_notice", "version": 1, "body": json.loads(base.encode(notice))}
    assert sent(order, office)["status"] == "acknowledged"
    row = CommissionerNotice.objects.get()
    assert (row.state, row.person.public_id, row.notice_no) == ("untaken", person, notice.notice_no)


def test_入管庁は電文仕様に合わない長官通知を送らない(office):
    """layouts/commissioner_notice.csv: judged before it leaves."""
    body = json.loads(base.encode(commissioner())) | {"class_code": "9"}
    answer = office.post("/_send", {"to": "residents", "kind": "commissioner_notice", "version": 1, "body": body})
    assert (answer.status_code >= 400, "class_code" in answer.text, CommissionerNotice.objects.exists()) == (True, True, False)
    assert office.post("/_process", {"failed": {}}).status_code >= 400
