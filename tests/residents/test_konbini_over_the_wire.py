"""コンビニ交付の糸 — from the counter to the paper at a shop, over the real wire: residents, konbini's listener in a process of its own, the centre. G-21; S5-01, S5-02.

Each has its own database and keys. What konbini tells back goes by its worker (tests/journeys).
"""

from __future__ import annotations

import base64
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
import requests
from django.conf import settings

from daicho import clock
from daicho.outbox import courier, relay
from daicho.outbox.models import Delivery
from daicho.residents.commands import filings, heartbeat, registering
from daicho.site import config, config_write
from daicho.site.launch.keys import PartyFiles
from daicho.values.made_up import made_up_user_certificate_serial
from simulators.config import REPOSITORY_LAYOUTS, Config, CounterpartConfig, PeerConfig
from simulators.outside import running
from tests import harness
from tests.cast import EXAMINER, FAMILY, TARO
from tests.outbox.test_two_systems import free_port, wait_for
from tests.paper.tools import text_of
from tests.residents.counter import enter, move_in_form, register, relocation_form

ROOT = Path(__file__).resolve().parents[2]
SERIAL = str(made_up_user_certificate_serial(1))


@pytest.fixture
def konbini(tmp_path, monkeypatch):
    """konbini's wire listener, up, with the made-up city's settings; residents' peer of that name leads to it. Yields a function that asks its database."""
    with harness.clone("konbini") as clone:
        described = config.read(clone.config_file)
        system = described.system("konbini")
        moved = replace(system, wire=replace(system.wire, port=free_port()))
        file = tmp_path / "konbini.toml"
        config_write.write(replace(described, systems={**described.systems, "konbini": moved}), file)
        environment = {**clone.environment(), "DAICHO_CONFIG": str(file), "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-m", "daicho.site.launch.furnish"], cwd=ROOT, env=environment, check=True, capture_output=True)
        with (tmp_path / "log").open("w") as log:
            process = subprocess.Popen([sys.executable, "-m", "daicho.site.launch.serve", "wire", "konbini"], cwd=ROOT, env=environment, stdout=log, stderr=log)
            try:
                wait_for(moved.wire.port, process, tmp_path / "log")
                peer = replace(settings.DAICHO.peers["konbini"], url=f"https://127.0.0.1:{moved.wire.port}")
                monkeypatch.setattr(settings, "DAICHO", replace(settings.DAICHO, peers={**settings.DAICHO.peers, "konbini": peer}))
                monkeypatch.setattr(courier, "_couriers", {})

                def read(query: str):
                    at = system.database
                    with psycopg.connect(host=at.host, port=at.port, dbname=clone.name, user=at.web, password=at.web_password) as there:
                        return there.execute(query).fetchall()

                read.port = moved.wire.port
                yield read
            finally:
                process.terminate()
                process.wait(20)


@pytest.fixture
def centre(konbini, tmp_path):
    """The certificate centre, told to ask by POST /_send. Yields a function that asks."""
    keys = harness.state_dir() / "keys"
    files = PartyFiles(keys / "certificate_centre")
    peer = PeerConfig(PartyFiles(keys / "konbini").public_key, f"https://127.0.0.1:{konbini.port}")
    one = CounterpartConfig("certificate_centre", 0, files.signing_key, files.tls_cert, files.tls_key, files.trusted, {"konbini": peer})
    with running(Config(tmp_path / "outside", REPOSITORY_LAYOUTS, None, {"certificate_centre": one})) as listeners:
        url = f"https://127.0.0.1:{listeners['certificate_centre'].server_port}"

        def ask(fault: str = "", **items: object):
            order = {"ask": {"user_certificate_serial": SERIAL, **items}, **({"fault": fault} if fault else {})}
            reply = requests.post(f"{url}/_send", json=order, verify=str(files.authority), timeout=60)
            assert reply.status_code == 200, reply.text
            return reply.json()

        ask.url, ask.authority, ask.papers = url, str(files.authority), tmp_path / "outside" / "certificate_centre" / "papers"
        yield ask


def relay_all() -> None:
    """Rounds until konbini has everything; other test processes' transactions may hold a notice back for a moment."""
    until = time.monotonic() + 30
    while Delivery.objects.filter(destination="konbini", settled_at__isnull=True).exists():
        relay.run_until_idle()
        assert time.monotonic() < until, list(Delivery.objects.values_list("notice__kind", "state", "reply_code"))
        time.sleep(0.05)


@contextmanager
def now():
    """The machine's time, which the other processes have, instead of the tests' day: signed messages are fresh by it."""
    with clock.at(datetime.now(UTC)):
        yield


def tell_konbini() -> None:
    """What the worker does in its rounds: send what waits, then say that the register lives."""
    with now():
        relay_all()
        assert heartbeat.beat()


def answer_of(told: dict) -> dict:
    assert told["problems"] == []
    [reply] = told["replies"]
    return reply["answer"]


def test_窓口の本登録が店舗の証明書に数秒で現れ仮登録中と沈黙の間は断られる(committed_db, konbini, centre, tmp_path):
    """A-11, G-21; S5-01, S5-02, S5-03; issue 3: the whole thread, and each side proves the other: the centre checks every answer's binding by code of its own."""
    with now():
        family = [w.person for w in register("domestic_move_in", move_in_form([replace(TARO, texts={"user_certificate_serial": SERIAL}), *FAMILY[1:]]))]
        assert answer_of(centre())["code"] == "K10"
    tell_konbini()

    answer = answer_of(centre(certificate_kind="12", shown=["01", "02"]))
    paper = "".join(text_of(base64.b64decode(answer["document"]), tmp_path, "-layout").split())
    for said in ("花園太郎", "花園花子", "花園一郎", "花園二郎", "北海道小樽市花園2丁目12番1号", "世帯全員", "北海道小樽市長"):
        assert said in paper, said
    assert (centre.papers / f"{answer['request_no']}.pdf").read_bytes() == base64.b64decode(answer["document"])
    received = requests.get(f"{centre.url}/_received", verify=centre.authority, timeout=10).json()["messages"]
    assert [message["items"]["code"] for message in received] == ["K10", "A00"]
    assert not any("document" in message["items"] for message in received)

    with now():
        moving = relocation_form([p.public_id for p in family], effective_on="令和8年5月1日")
        filing = enter("relocation", moving)
    tell_konbini()
    assert answer_of(centre())["code"] == "K02"
    with now():
        filings.examine(EXAMINER, filing)
        registering.register(EXAMINER, filing)
        heartbeat.beat()
    assert answer_of(centre())["code"] in ("K02", "K11")  # registered, and the news still on the way
    tell_konbini()
    moved = "".join(text_of(base64.b64decode(answer_of(centre())["document"]), tmp_path, "-layout").split())
    assert "色内1丁目3番5号" in moved

    twice = centre("twice")
    assert twice["problems"] == []
    assert len({reply["answer"]["document"] for reply in twice["replies"]}) == 1
    assert answer_of(centre("late"))["code"] == "K14"
    assert answer_of(centre("unknown_kind"))["code"] == "K08"
    [altered] = centre("altered")["replies"]
    assert (altered["status"], altered["answer"]) == ("unauthorized", None)

    [(answers, papers)] = konbini("SELECT count(*), count(DISTINCT document_digest) FROM konbini_answer")
    assert (answers, papers) == (9, 3)
    [(silent,)] = konbini("SELECT count(*) FROM outbox_receipt WHERE kind = 'certificate_heartbeat'")
    assert silent == 0
