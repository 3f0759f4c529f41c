"""外の世界 — the counterparts take what fits the layouts, once and in order, and turn away the rest. G-05, G-10; F-2-21, F-2-22."""

from datetime import UTC, datetime, timedelta

import pytest
import requests
from http_message_signatures import HTTPMessageSignaturesException

from tests.contracts.juki_samples import FUHYO, NEW_CODE, OUTWARD, UPDATE
from tests.simulators.messages import FUHYO_NOTICES, NOTICES, UPDATES, answer, message, update
from tests.simulators.world import COVERS, SigningPeer, outside_world, verify_reply


def test_電文を受け付けて署名した応答を返し内容を残す(outside, juki_net):
    reply = juki_net.send(outside["prefecture"], UPDATES, update())
    assert answer(reply) == (200, "accepted", "A00", [])
    verify_reply(outside["prefecture"], reply)
    [kept] = outside["prefecture"].messages
    assert (kept["position"], kept["sender"], kept["control_no"], kept["items"]["name_kanji"]) == (1, "juki_net", "c1", UPDATE.name_kanji)
    assert kept["items"] == update()["items"]


def test_応答の署名は別の要求には合わない(outside, juki_net):
    first = juki_net.send(outside["prefecture"], UPDATES, update())
    second = juki_net.send(outside["prefecture"], UPDATES, update(2, "2"))
    first.request = second.request
    with pytest.raises(HTTPMessageSignaturesException):
        verify_reply(outside["prefecture"], first)


def test_同じ電文の二度目は重複と答えて増えない(outside, juki_net):
    juki_net.send(outside["prefecture"], UPDATES, update())
    assert answer(juki_net.send(outside["prefecture"], UPDATES, update())) == (409, "duplicate", "D01", [])
    assert answer(juki_net.send(outside["prefecture"], UPDATES, update(address="別の住所")))[2] == "L03"
    assert len(outside["prefecture"].messages) == 1


@pytest.mark.parametrize(("no", "code"), [(4, "L01"), (2, "L02"), (1, "L02")])
def test_更新順番号の欠番と逆転と重複を拒む(outside, juki_net, no, code):
    """F-2-22: gap, repeat, reversal, for each person."""
    juki_net.send(outside["prefecture"], UPDATES, update(2, "2"))
    assert answer(juki_net.send(outside["prefecture"], UPDATES, update(no, "x"))) == (422, "refused", code, ["update_sequence_no"])
    assert answer(juki_net.send(outside["prefecture"], UPDATES, update(3, "3")))[1] == "accepted"


def test_順番は人ごとに数え住民票コードの変更をまたいで続く(outside, juki_net):
    """法30条の4."""
    juki_net.send(outside["prefecture"], UPDATES, update(5, "5"))
    changed = {"juminhyo_code": NEW_CODE, "old_juminhyo_code": UPDATE.juminhyo_code, "juminhyo_code_valid_date": "20260701", "event_reason_code": "41"}
    assert answer(juki_net.send(outside["prefecture"], UPDATES, update(7, "7", **changed)))[2] == "L01"
    assert answer(juki_net.send(outside["prefecture"], UPDATES, update(6, "6", **changed)))[2] == "A00"
    assert answer(juki_net.send(outside["prefecture"], UPDATES, update(7, "7", juminhyo_code=NEW_CODE)))[2] == "A00"


@pytest.mark.parametrize(
    ("changes", "code", "item"),
    [
        ({"relationship": "妻"}, "F01", "relationship"),
        ({"name_kanji": None}, "F02", "name_kanji"),
        ({"address": "花" * 301}, "F03", "address"),
        ({"juminhyo_code": "1234567890"}, "F04", "juminhyo_code"),
        ({"birth_date": "19851301"}, "F04", "birth_date"),
        ({"juminhyo_code_valid_date": "20260230"}, "F04", "juminhyo_code_valid_date"),
        ({"planned_person_flag": "0"}, "F04", "planned_person_flag"),
        ({"update_sequence_no": True}, "F04", "update_sequence_no"),
        ({"name_furigana": "葛城"}, "F04", "name_furigana"),
        ({"sex_code": "5"}, "F05", "sex_code"),
        ({"event_reason_code": "99"}, "F05", "event_reason_code"),
    ],
)
def test_電文仕様に合わない項目を名指しして拒む(outside, juki_net, changes, code, item):
    assert answer(juki_net.send(outside["prefecture"], UPDATES, update(**changes))) == (422, "refused", code, [item])
    assert outside["prefecture"].messages == []


def test_項目が欠けた電文や種別の違う電文を拒む(outside, juki_net):
    short = update()
    del short["items"]["address"]
    assert answer(juki_net.send(outside["prefecture"], UPDATES, short))[2:] == ("F02", ["address"])
    for broken in (message(OUTWARD, "move_in_notice"), {**update(), "version": 2}, {**update(), "memo": "x"}, ["x"]):
        assert answer(juki_net.send(outside["prefecture"], UPDATES, broken))[2] == "F06"


def test_転入通知を受け付け差出人の市町村宛ては拒む(outside, juki_net):
    """法9条1項."""
    assert answer(juki_net.send(outside["other_city"], NOTICES, message(OUTWARD, "move_in_notice")))[1] == "accepted"
    home = message(OUTWARD, "move_in_notice", addressee_municipality_code="012033", request_control_no="c2")
    assert answer(juki_net.send(outside["other_city"], NOTICES, home))[2:] == ("L04", ["addressee_municipality_code"])


def test_附票記載事項通知を受け付け差出人の市町村宛てと様式にない事由は拒む(outside, juki_net):
    """法19条1項. Each path takes its own layout."""
    other = outside["other_city"]
    assert answer(juki_net.send(other, FUHYO_NOTICES, message(FUHYO, "fuhyo_notice")))[1] == "accepted"
    home = message(FUHYO, "fuhyo_notice", addressee_municipality_code="012033", request_control_no="c2")
    assert answer(juki_net.send(other, FUHYO_NOTICES, home))[2:] == ("L04", ["addressee_municipality_code"])
    unknown = message(FUHYO, "fuhyo_notice", reason_code="9", request_control_no="c3")
    assert answer(juki_net.send(other, FUHYO_NOTICES, unknown))[2:] == ("F05", ["reason_code"])
    assert answer(juki_net.send(other, NOTICES, message(FUHYO, "fuhyo_notice", request_control_no="c4")))[2] == "F06"
    assert [kept["layout"] for kept in other.messages] == ["fuhyo_notice"]


class Test相手方の確認:
    """F-2-21: who cannot prove who they are is turned away, and that is on record without content."""

    def refused(self, outside, reply, code):
        assert (reply.status_code, reply.json()["code"]) == (401, code)
        assert outside["prefecture"].messages == []
        assert outside["prefecture"].refusals == [code]
        return True

    def test_他人の鍵で署名した電文(self, outside, keys):
        peer = SigningPeer(keys, signs_with="stranger")
        assert self.refused(outside, peer.send(outside["prefecture"], UPDATES, update()), "U01")

    def test_許されていないシステムの名と鍵(self, outside, keys):
        """Only 市町村CS may speak here: residents has a key, but is no peer. Its certificate would already end the connection."""
        peer = SigningPeer(keys, name="residents", certificate="juki_net")
        assert self.refused(outside, peer.send(outside["prefecture"], UPDATES, update()), "U01")

    def test_他システムの証明書では接続できない(self, outside, keys):
        peer = SigningPeer(keys, certificate="residents")
        with pytest.raises((requests.exceptions.SSLError, requests.exceptions.ConnectionError)):
            peer.send(outside["prefecture"], UPDATES, update())
        assert outside["prefecture"].messages == []

    def test_証明書のない接続(self, outside, keys):
        peer = SigningPeer(keys, certificate="none")
        assert self.refused(outside, peer.send(outside["prefecture"], UPDATES, update()), "U02")

    def test_署名のない電文(self, outside, juki_net):
        assert self.refused(outside, juki_net.send_unsigned(outside["prefecture"], UPDATES, update()), "U01")

    def test_署名の後で書き換えた電文(self, outside, juki_net):
        assert self.refused(outside, juki_net.send(outside["prefecture"], UPDATES, update(), altered=b"{}"), "U01")

    def test_本文を覆わない署名(self, outside, keys):
        peer = SigningPeer(keys, covers=("@method", "content-digest"))
        assert "@path" not in peer.covers
        assert "@path" in COVERS
        assert self.refused(outside, peer.send(outside["prefecture"], UPDATES, update()), "U01")

    @pytest.mark.parametrize("minutes", [-6, 6])
    def test_古い署名と先の署名(self, outside, keys, minutes):
        peer = SigningPeer(keys, created=datetime.now(UTC) + timedelta(minutes=minutes))
        assert self.refused(outside, peer.send(outside["prefecture"], UPDATES, update()), "U01")


def test_受け付けたものは再起動の後も残る(keys, tmp_path, juki_net):
    with outside_world(keys, tmp_path / "store") as world:
        juki_net.send(world["prefecture"], UPDATES, update())
    with (tmp_path / "store" / "prefecture" / "received.jsonl").open("a") as file:
        file.write('{"cut": "sho')
    with outside_world(keys, tmp_path / "store") as world:
        assert len(world["prefecture"].messages) == 1
        assert answer(SigningPeer(keys).send(world["prefecture"], UPDATES, update()))[1] == "duplicate"
        assert answer(SigningPeer(keys).send(world["prefecture"], UPDATES, update(3, "3")))[2] == "L01"
        assert UPDATE.name_kanji == world["prefecture"].messages[0]["items"]["name_kanji"]
