"""通らない道 — 統合宛名 and 市町村CS have no way to one another: no pair, no key, no authority, no code. F-2-04, F-3-04; 評価書Ⅲ(2)3, Ⅲ(3)3 リスク1."""

import ast
from pathlib import Path

import pytest
from cryptography import x509
from django.conf import settings

from daicho import outbox
from daicho.outbox import courier, intake
from daicho.outbox.errors import NotAllowed
from daicho.site import config
from daicho.site.launch.bootstrap import PAIRS
from tests import harness
from tests.atena.sending import deliver, envelope_of, to_chukan
from tests.contracts import juki_samples
from tests.contracts.atena_samples import HANAKO, told
from tests.contracts.chukan_samples import REPLICA

ROOT = Path(__file__).parents[2]


def test_市町村CSとの組はどこにもない():
    """G: forbidden. Counterparts of 住基ネット are none of ours either."""
    assert "juki_net" not in PAIRS["atena"][0]
    assert "atena" not in PAIRS["juki_net"][0]
    assert set(PAIRS["atena"][0]) | set(PAIRS["atena"][1]) == {"residents", "chukan", "departments"} == set(settings.DAICHO.peers)


def test_互いの鍵も認証局も番地も知らない():
    """F-2-04, F-3-04; Network: TLS trusts only the authorities of one's peers."""
    installation = config.read(harness.installation_file())
    ours, theirs = installation.system("atena"), installation.system("juki_net")
    for one, other in ((ours, theirs), (theirs, ours)):
        text = "".join(str(vars(peer)) for peer in one.peers.values())
        assert other.name not in one.peers and f":{other.wire.port}" not in text
        authorities = x509.load_pem_x509_certificates(one.tls_ca_file.read_bytes())
        certificate = x509.load_pem_x509_certificate(other.tls_cert_file.read_bytes())
        assert certificate.issuer not in {authority.subject for authority in authorities}


@pytest.mark.django_db
def test_市町村CSへは出せず市町村CSからは受けない():
    with pytest.raises(NotAllowed):
        outbox.post(REPLICA, to="juki_net")
    assert "juki_net" not in courier.destinations()
    assert {sender for sender, _ in intake.registered()} == {"residents", "departments", "chukan"}
    message = juki_samples.MOVE_IN
    assert deliver(message, envelope_of(message, sender="juki_net"), peer="juki_net").code == "not_allowed"


@pytest.mark.django_db
def test_課や中間サーバーへ宛名情報を送れない():
    """F-1-44: what goes out has one receiver, fixed by the wiring; the departments only ask."""
    for destination in ("departments", "residents", "chukan"):
        with pytest.raises(NotAllowed):
            outbox.post(told(HANAKO), to=destination)
    assert to_chukan() == []


def test_統合宛名のプログラムは市町村CSの電文も部屋も知らない():
    """Code: nothing of this room imports what 市町村CS is told in, or its room."""
    imported = {
        name
        for path in (ROOT / "daicho" / "atena").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""] if isinstance(node, ast.ImportFrom) else [])
    }
    assert {name for name in imported if name.startswith("daicho.contracts.") and "_v" in name} == {
        f"daicho.contracts.{kind}_v1" for kind in ("atena_info", "atena_question", "atena_by_integrated_question", "code_request", "replica", "issue_block")
    }
    assert [name for name in imported if name.startswith(("daicho.juki_net", "daicho.residents"))] == []
