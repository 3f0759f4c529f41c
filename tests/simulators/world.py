"""外の世界の支度 — counterparts in threads of this process, with keys as an installation makes them, and a peer that speaks to them.

The peer signs and verifies with the library; the counterparts use code of their own: each proves the other.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from http_message_signatures import HTTPMessageSigner, HTTPMessageVerifier, MappingKeyResolver, algorithms

from daicho.site.launch.keys import PartyFiles, create_party, trust
from simulators.config import REPOSITORY_LAYOUTS, Config, CounterpartConfig, PeerConfig
from simulators.listener import Listener
from simulators.outside import running

COUNTERPARTS = ("prefecture", "other_city", "jlis_national")
COVERS = ("@method", "@path", "content-type", "content-digest")
REPLY_COVERS = ("@status", "content-digest", '"@path";req', '"signature";req')


def make_keys(folder: Path) -> None:
    """Keys of juki_net and its counterparts; also of residents and a stranger, whom the counterparts do not know."""
    now = datetime.now(UTC)
    parties = {name: create_party(folder / name, name, now) for name in (*COUNTERPARTS, "juki_net", "residents", "stranger")}
    for name in COUNTERPARTS:
        trust(parties[name], [parties["juki_net"]])
    for name in ("juki_net", "residents", "stranger"):
        trust(parties[name], [parties[counterpart] for counterpart in COUNTERPARTS])


def config_of(keys: Path, store: Path, layouts: Path = REPOSITORY_LAYOUTS) -> Config:
    return Config(store, layouts, None, {name: _counterpart(keys, name) for name in COUNTERPARTS})


def _counterpart(keys: Path, name: str) -> CounterpartConfig:
    files = PartyFiles(keys / name)
    return CounterpartConfig(
        name,
        0,
        files.signing_key,
        files.tls_cert,
        files.tls_key,
        files.trusted,
        {"juki_net": PeerConfig(PartyFiles(keys / "juki_net").public_key, "https://127.0.0.1:9")},
    )


@dataclass
class Outside:
    """One counterpart as whoever runs the demo sees it."""

    listener: Listener
    authority: Path

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.listener.server_port}"

    def get(self, path: str) -> Any:  # Any: JSON
        return requests.get(self.url + path, verify=str(self.authority), timeout=10).json()

    def post(self, path: str, content: object) -> requests.Response:
        return requests.post(self.url + path, data=json.dumps(content), verify=str(self.authority), timeout=10)

    def play(self, *faults: Mapping[str, object]) -> None:
        assert self.post("/_scenario", {"faults": list(faults)}).status_code == 200

    @property
    def messages(self) -> list[dict[str, Any]]:  # Any: JSON
        return self.get("/_received")["messages"]

    @property
    def refusals(self) -> list[str]:
        return [refusal["code"] for refusal in self.get("/_received")["refusals"]]


@contextmanager
def outside_world(keys: Path, store: Path) -> Iterator[dict[str, Outside]]:
    with running(config_of(keys, store)) as listeners:
        yield {name: Outside(listener, PartyFiles(keys / name).authority) for name, listener in listeners.items()}


@dataclass
class SigningPeer:
    """A system that sends signed messages; by default juki_net itself. `signs_with` names whose key it uses."""

    keys: Path
    name: str = "juki_net"
    signs_with: str = ""
    certificate: str = ""
    covers: tuple[str, ...] = COVERS
    created: datetime | None = None
    session: requests.Session = field(default_factory=requests.Session)

    def send(self, outside: Outside, path: str, content: object, *, altered: bytes | None = None) -> requests.Response:
        """POST `content` signed; `altered` replaces the body after signing. The reply's signature is checked."""
        request = requests.Request("POST", outside.url + path, data=json.dumps(content, ensure_ascii=False).encode()).prepare()
        request.headers["Content-Type"] = "application/json"
        assert isinstance(request.body, bytes)
        private = load_pem_private_key(PartyFiles(self.keys / (self.signs_with or self.name)).signing_key.read_bytes(), None)
        signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=MappingKeyResolver(public_keys={}, private_keys={self.name: private}))
        signer.sign(
            request,
            key_id=self.name,
            created=self.created or datetime.now(UTC),
            nonce=secrets.token_hex(8),
            tag="daicho-message",
            covered_component_ids=self.covers,
            body=request.body,
        )
        if altered is not None:
            request.body = altered
            request.headers["Content-Length"] = str(len(altered))
        return self._exchange(outside, request)

    def send_unsigned(self, outside: Outside, path: str, content: object) -> requests.Response:
        request = requests.Request("POST", outside.url + path, json=content).prepare()
        return self._exchange(outside, request)

    def _exchange(self, outside: Outside, request: requests.PreparedRequest) -> requests.Response:
        files = PartyFiles(self.keys / (self.certificate or self.name))
        cert = None if self.certificate == "none" else (str(files.tls_cert), str(files.tls_key))
        return self.session.send(request, cert=cert, verify=str(outside.authority), timeout=10)


def verify_reply(outside: Outside, reply: requests.Response) -> None:
    """Raises unless the counterpart signed this reply to this request."""
    files = PartyFiles(outside.authority.parent)
    public = load_pem_public_key(files.public_key.read_bytes())
    verifier = HTTPMessageVerifier(
        signature_algorithm=algorithms.ED25519, key_resolver=MappingKeyResolver(public_keys={outside.listener.counterpart.name: public}, private_keys={})
    )
    verifier.verify(reply, expect_tag="daicho-reply", require_components=REPLY_COVERS, body=reply.content)
