"""情報提供ネットワークシステムへの接続 — one suite for every implementation, and what only the wire can do wrong. F-2-21; G-14, G-19."""

import json
from contextlib import ExitStack
from dataclasses import replace

import pytest

from daicho.chukan.adapters.memory import MemoryNetworkCore
from daicho.chukan.adapters.wire import WireNetworkCore
from daicho.outbox.errors import Duplicate, Refused, Unauthorized, Unavailable
from daicho.outbox.layout_line import body_of
from simulators.asking import Asked
from tests.chukan.port_suite import PortSuite
from tests.chukan.sending import files
from tests.contracts.chukan_samples import ACQUISITION, RELEASE
from tests.outbox.tls_door import impostor


class Test記憶の中の相手方(PortSuite):
    @pytest.fixture(autouse=True)
    def port(self):
        self.core = MemoryNetworkCore()

    def taken(self):
        return [message.request_control_no for message in (*self.core.requests, *self.core.releases)]

    def hold(self, question_id):
        self.core.held.add(question_id)

    def break_line(self, kind):
        self.core.fault = {"away": Unavailable, "dies": Unavailable, "foreign": Unauthorized, "unknown": Unauthorized}[kind](kind)


@pytest.mark.django_db
class Test有線の相手方(PortSuite):
    @pytest.fixture(autouse=True)
    def port(self, wired, settings, tmp_path):
        self.world, self.settings, self.folder = wired, settings, tmp_path
        self.core = WireNetworkCore(settings.DAICHO.peers["network_core"])
        self.doors = ExitStack()
        with self.doors:
            yield

    def taken(self):
        return [message["control_no"] for message in self.world.messages]

    def hold(self, question_id):
        question = {"question_id": question_id, "inquirer_code": "C", "information_code": "I"}
        self.world.listener.counterpart._asked.keep(Asked(question, "").as_line())

    def break_line(self, kind):
        if kind == "away":
            self.world.play({"kind": "down"})
        elif kind in ("dies", "foreign"):
            self._find_there(self.doors.enter_context(impostor(kind, self.folder)))
        else:
            self.settings.DAICHO = replace(self.settings.DAICHO, signing_key_file=files("atena").signing_key)

    def _find_there(self, url):
        """Somebody else answers at the core's address."""
        self.core = WireNetworkCore(replace(self.settings.DAICHO.peers["network_core"], url=url))


@pytest.mark.django_db
class Test有線だけの誤り:
    @pytest.fixture(autouse=True)
    def port(self, wired, settings):
        self.outside = wired
        self.core = WireNetworkCore(settings.DAICHO.peers["network_core"])

    @pytest.mark.parametrize("fault", ["silent", "corrupt"])
    def test_応答が失われ又は壊れれば再送し重複で終わる(self, fault):
        self.outside.play({"kind": fault, "times": 1})
        with pytest.raises(Unavailable):
            self.core.request_code(ACQUISITION)
        with pytest.raises(Duplicate):
            self.core.request_code(ACQUISITION)
        assert len(self.outside.messages) == 1

    def test_拒否の理由は相手方の言葉と項目で伝える(self):
        with pytest.raises(Refused) as refused:
            self.core.request_code(replace(ACQUISITION, municipality_code="x"))
        assert (refused.value.code, "項目：市町村コード" in refused.value.reason_ja) == ("F04", True)

    def test_別の様式の道へは送れない(self):
        """Each path takes its own layout."""
        self.core._codes, self.core._releases = self.core._releases, self.core._codes
        with pytest.raises(Refused) as refused:
            self.core.request_code(ACQUISITION)
        assert refused.value.code == "F06"


def test_電文は仕様の項目を漏れなく持ち日付は八桁_日時は協定世界時になる():
    items = json.loads(body_of("code_acquisition", ACQUISITION))["items"]
    assert (items["requested_on"], items["municipality_code"]) == ("20260403", "012033")
    assert json.loads(body_of("provision_release", RELEASE))["items"]["answered_at"] == "2026-04-10T03:00:00.000000+00:00"
