"""戸籍附票システムへの接続 — one suite for every implementation of the port, and the way from the counter to the 附票. F-2-21; G-22; N-7.2.4-01."""

import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from daicho import clock
from daicho.outbox import courier, relay
from daicho.outbox.errors import Unauthorized, Unavailable
from daicho.outbox.models import Delivery, Line
from daicho.residents.adapters.memory import MemoryFamilyRegister
from daicho.residents.adapters.wire import WireFamilyRegister
from daicho.values.dates import JapaneseDate
from tests import harness
from tests.cast import HANAKO, TARO
from tests.outbox.tls_door import impostor
from tests.residents.counter import register, relocation_form
from tests.residents.family_register_office import family_register_office
from tests.residents.fuhyo import TARO_HERE
from tests.residents.fuhyo_port_suite import FuhyoPortSuite
from tests.residents.recording import family_of
from tests.simulators.world import PartyFiles


class Test記憶の中の戸籍附票システム(FuhyoPortSuite):
    @pytest.fixture(autouse=True)
    def ports(self):
        self.port = MemoryFamilyRegister()

    def taken(self):
        return [message.request_control_no for message in self.port.received]

    def break_line(self, kind):
        self.port.fault = {"away": Unavailable, "dies": Unavailable, "foreign": Unauthorized, "unknown": Unauthorized}[kind](kind)


@pytest.mark.django_db
class Test有線の戸籍附票システム(FuhyoPortSuite):
    @pytest.fixture(autouse=True)
    def ports(self, settings, tmp_path):
        self.settings, self.folder, self.doors = settings, tmp_path, ExitStack()
        with clock.at(datetime.now(UTC)), self.doors:  # signatures are fresh by the machine's time
            self.office = self.doors.enter_context(family_register_office(settings, tmp_path / "outside"))
            self.port = WireFamilyRegister(settings.DAICHO.peers["family_register"])
            yield

    def taken(self):
        return [message["control_no"] for message in self.office.messages]

    def break_line(self, kind):
        if kind == "away":
            self.office.play({"kind": "down"})
        elif kind in ("dies", "foreign"):
            self._find_there(self.doors.enter_context(impostor(kind, self.folder)))
        else:
            self.settings.DAICHO = replace(self.settings.DAICHO, signing_key_file=PartyFiles(harness.state_dir() / "keys" / "juki_net").signing_key)

    def _find_there(self, url):
        """Somebody else answers at the peer's address."""
        self.port = WireFamilyRegister(replace(self.settings.DAICHO.peers["family_register"], url=url))


def _states() -> list[str]:
    return list(Delivery.objects.filter(notice__destination="family_register").order_by("notice__order_no").values_list("state", flat=True))


def _relay_until(expected: list[str], seconds: float = 20) -> None:
    """Rounds of the relay, waiting times over, until these notices stand so."""
    end = time.monotonic() + seconds
    while _states() != expected and time.monotonic() < end:
        Line.objects.filter(destination="family_register").update(next_at=None)
        Delivery.objects.filter(state="pending").update(next_at=clock.now() - timedelta(hours=1))
        relay.run_until_idle()
        time.sleep(0.02)
    assert _states() == expected


@pytest.fixture
def office(committed_db, settings, tmp_path, monkeypatch):
    """A database of our own, where commits are real, and the 附票 alone on the wire: the other rooms of this test are away."""
    with clock.at(datetime.now(UTC)), family_register_office(settings, tmp_path / "outside") as found:
        monkeypatch.setattr(courier, "_couriers", {})
        yield found


def _moved() -> None:
    """A couple of whom one has the 本籍 here, moves in and moves."""
    texts = {name: JapaneseDate.of(clock.today()).wareki() for name in ("effective_on", "filed_on")}
    people = family_of(TARO_HERE, HANAKO, **texts)
    register("relocation", relocation_form(people, **texts))


@pytest.mark.parametrize("fault", [None, "silent", "corrupt", "duplicate"])
def test_管内本籍人の転居は新住所が順に一度ずつ附票に届く(fault, office):
    """N-7.2.4-01, N-7.1.1.1-04, S1-09: whatever becomes of the answer; who has the 本籍 elsewhere does not come here."""
    if fault:
        office.play({"kind": fault, "times": 2})
    _moved()
    _relay_until(["acknowledged"] * 2)
    assert [(one["items"]["name_kanji"], one["items"]["address"], one["items"]["reason_code"]) for one in office.messages] == [
        (TARO.name, "北海道小樽市花園2丁目12番1号", "1"),
        (TARO.name, "北海道小樽市色内1丁目3番5号", "2"),
    ]


def test_拒否された通知は同じ人の後の通知を待たせ再送で順に届く(office):
    office.play({"kind": "refuse", "code": "F04", "times": 1})
    _moved()
    _relay_until(["refused", "pending"])
    refused = Delivery.objects.get(state="refused")
    assert "形式が電文仕様と異なります" in refused.reply_reason_ja
    Delivery.objects.filter(pk=refused.pk).update(state="pending")
    _relay_until(["acknowledged"] * 2)
    assert [one["items"]["reason_code"] for one in office.messages] == ["1", "2"]


def test_停止の間の通知は復旧の後に順に届く(office):
    """N-7.1.1.1-04."""
    office.play({"kind": "down"})
    _moved()
    relay.run_until_idle()
    assert (_states(), office.messages) == (["pending"] * 2, [])
    office.play()
    _relay_until(["acknowledged"] * 2)
    assert [one["items"]["reason_code"] for one in office.messages] == ["1", "2"]
