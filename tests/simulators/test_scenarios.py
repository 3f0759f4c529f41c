"""障害の台本 — each fault does what simulators/scenario.py says of it, as often as asked, and no longer. design §5."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from http_message_signatures import HTTPMessageSignaturesException

from tests.simulators.messages import UPDATES, answer, update
from tests.simulators.world import SigningPeer, verify_reply


def test_停止中は受け付けず回数が尽きると受け付ける(outside, juki_net):
    outside["prefecture"].play({"kind": "down", "times": 2})
    replies = [answer(juki_net.send(outside["prefecture"], UPDATES, update()))[:3] for _ in range(3)]
    assert replies == [(503, "unavailable", "S01"), (503, "unavailable", "S01"), (200, "accepted", "A00")]


def test_指定した符号で拒み何も残さない(outside, juki_net):
    outside["prefecture"].play({"kind": "refuse", "code": "L02", "times": 1})
    assert answer(juki_net.send(outside["prefecture"], UPDATES, update()))[2] == "L02"
    assert outside["prefecture"].messages == []
    assert answer(juki_net.send(outside["prefecture"], UPDATES, update()))[2] == "A00"


def test_遅れて応答する(outside, juki_net):
    outside["prefecture"].play({"kind": "late", "ms": 400, "times": 1})
    began = time.monotonic()
    assert answer(juki_net.send(outside["prefecture"], UPDATES, update()))[1] == "accepted"
    assert time.monotonic() - began >= 0.4


def test_応答を失うと再送は重複になる(outside, juki_net):
    outside["prefecture"].play({"kind": "silent", "times": 1})
    with pytest.raises(requests.exceptions.ConnectionError):
        juki_net.send(outside["prefecture"], UPDATES, update())
    assert answer(juki_net.send(outside["prefecture"], UPDATES, update()))[1] == "duplicate"
    assert len(outside["prefecture"].messages) == 1


def test_初めての電文を重複と答える(outside, juki_net):
    outside["prefecture"].play({"kind": "duplicate", "times": 1})
    assert answer(juki_net.send(outside["prefecture"], UPDATES, update()))[1] == "duplicate"
    assert len(outside["prefecture"].messages) == 1


def test_壊れた応答は署名と合わない(outside, juki_net):
    outside["prefecture"].play({"kind": "corrupt", "times": 1})
    reply = juki_net.send(outside["prefecture"], UPDATES, update())
    with pytest.raises(HTTPMessageSignaturesException):
        verify_reply(outside["prefecture"], reply)


def test_順序を入れ替える(outside, keys):
    outside["prefecture"].play({"kind": "out_of_order", "ms": 5000, "times": 1})
    with ThreadPoolExecutor() as pool:
        first = pool.submit(SigningPeer(keys).send, outside["prefecture"], UPDATES, update(1, "1"))
        while outside["prefecture"].get("/_scenario")["faults"]:
            time.sleep(0.02)
        SigningPeer(keys).send(outside["prefecture"], UPDATES, update(1, "2", juminhyo_code="99912037998"))
        assert answer(first.result())[1] == "accepted"
    assert [message["control_no"] for message in outside["prefecture"].messages] == ["c2", "c1"]


@pytest.mark.parametrize(
    "faults", [[{"kind": "explode"}], [{"kind": "refuse", "code": "Z99"}], [{"kind": "late", "ms": -1}], [{"kind": "down", "times": 0}], "x"]
)
def test_演じられない台本は断る(outside, faults):
    assert outside["prefecture"].post("/_scenario", {"faults": faults}).status_code == 400
    assert outside["prefecture"].get("/_scenario") == {"faults": []}


def test_初期化すると全て忘れる(outside, juki_net):
    juki_net.send(outside["prefecture"], UPDATES, update(7, "7"))
    outside["prefecture"].play({"kind": "down"})
    outside["prefecture"].post("/_reset", {})
    assert answer(juki_net.send(outside["prefecture"], UPDATES, update(1, "7")))[1] == "accepted"
    assert [message["position"] for message in outside["prefecture"].messages] == [1]
