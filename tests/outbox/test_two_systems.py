"""二つの系 — the real wire listener of 市町村CS, in a process of its own with its own database, asked and told by 住民記録. G-04, F-2-21, F-2-31."""

import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from daicho.outbox import books, courier
from daicho.outbox.errors import Refused, Unauthorized
from daicho.outbox.wire import WireCourier
from daicho.site import config, config_write
from tests import harness
from tests.outbox import messages  # noqa: F401 — registers the contracts
from tests.outbox.messages import OutboxSampleV1
from tests.outbox.parties import envelope_of, make_party

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(settings.DAICHO.name != "residents", reason="residents is the sender here; the other system is the listener")


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def juki_net(tmp_path, monkeypatch):
    """The listener, up; residents' peer of that name leads to it. Yields a function that reads a column of the other database."""
    with harness.clone("juki_net") as clone:
        described = config.read(clone.config_file)
        system = described.system("juki_net")
        moved = replace(system, wire=replace(system.wire, port=free_port()))
        file = tmp_path / "juki_net.toml"
        config_write.write(replace(described, systems={**described.systems, "juki_net": moved}), file)
        environment = {**clone.environment(), "DAICHO_CONFIG": str(file), "PYTHONPATH": str(ROOT)}
        with (tmp_path / "log").open("w") as log:
            command = [sys.executable, "-m", "daicho.site.launch.serve", "wire", "juki_net"]
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
            try:
                wait_for(moved.wire.port, process, tmp_path / "log")
                peer = replace(settings.DAICHO.peers["juki_net"], url=f"https://127.0.0.1:{moved.wire.port}")
                monkeypatch.setattr(settings, "DAICHO", replace(settings.DAICHO, peers={**settings.DAICHO.peers, "juki_net": peer}))

                def read(query):
                    at = system.database
                    with psycopg.connect(host=at.host, port=at.port, dbname=clone.name, user=at.web, password=at.web_password) as there:
                        return there.execute(query).fetchall()

                yield read
            finally:
                process.terminate()
                process.wait(20)


def wait_for(port, process, log):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(log.read_text())


@pytest.fixture
def wire(juki_net):
    made = WireCourier(settings.DAICHO.peers["juki_net"])
    yield made
    made.close()


def test_住民記録から市町村CSへ実際の回線で尋ね_取決めにない物は断られ記録される(committed_db, routes, juki_net, wire, officer, tmp_path, monkeypatch):
    routes.allow("juki_net", "receipts_question", courier=lambda: wire)
    assert books.compare_with("juki_net", officer).equal
    assert juki_net("SELECT sender, kind FROM outbox_receipt") == [("residents", "receipts_question")]

    with pytest.raises(Refused) as refused:  # a kind that wiring does not list
        wire.deliver(envelope_of(OutboxSampleV1(1, "小樽花子"), "residents", receiver="juki_net"))
    assert refused.value.code == "not_allowed"
    with pytest.raises(Unauthorized, match="credential"):  # our signature under another's name
        wire.deliver(envelope_of(OutboxSampleV1(1, ""), "prefecture", receiver="juki_net"))
    stranger = make_party("residents", tmp_path)
    monkeypatch.setattr(settings, "DAICHO", replace(settings.DAICHO, signing_key_file=stranger.private_key_file))
    with pytest.raises(Unauthorized, match="bad_signature"):  # another key under our name
        wire.deliver(envelope_of(OutboxSampleV1(1, ""), "residents", receiver="juki_net"))

    assert juki_net("SELECT code, claimed_sender, authenticated FROM outbox_refusedmessage ORDER BY id") == [
        ("not_allowed", "residents", True),
        ("credential", "residents", True),
        ("bad_signature", "residents", False),
    ]
    assert juki_net("SELECT count(*) FROM outbox_receipt") == [(1,)]
    assert juki_net("SELECT count(*) FROM audit_entry WHERE outcome = 'refused'") == [(3,)]
    assert courier.destinations() == ["juki_net"]
