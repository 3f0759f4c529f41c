"""核から照会者まで — the whole thread over real wires: the request for a 符号, the core's answer, an inquiry and its opening, one that waits. G-14, G-19, S3-03, S3-07.

chukan's own wire listener runs in a process of its own on this test's database; the core is the simulator; between them is HTTPS with
certificates and signatures on both sides.
"""

import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from daicho import clock
from daicho.audit.models import AuditEntry
from daicho.chukan.commands import decide_held
from daicho.chukan.models import Inquiry, LinkageCode
from daicho.contracts.code_request_v1 import CodeRequestV1
from daicho.outbox import courier, relay
from daicho.outbox.models import Delivery, RefusedMessage
from daicho.site import config, config_write
from tests.chukan.core import network_core
from tests.chukan.sending import TAX, deliver, load_lists, replica
from tests.contracts.chukan_samples import CITY, INTEGRATED_NO
from tests.outbox.test_two_systems import free_port, wait_for

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def core(committed_db, tmp_path, settings, monkeypatch):
    """The core, which reaches this chukan, and is reached by it."""
    described = config.read(committed_db.config_file)
    system = described.system("chukan")
    moved = replace(system, wire=replace(system.wire, port=free_port()))
    file = tmp_path / "chukan.toml"
    config_write.write(replace(described, systems={**described.systems, "chukan": moved}), file)
    environment = {**committed_db.environment(), "DAICHO_CONFIG": str(file), "PYTHONPATH": str(ROOT)}
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen([sys.executable, "-m", "daicho.site.launch.serve", "wire", "chukan"], cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_for(moved.wire.port, process, tmp_path / "log")
            with network_core(tmp_path / "outside", f"https://127.0.0.1:{moved.wire.port}") as outside:
                peer = replace(settings.DAICHO.peers["network_core"], url=outside.url + "/wire/v1/messages")
                settings.DAICHO = replace(settings.DAICHO, peers={**settings.DAICHO.peers, "network_core": peer})
                monkeypatch.setattr(courier, "_couriers", {})
                yield outside
        finally:
            process.terminate()
            process.wait(20)
    log_text = (tmp_path / "log").read_text("utf-8")
    assert not any(word in log_text for word in ("花子", "花園", "葛\U000e0104城", INTEGRATED_NO)), "personal data in the log"


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        relay.run_until_idle()
        time.sleep(0.05)
    assert condition(), list(Delivery.objects.values_list("state", "reply_code"))


def asks(core, **changes):
    reply = core.post("/_send", {"to": "chukan", "ask": {**TAX, **changes}})
    assert reply.status_code == 200, reply.text
    return reply.json()


def test_符号の取得から提供まで(core, officer):
    """S3-04, S3-03, S3-07, G-14, G-19."""
    load_lists()
    deliver(replica())
    deliver(CodeRequestV1(CITY, INTEGRATED_NO, clock.now()))
    until(lambda: LinkageCode.objects.filter(acquired_at__isnull=False).exists())
    [code] = LinkageCode.objects.all()
    [given] = core.get("/_received")["codes"]
    assert (given["request_control_no"], len(given["linkage_code"])) == (code.request_control_no, 32)

    reply = asks(core, request_control_no=code.request_control_no)
    assert (reply["status"], reply["answer"]["result"]) == ("acknowledged", "answered")
    assert reply["content"]["items"] == [
        {"identifier": "relationship", "value": "世帯主"}, {"identifier": "householder_name", "value": "葛\U000e0104城\u3000花子"},
    ]  # fmt: skip
    assert "花子" not in str(reply["answer"])

    for fault, reason in (("expired_permit", "permit_expired"), ("wrong_item", "permit_mismatch"), ("wrong_signature", "permit_signature")):
        refused = asks(core, request_control_no=code.request_control_no, fault=fault)["answer"]
        assert (refused["result"], refused["reasons"][0], refused["sealed"]) == ("refused", reason, None)
    assert asks(core, request_control_no=code.request_control_no, fault="unknown_code")["answer"]["reasons"] == ["code_unknown"]
    assert sorted(Inquiry.objects.values_list("result", flat=True)) == ["answered", "refused", "refused", "refused", "refused"]

    # What needs an officer waits, and its answer follows by the post room (F-1-52).
    deliver(replica(withheld_from=date(2020, 1, 1), relationship="妻"))
    held = asks(core, request_control_no=code.request_control_no)
    assert (held["answer"]["result"], held["content"]) == ("held", None)
    decide_held(officer, Inquiry.objects.get(result="held").pk, provide=True, reason="照会先に確認", seen_version=2)
    until(lambda: len(core.get("/_received")["answers"]) == 7)
    late = core.get("/_received")["answers"][-1]
    assert (late["question_id"], late["content"]["items"][0]["value"]) == (held["answer"]["question_id"], "妻")
    assert set(Delivery.objects.values_list("state", flat=True)) == {"acknowledged"}


def test_署名の後に変えた電文も他を名乗る電文も受け付けず記録する(core):
    """F-2-21: who is not the core, or alters its words, is turned away at the door."""
    body = {"request_control_no": "0", "municipality_code": CITY, "linkage_code": "0" * 32, "issued_at": "2026-04-10T03:00:00.000000+00:00"}
    order = {"to": "chukan", "kind": "linkage_code", "version": 1, "body": body}
    statuses = [core.post("/_send", {**order, **fault}).json()["status"] for fault in ({"altered": True}, {"as": "atena"}, {"kind": "replica"}, {})]
    assert statuses == ["unauthorized", "unauthorized", "refused", "refused"]
    assert list(RefusedMessage.objects.order_by("id").values_list("code", flat=True)) == ["bad_signature", "credential", "not_allowed", "unknown_request"]
    assert AuditEntry.objects.filter(outcome="refused").count() == 4
