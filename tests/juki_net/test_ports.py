"""相手方への接続 — one suite for every implementation, and what only the wire can do wrong. F-2-21, F-2-24; G-05, G-10."""

import json
from contextlib import ExitStack
from dataclasses import replace

import pytest

from daicho.juki_net.adapters.memory import MemoryMunicipality, MemoryNational, MemoryPrefecture
from daicho.juki_net.adapters.wire import WireMunicipality, WireNational, WirePrefecture
from daicho.juki_net.ports import UnusableAnswer
from daicho.outbox.errors import Duplicate, Refused, Unauthorized, Unavailable
from daicho.outbox.layout_line import body_of
from tests import harness
from tests.contracts.juki_samples import OUTWARD, UPDATE
from tests.juki_net.port_suite import PortSuite, as_asked, update
from tests.juki_net.sending import known, living
from tests.outbox.tls_door import impostor
from tests.simulators.world import PartyFiles


class Test記憶の中の相手方(PortSuite):
    @pytest.fixture(autouse=True)
    def ports(self):
        self.prefecture, self.municipality, self.national = MemoryPrefecture(), MemoryMunicipality(), MemoryNational()
        self.by_name = {"prefecture": self.prefecture, "other_city": self.municipality, "jlis_national": self.national}

    def taken(self, destination):
        return [message.request_control_no for message in self.by_name[destination].received]

    def break_line(self, destination, kind):
        self.by_name[destination].fault = {"away": Unavailable, "dies": Unavailable, "foreign": Unauthorized, "unknown": Unauthorized}[kind](kind)

    def certify(self, certificate):
        self.municipality.certified.append(certificate)

    def move_there(self, copy):
        told = replace(copy, people=tuple(as_asked(person) for person in copy.people))
        self.municipality.residents |= {person.juminhyo_code: told for person in copy.people}

    def spoil_answer(self, kind):
        self.municipality.fault = Unavailable(kind) if kind in ("late", "duplicate") else UnusableAnswer(kind, "使えません。", b"")


@pytest.mark.django_db
class Test有線の相手方(PortSuite):
    @pytest.fixture(autouse=True)
    def ports(self, wired, settings, tmp_path):
        self.world, self.settings = wired, settings
        self.doors, self.folder = ExitStack(), tmp_path
        self.prefecture = WirePrefecture(settings.DAICHO.peers["prefecture"])
        self.municipality = WireMunicipality(settings.DAICHO.peers["other_city"])
        self.national = WireNational(settings.DAICHO.peers["jlis_national"])
        with self.doors:
            yield

    def taken(self, destination):
        return [message["control_no"] for message in self.world[destination].messages]

    def break_line(self, destination, kind):
        if kind == "away":
            self.world[destination].play({"kind": "down"})
        elif kind in ("dies", "foreign"):
            self._find_there(destination, self.doors.enter_context(impostor(kind, self.folder)))
        else:
            self.settings.DAICHO = replace(self.settings.DAICHO, signing_key_file=PartyFiles(harness.state_dir() / "keys" / "residents").signing_key)

    def certify(self, certificate):
        assert self.world["other_city"].post("/_known", known(certificate)).status_code == 200

    def move_there(self, copy):
        assert self.world["other_city"].post("/_residents", living(copy)).status_code == 200

    def spoil_answer(self, kind):
        self.world["other_city"].play({"kind": kind, "ms": 2_000 if kind == "late" else 0})

    def _find_there(self, destination, url):
        """Somebody else answers at the peer's address."""
        peer = replace(self.settings.DAICHO.peers[destination], url=url)
        self.prefecture, self.municipality, self.national = WirePrefecture(peer), WireMunicipality(peer), WireNational(peer)


@pytest.mark.django_db
class Test有線だけの誤り:
    @pytest.fixture(autouse=True)
    def port(self, wired, settings):
        self.outside = wired["prefecture"]
        self.port = WirePrefecture(settings.DAICHO.peers["prefecture"])

    def test_相手方が聞いていない(self, settings):
        nobody = replace(settings.DAICHO.peers["prefecture"], url="https://127.0.0.1:9/wire/v1/messages")
        with pytest.raises(Unavailable) as away:
            WirePrefecture(nobody).send_update(update(1))
        assert away.value.whole_line

    @pytest.mark.parametrize(("fault", "after"), [("silent", Duplicate), ("corrupt", Duplicate)])
    def test_応答が失われ又は壊れれば再送し重複で終わる(self, fault, after):
        """At least once: what was kept without an answer that can be believed is sent again, and known there."""
        self.outside.play({"kind": fault, "times": 1})
        with pytest.raises(Unavailable):
            self.port.send_update(update(1))
        with pytest.raises(after):
            self.port.send_update(update(1))
        assert len(self.outside.messages) == 1

    def test_初めてでも重複と答えられれば受領とみなす(self):
        self.outside.play({"kind": "duplicate", "times": 1})
        with pytest.raises(Duplicate):
            self.port.send_update(update(1))

    def test_拒否の理由は相手方の言葉と項目で伝える(self):
        with pytest.raises(Refused) as refused:
            self.port.send_update(update(1, address="花" * 301))
        assert refused.value.code == "F03"
        assert "桁数が電文仕様を超えています" in refused.value.reason_ja
        assert "項目：住所" in refused.value.reason_ja

    def test_他の相手方の鍵で署名した応答は信じない(self, settings):
        """A counterpart that answers with another's key is not the prefecture."""
        stranger = replace(settings.DAICHO.peers["prefecture"], public_key_file=settings.DAICHO.peers["other_city"].public_key_file)
        with pytest.raises(Unauthorized) as foreign:
            WirePrefecture(stranger).send_update(update(1))
        assert "署名を確認できません" in foreign.value.reason_ja

    def test_知らない認証局の相手方とは話さない(self, settings, tmp_path):
        settings.DAICHO = replace(settings.DAICHO, tls_ca_file=PartyFiles(harness.state_dir() / "keys" / "residents").authority)
        with pytest.raises(Unauthorized):
            WirePrefecture(settings.DAICHO.peers["prefecture"]).send_update(update(1))
        assert self.outside.messages == []

    def test_他システムの証明書では受け付けられない(self, settings):
        """Another system's credential: the connection ends before a word is heard."""
        files = PartyFiles(harness.state_dir() / "keys" / "residents")
        settings.DAICHO = replace(settings.DAICHO, tls_cert_file=files.tls_cert, tls_key_file=files.tls_key)
        with pytest.raises((Unauthorized, Unavailable)):
            WirePrefecture(settings.DAICHO.peers["prefecture"]).send_update(update(1))
        assert self.outside.messages == []

    def test_平文の相手方には接続しない(self, settings):
        with pytest.raises(ValueError, match="https"):
            WirePrefecture(replace(settings.DAICHO.peers["prefecture"], url="http://127.0.0.1:8900/"))


def test_電文は仕様の項目を漏れなく持ち日付は八桁になる():
    body = json.loads(body_of("move_in_notice", OUTWARD))
    assert (body["layout"], body["version"], body["items"]["move_in_date"], body["items"]["birth_date"]) == ("move_in_notice", 1, "20260401", "19850000")
    assert body_of("juki_update", UPDATE) == body_of("juki_update", replace(UPDATE))
    assert json.loads(body_of("juki_update", UPDATE))["items"]["juminhyo_code_valid_date"] is None
