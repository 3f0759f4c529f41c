"""相手方への接続 — one suite for every implementation, and what only the wire can do wrong. F-1-42; G-25, G-26."""

import json
from contextlib import ExitStack
from dataclasses import replace

import pytest

from daicho.contracts.department_feed_v1 import FeedItem, FeedPerson
from daicho.outbox.errors import Duplicate, Refused, Unauthorized, Unavailable
from daicho.site.launch.keys import PartyFiles
from daicho.transfers.adapters.memory import MemoryDepartments
from daicho.transfers.adapters.messages import batch_body, feed_body
from daicho.transfers.adapters.wire import WireDepartments
from tests import harness
from tests.contracts.transfer_samples import BATCH, FEED
from tests.outbox.tls_door import impostor
from tests.transfers.port_suite import PortSuite, feed


class Test記憶の中の相手方(PortSuite):
    @pytest.fixture(autouse=True)
    def port(self):
        self.departments = MemoryDepartments()

    def taken(self):
        return [message.request_control_no for message in self.departments.received]

    def break_line(self, kind):
        self.departments.fault = {"away": Unavailable, "dies": Unavailable, "foreign": Unauthorized, "unknown": Unauthorized}[kind](kind)


@pytest.mark.django_db
class Test有線の相手方(PortSuite):
    @pytest.fixture(autouse=True)
    def port(self, wired, settings, tmp_path):
        self.world, self.settings, self.folder = wired, settings, tmp_path
        self.doors = ExitStack()
        self.departments = WireDepartments(settings.DAICHO.peers["departments"])
        with self.doors:
            yield

    def taken(self):
        return [message["control_no"] for message in self.world.messages]

    def break_line(self, kind):
        if kind == "away":
            self.world.play({"kind": "down"})
        elif kind in ("dies", "foreign"):
            self._find_there(self.doors.enter_context(impostor(kind, self.folder)))
        else:
            self.settings.DAICHO = replace(self.settings.DAICHO, signing_key_file=PartyFiles(harness.state_dir() / "keys" / "residents").signing_key)

    def _find_there(self, url):
        """Somebody else answers at the peer's address."""
        self.departments = WireDepartments(replace(self.settings.DAICHO.peers["departments"], url=url))


@pytest.mark.django_db
class Test有線だけの誤り:
    @pytest.fixture(autouse=True)
    def port(self, wired, settings):
        self.outside = wired
        self.port = WireDepartments(settings.DAICHO.peers["departments"])

    @pytest.mark.parametrize("fault", ["silent", "corrupt"])
    def test_応答が失われ又は壊れれば再送し重複で終わる(self, fault):
        self.outside.play({"kind": fault, "times": 1})
        with pytest.raises(Unavailable):
            self.port.send_feed(feed(1, 1))
        with pytest.raises(Duplicate):
            self.port.send_feed(feed(1, 1))
        assert len(self.outside.messages) == 1

    def test_拒否の理由は移転先の言葉と項目で伝える(self):
        with pytest.raises(Refused) as refused:
            self.port.send_feed(feed(1, 1, FeedItem("address", "花" * 301)))
        assert refused.value.code == "F03"
        assert "桁数が電文仕様を超えています" in refused.value.reason_ja
        assert "項目：住所" in refused.value.reason_ja

    def test_様式にない項目は受け取られない(self):
        """D-R2: the department's own system turns it away."""
        with pytest.raises(Refused) as refused:
            self.port.send_feed(feed(1, 1, FeedItem("individual_number", "1")))
        assert refused.value.code == "F01"

    def test_同じ許可で項目が増えれば受け取られない(self):
        self.port.send_feed(feed(1, 1))
        with pytest.raises(Refused) as refused:
            self.port.send_feed(feed(2, 2, *FEED.person.items, FeedItem("household_no", "2000000018")))
        assert (refused.value.code, "項目：世帯番号" in refused.value.reason_ja) == ("L11", True)

    def test_対象外の知らせに項目があれば受け取られない(self):
        with pytest.raises(Refused) as refused:
            self.port.send_feed(replace(FEED, person=FeedPerson("1000000019", 2, "out_of_scope", (FeedItem("address", "x"),))))
        assert refused.value.code == "L11"

    def test_他システムの証明書では受け付けられない(self, settings):
        files = PartyFiles(harness.state_dir() / "keys" / "residents")
        settings.DAICHO = replace(settings.DAICHO, tls_cert_file=files.tls_cert, tls_key_file=files.tls_key)
        with pytest.raises((Unauthorized, Unavailable)):
            WireDepartments(settings.DAICHO.peers["departments"]).send_feed(feed(1, 1))
        assert self.outside.messages == []

    def test_平文の相手方には接続しない(self, settings):
        with pytest.raises(ValueError, match="https"):
            WireDepartments(replace(settings.DAICHO.peers["departments"], url="http://127.0.0.1:8908/"))


def test_電文は許可された項目だけを持ち空欄は空として持つ():
    """D-R2: what is not granted is not there at all."""
    body = json.loads(feed_body(FEED))
    assert (body["layout"], body["version"]) == ("department_feed", 1)
    assert body["items"] == {
        "request_control_no": "c1", "department_code": "1301", "purpose_code": "005", "grant_no": 7, "feed_kind_code": "1", "atena_no": "1000000019",
        "history_no": 1, "name_kanji": FEED.person.items[0].value, "birth_date": "19850000", "relationship": None,
    }  # fmt: skip
    assert [person["feed_kind_code"] for person in json.loads(batch_body(BATCH))["items"]["people"]] == ["1", "2"]
