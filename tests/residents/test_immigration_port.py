"""入管庁への接続 — one suite for every implementation of the port. F-2-21; G-24; N-4.5.7-05."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from daicho import clock
from daicho.outbox.errors import Unauthorized, Unavailable
from daicho.residents.adapters.memory import MemoryImmigration
from daicho.residents.adapters.wire import WireImmigration
from tests import harness
from tests.residents.immigration_office import immigration_office
from tests.residents.immigration_port_suite import PortSuite
from tests.simulators.world import PartyFiles


class Test記憶の中の入管庁(PortSuite):
    @pytest.fixture(autouse=True)
    def ports(self):
        self.port = MemoryImmigration()

    def taken(self):
        return [message.request_control_no for message in self.port.received]

    def break_line(self, kind):
        self.port.fault = {"away": Unavailable, "unknown": Unauthorized}[kind](kind)


@pytest.mark.django_db
class Test有線の入管庁(PortSuite):
    @pytest.fixture(autouse=True)
    def ports(self, settings, tmp_path):
        self.settings = settings
        with clock.at(datetime.now(UTC)), immigration_office(settings, tmp_path / "outside") as office:  # signatures are fresh by the machine's time
            self.office, self.port = office, WireImmigration(settings.DAICHO.peers["immigration"])
            yield

    def taken(self):
        return [message["control_no"] for message in self.office.messages]

    def break_line(self, kind):
        if kind == "away":
            self.office.play({"kind": "down"})
        else:
            self.settings.DAICHO = replace(self.settings.DAICHO, signing_key_file=PartyFiles(harness.state_dir() / "keys" / "juki_net").signing_key)
