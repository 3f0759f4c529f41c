"""つながってはならない相手 — 市町村CS cannot be reached from 庁内連携: no peer, no key, no authority, no kind, no word of it. F-2-31, F-3-31, F-2-05; design §2."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver

from daicho.outbox import courier, intake
from daicho.outbox.errors import NotAllowed
from daicho.site import config
from daicho.site.launch.bootstrap import PAIRS
from daicho.site.launch.keys import PartyFiles
from tests import harness

ROOT = Path(__file__).resolve().parents[2]
CS = "juki_net"


def test_相手方は住民記録と庁内各課だけである():
    """G-25, G-26: the pairs of this room, and no other."""
    assert set(settings.DAICHO.peers) == {"residents", "departments"}
    assert PAIRS["transfers"] == (("residents",), ("departments",))
    assert CS not in PAIRS["transfers"][0] and "transfers" not in PAIRS[CS][0]


def test_市町村CSの番地も鍵も認証局も設定にない():
    """F-2-31: no credential of the one lies with the other, in either direction."""
    installation = config.read(harness.installation_file())
    folder = harness.state_dir() / "keys"
    for here, there in (("transfers", CS), (CS, "transfers")):
        ours, theirs = installation.system(here), PartyFiles(folder / there)
        urls = {peer.url for peer in ours.peers.values()}
        files = {peer.public_key_file.resolve() for peer in ours.peers.values()}
        foreign = {theirs.public_key, theirs.signing_key, theirs.tls_cert, theirs.tls_key, theirs.trusted, theirs.vault_key, theirs.authority}
        own = {ours.vault_key_file, ours.signing_key_file, ours.tls_cert_file, ours.tls_key_file, ours.tls_ca_file}
        assert f":{installation.system(there).wire.port}" not in " ".join(urls)
        assert not (files | {file.resolve() for file in own}) & {file.resolve() for file in foreign}
        assert theirs.authority.read_text("ascii").strip() not in ours.tls_ca_file.read_text("ascii")


def test_市町村CSのデータベースは別の役割と別の名前である():
    installation = config.read(harness.installation_file())
    here, there = installation.system("transfers").database, installation.system(CS).database
    assert not {here.name, here.owner, here.web} & {there.name, there.owner, there.web}
    assert here.web_password != there.web_password


def test_市町村CSへ送る道も受ける口もない():
    """F-2-05: only 既存住基 reaches 市町村CS."""
    assert courier.destinations() == ["departments", "residents"]
    for kind in ("identity_info", "move_in_notice", "transfer_info", "department_feed"):
        with pytest.raises(NotAllowed):
            courier.require_route(CS, kind)
    assert {sender for sender, _ in intake.registered()} == {"residents", "departments"}


def test_市町村CSに通じる画面はない():
    def names(patterns: object) -> list[str]:
        return [str(getattr(one, "namespace", "") or getattr(one, "name", "")) for one in patterns]  # type: ignore[attr-defined]

    assert CS not in names(get_resolver().url_patterns)


def test_この部屋の言葉に市町村CSは現れない():
    """No line of this room's code, templates or data names the room, its contracts or its tables."""
    words = ("daicho.juki_net", '"juki_net"', "'juki_net'", "identity_info", "juki_update", "move_in_notice", "juki_net_")
    files = [file for file in (ROOT / "daicho" / "transfers").rglob("*") if file.suffix in (".py", ".html", ".csv")]
    assert len(files) > 50
    assert [str(file) for file in files if any(word in file.read_text("utf-8") for word in words)] == []


def test_住民票コードも個人番号も持たない():
    """F-1-56 in this room: neither a column nor an item of a layout."""
    from django.apps import apps

    columns = {field.name for model in apps.get_app_config("transfers").get_models() for field in model._meta.concrete_fields}
    items = {line.split(",")[2] for name in ("department_feed", "department_batch", "transfer_person", "department_entry") for line in
             (ROOT / "layouts" / f"{name}.csv").read_text("utf-8").splitlines()}  # fmt: skip
    assert not [name for name in columns | items if "juminhyo" in name or "individual_number" in name]
    assert not [name for name in columns if "basic_pension" in name]  # it passes through sealed, on its way into the register (decision 0030)
