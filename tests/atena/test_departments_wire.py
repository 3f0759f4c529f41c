"""庁内各課から有線で — the departments' simulator asks the real wire listener of atena, in a process of its own. G-30; S4-03, S4-06; F-1-06, F-2-21."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from daicho.atena.commands import load_uses
from daicho.atena.models import IntegratedPerson
from daicho.outbox.models import RefusedMessage
from daicho.site import config, config_write
from daicho.site.launch.keys import PartyFiles
from simulators.config import REPOSITORY_LAYOUTS, Config, CounterpartConfig, PeerConfig
from simulators.outside import running
from simulators.sending import CannotSend
from tests import harness
from tests.atena.departments import FIRST, SECOND, kept_of, use
from tests.atena.sending import deliver
from tests.contracts.atena_samples import HANAKO, NEW_NUMBER, NUMBER, told

ROOT = Path(__file__).resolve().parents[2]
KOKUHO = {"department_code": "04", "affair_code": "0401"}
HANAKO_NO = "000000000000019"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def wire(committed_db, tmp_path):
    """atena's wire listener on this test's own database; its port."""
    load_uses(FIRST, SECOND, [use(valid_from=date(2020, 1, 1))])
    deliver(told(HANAKO))
    described, port = config.read(committed_db.config_file), free_port()
    system = described.system("atena")
    moved = replace(system, wire=replace(system.wire, port=port))
    file = tmp_path / "atena.toml"
    config_write.write(replace(described, systems={**described.systems, "atena": moved}), file)
    environment = {**committed_db.environment(), "DAICHO_CONFIG": str(file), "PYTHONPATH": str(ROOT)}
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen([sys.executable, "-m", "daicho.site.launch.serve", "wire", "atena"], cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_for(port, process, tmp_path / "log")
            yield port
        finally:
            process.terminate()
            process.wait(20)


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(log.read_text())


@pytest.fixture
def departments(wire, tmp_path):
    """The departments, who know where atena listens."""
    keys = harness.state_dir() / "keys"
    files = PartyFiles(keys / "departments")
    peer = PeerConfig(PartyFiles(keys / "atena").public_key, f"https://127.0.0.1:{wire}")
    chosen = CounterpartConfig("departments", 0, files.signing_key, files.tls_cert, files.tls_key, files.trusted, {"atena": peer})
    with running(Config(tmp_path / "store", REPOSITORY_LAYOUTS, None, {"departments": chosen})) as listeners:
        yield listeners["departments"].counterpart


def ask(departments, fault: str = "", **what):
    """What came back: HTTP status, status, code, and the answer."""
    told = departments.orders["/_ask"]({**KOKUHO, **what, **({"fault": fault} if fault else {})})
    assert told["problems"] == []
    return [(reply["http_status"], reply["status"], reply["code"], reply["answer"]) for reply in told["replies"]]


def test_課の照会と付番依頼に様式どおりに答え根拠のない課には403で拒む(departments):
    """G-30; F-1-06: 403; S4-03, S4-06. One listener for the whole conversation."""
    [(status, _, _, answer)] = ask(departments, individual_number=NUMBER)
    assert (status, answer["result"], answer["integrated_atena_no"], answer["basics"]["name"]) == (200, "found", HANAKO_NO, HANAKO.name)
    basics = {"name": "市外\u3000三郎", "name_furigana": "シガイ\u3000サブロウ", "birth_date": "S60-05-06", "sex_code": "1", "address": "札幌市中央区"}
    [(_, _, _, answer)] = ask(departments, atena_no="77", individual_number=NEW_NUMBER, basics=basics)
    assert (answer["result"], answer["state"], answer["integrated_atena_no"]) == ("numbered", "unregistered", "000000000000027")
    [(_, _, _, answer)] = ask(departments, atena_no="77")
    assert (answer["result"], answer["basics"]["birth_date"]) == ("found", "S60-05-06")
    assert ask(departments, individual_number=NUMBER, department_code="99")[0][:3] == (403, "refused", "forbidden")
    assert ask(departments, individual_number=NUMBER, affair_code="0101")[0][:3] == (403, "refused", "forbidden")
    assert [(entry["outcome"], entry["unit_code"], entry["detail"].get("reason")) for entry in kept_of("atena:person:ask")] == [
        ("done", "04", None), ("done", "04", None), ("done", "04", None), ("refused", "99", "forbidden"), ("refused", "04", "forbidden"),
    ]  # fmt: skip
    kept = departments.received()["inquiries"]
    assert [one["replies"][0]["http_status"] for one in kept] == [200, 200, 200, 403, 403]


def test_期限を過ぎた照会と二度目と改ざんと余計な項目には答えない(departments):
    """F-2-21; the faults that the simulator plays."""
    assert ask(departments, "late", individual_number=NUMBER)[0][:3] == (422, "refused", "deadline")
    assert [reply[:3] for reply in ask(departments, "twice", individual_number=NUMBER)] == [(200, "acknowledged", "ok"), (422, "refused", "replayed")]
    assert ask(departments, "beyond", individual_number=NUMBER)[0][:3] == (422, "refused", "contract")
    assert ask(departments, "altered", individual_number=NUMBER)[0][:3] == (401, "unauthorized", "bad_signature")
    assert list(RefusedMessage.objects.order_by("id").values_list("code", flat=True))[:3] == ["deadline", "replayed", "contract"]
    assert IntegratedPerson.objects.count() == 1


def test_様式に合わない照会は送られない(departments):
    for what in ({"individual_number": "12"}, {"nationality_code": "VNM"}, {"basics": {"name": "一"}}):
        with pytest.raises(CannotSend):
            departments.orders["/_ask"]({**KOKUHO, **what})
    with pytest.raises(CannotSend):
        departments.orders["/_ask"]({**KOKUHO, "individual_number": NUMBER, "fault": "unknown"})
    assert departments.received()["inquiries"] == []


def test_名のる者が違えば受けない(departments):
    """F-2-21: the key of the message says who speaks."""
    asked = {"question_id": "3f2b8c7e-0000-4000-8000-000000000009", "purpose": "x", "deadline": "2030-01-01T00:00:00.000000+00:00", "basics": None}
    order = {"to": "atena", "kind": "atena_question", "version": 1, "body": {**asked, **KOKUHO, "atena_no": None, "individual_number": NUMBER}, "as": "chukan"}
    reply = departments.send(order)
    assert (reply["http_status"], reply["status"], reply["code"]) == (401, "unauthorized", "credential")
    assert kept_of("atena:person:ask") == []
