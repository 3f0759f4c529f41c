"""マイナポータルへの接続 — one suite for every implementation, and the courier over it. domain §9; F-2-21."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from daicho import clock
from daicho.outbox.errors import Duplicate, Unauthorized, Unavailable
from daicho.residents.adapters.couriers import PortalCourier
from daicho.residents.adapters.memory import MemoryPortal
from daicho.residents.adapters.wire import WirePortal
from daicho.site.launch.keys import PartyFiles
from tests import harness
from tests.contracts.inbox_samples import ANSWER
from tests.outbox.parties import envelope_of
from tests.residents.port_suite import PortSuite
from tests.residents.portal import outside_of_residents


class Test記憶の中のマイナポータル(PortSuite):
    @pytest.fixture(autouse=True)
    def ports(self):
        self.portal = MemoryPortal()

    def taken(self):
        return [one.request_control_no for one in self.portal.received]

    def break_line(self, kind):
        self.portal.fault = {"away": Unavailable, "unknown": Unauthorized}[kind](kind)

    def test_使者は封筒の中の回答を渡す(self):
        reply = PortalCourier(self.portal).deliver(envelope_of(ANSWER, "residents"))
        assert (reply.status, self.taken()) == ("acknowledged", [ANSWER.request_control_no])


@pytest.mark.django_db
class Test有線のマイナポータル(PortSuite):
    @pytest.fixture(autouse=True)
    def ports(self, settings, tmp_path):
        self.settings = settings
        with clock.at(datetime.now(UTC)), outside_of_residents(tmp_path) as self.world:
            self.portal = WirePortal(replace(settings.DAICHO.peers["mynaportal"], url=self.world["mynaportal"].url))
            yield

    def taken(self):
        return [one["control_no"] for one in self.world["mynaportal"].messages]

    def break_line(self, kind):
        if kind == "away":
            self.world["mynaportal"].play({"kind": "down"})
        else:
            self.settings.DAICHO = replace(self.settings.DAICHO, signing_key_file=PartyFiles(harness.state_dir() / "keys" / "konbini").signing_key)

    @pytest.mark.parametrize("fault", ["silent", "corrupt"])
    def test_応答が失われ又は壊れれば再送し重複で終わる(self, fault):
        """At least once."""
        self.world["mynaportal"].play({"kind": fault, "times": 1})
        with pytest.raises(Unavailable):
            self.portal.send_answer(ANSWER)
        with pytest.raises(Duplicate):
            self.portal.send_answer(ANSWER)
        assert len(self.taken()) == 1
