"""受信箱の糸 — the city's 戸籍 and マイナポータル speak to the real wire listener of residents, in a process of its own; and are answered. F-2-21; G-22; domain §9."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from daicho import clock
from daicho.outbox import courier, relay
from daicho.residents.models import ReceivedNotice
from daicho.site import config, config_write
from tests.cast import TARO
from tests.outbox.horizon import wait_until_visible
from tests.outbox.test_two_systems import free_port, wait_for
from tests.residents.counter import move_in_form, register
from tests.residents.inbox import begin, mover, of, through
from tests.residents.portal import outside_of_residents

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def today():
    """In place of the other tests' day: the outside world lives now."""
    with clock.at(datetime.now(UTC)):
        yield clock.today()


@pytest.fixture
def outside(committed_db, tmp_path, monkeypatch):
    """residents' wire listener on this test's own database, and the two who speak to it."""
    described, port = config.read(committed_db.config_file), free_port()
    system = described.system("residents")
    file = tmp_path / "residents.toml"
    config_write.write(replace(described, systems={**described.systems, "residents": replace(system, wire=replace(system.wire, port=port))}), file)
    environment = {**committed_db.environment(), "DAICHO_CONFIG": str(file), "PYTHONPATH": str(ROOT)}
    with (tmp_path / "log").open("w") as log, outside_of_residents(tmp_path / "outside", port) as world:
        process = subprocess.Popen([sys.executable, "-m", "daicho.site.launch.serve", "wire", "residents"], cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_for(port, process, tmp_path / "log")
            peer = replace(settings.DAICHO.peers["mynaportal"], url=world["mynaportal"].url)
            monkeypatch.setattr(settings, "DAICHO", replace(settings.DAICHO, peers={**settings.DAICHO.peers, "mynaportal": peer}))
            monkeypatch.setattr(courier, "_couriers", {})
            yield world
        finally:
            process.terminate()
            process.wait(20)


def said(outside, name: str, order: dict[str, object]) -> list[tuple[str, str]]:
    answer = outside[name].post("/_send", order)
    assert answer.status_code == 200, answer.text
    return [(one["status"], one["code"]) for one in answer.json()["replies"]]


def test_戸籍とマイナポータルから届き処理完了がマイナポータルに届く(outside):
    """One listener for the whole conversation: told twice, out of order, altered, by somebody else; then 転出 and its answer."""
    person = register("domestic_move_in", move_in_form([TARO]))[0].person.public_id
    death = {"matter": "death", "event_date": "R8-04-05", "people": [asdict(of(TARO))]}
    assert said(outside, "family_register", {"tell": death, "fault": "twice"}) == [("acknowledged", "ok")] * 2
    assert [one.state for one in ReceivedNotice.objects.order_by("pk")] == ["waiting", "repeated"]
    assert said(outside, "family_register", {"tell": death, "fault": "another_city"})[0][0] == "refused"
    assert said(outside, "family_register", {"tell": death, "fault": "altered"})[0][0] == "unauthorized"

    moving = {"people": [asdict(mover(TARO))], "former_address": "北海道小樽市花園2丁目12番1号", "moving_on": clock.today().isoformat()}
    gone = {"apply": {**moving, "application_no": "MP-9"}, "withdraw": True, "fault": "out_of_order"}
    assert said(outside, "mynaportal", gone) == [("acknowledged", "ok")] * 2
    assert set(ReceivedNotice.objects.filter(control_no="MP-9").values_list("state", flat=True)) == {"withdrawn", "accepted"}

    assert said(outside, "mynaportal", {"apply": {**moving, "application_no": "MP-8"}, "fault": "twice"}) == [("acknowledged", "ok")] * 2
    row = ReceivedNotice.objects.get(control_no="MP-8")
    through(begin(row, person, in_hand=False))
    wait_until_visible()
    with clock.at(datetime.now(UTC)):  # the listener's clock went on meanwhile
        relay.run_line("mynaportal")
    answered = [(one["items"]["application_no"], one["items"]["result_code"]) for one in outside["mynaportal"].messages]
    assert sorted(answered) == [("MP-8", "1"), ("MP-9", "3")]
    stranger = outside["mynaportal"].post("/_send", {"to": "residents", "kind": "family_register_notice", "version": 1, "body": {}})
    assert stranger.json()["code"] == "not_allowed"
