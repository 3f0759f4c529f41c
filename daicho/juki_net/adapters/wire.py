"""相手方への有線接続 — sends a message of layouts/*.csv over HTTPS, signed, and believes only a signed reply. F-2-21, F-2-24; G-05, G-10.

POST <the peer's address>/<path>, body {"layout", "version", "items"}; reply {"result", "code", "message_ja", "items", "control_no", …}.
The real network's protocol is not public; whoever connects it writes another adapter for the same ports.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import requests
from django.conf import settings

from daicho.contracts.base import canonical
from daicho.contracts.juki_update_v1 import JukiUpdateV1
from daicho.contracts.move_in_outward_v1 import MoveInOutwardV1
from daicho.juki_net.ports import Acceptance
from daicho.juki_net.rules.layouts import layout
from daicho.outbox import signing
from daicho.outbox.errors import Duplicate, Refused, Unauthorized, Unavailable
from daicho.outbox.settings import freshness

TIMEOUT = (5, 30)  # seconds to connect, seconds of silence; far below the relay's lease
MAX_REPLY = 64 * 1024


class Peer(Protocol):
    """What the installation says of a counterpart (settings.DAICHO.peers)."""

    @property
    def name(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def public_key_file(self) -> Path: ...


class WirePrefecture:
    """`PrefecturePort` over the wire."""

    def __init__(self, peer: Peer) -> None:
        self._line = _Line(peer, "/v1/identity-updates")

    def send_update(self, update: JukiUpdateV1) -> Acceptance:
        return self._line.send("juki_update", update)


class WireMunicipality:
    """`MunicipalityPort` over the wire: the network passes a notice on to the municipality it is addressed to."""

    def __init__(self, peer: Peer) -> None:
        self._line = _Line(peer, "/v1/move-in-notices")

    def send_move_in(self, notice: MoveInOutwardV1) -> Acceptance:
        return self._line.send("move_in_notice", notice)


def body_of(layout_name: str, message: object) -> bytes:
    """`message` as its layout has it: every item, in canonical JSON, so that the same message always has the same bytes."""
    items = {identifier: _wire_value(getattr(message, identifier)) for identifier in layout(layout_name)}
    return canonical({"layout": layout_name, "version": 1, "items": items})


def _wire_value(value: object) -> object:
    return f"{value:%Y%m%d}" if isinstance(value, date) else value


class _Line:
    """Signed messages to one path of one peer; one kept connection per thread."""

    def __init__(self, peer: Peer, path: str) -> None:
        address = urlsplit(peer.url)
        if address.scheme != "https":
            raise ValueError(f"peer {peer.name}: its url must be https")
        self._peer = peer
        self._url = f"https://{address.netloc}{path}"
        self._local = threading.local()

    def send(self, layout_name: str, message: object) -> Acceptance:
        """Raises the four errors of the post room."""
        me = settings.DAICHO
        request = signing.SignedRequest("POST", self._url, {"Content-Type": signing.CONTENT_TYPE}, body_of(layout_name, message))
        signing.sign_request(request, sender=me.name, private_key_file=me.signing_key_file)
        status_code, headers, body = self._post(request)
        self._believe(signing.SignedReply(status_code, headers, request, body))
        return _judged(layout_name, body)

    def _post(self, request: signing.SignedRequest) -> tuple[int, dict[str, str], bytes]:
        try:
            # A redirect is not followed: the signature is for this peer.
            answer = self._session().post(request.url, data=request.body, headers=request.headers, timeout=TIMEOUT, allow_redirects=False)
        except requests.exceptions.SSLError as error:
            raise Unauthorized("tls", "相手方の証明書を確認できませんでした。") from error
        except requests.exceptions.ReadTimeout as error:
            raise Unavailable("timeout", whole_line=False) from error
        except (requests.exceptions.RequestException, OSError) as error:
            raise Unavailable("connection") from error
        if len(answer.content) > MAX_REPLY:
            raise Unavailable("reply_too_large", whole_line=False)
        return answer.status_code, dict(answer.headers), answer.content

    def _believe(self, reply: signing.SignedReply) -> None:
        """A damaged reply counts as none: what was sent is sent again, and known there. A foreign one is an operator's matter."""
        if not _is_whole(reply.headers, reply.body):
            raise Unavailable("reply_damaged", whole_line=False)
        try:
            signing.verify_reply(reply, peer=self._peer.name, public_key_file=self._peer.public_key_file, freshness=freshness())
        except signing.BadSignature as error:
            if reply.status_code >= 500:
                raise Unavailable(f"http_{reply.status_code}") from error
            raise Unauthorized(f"reply_{error.code}", "相手方の応答の署名を確認できませんでした。") from error

    def _session(self) -> requests.Session:
        session = getattr(self._local, "session", None)
        if session is None:
            me = settings.DAICHO
            session = requests.Session()
            session.trust_env = False  # no proxy and no .netrc of the machine
            session.verify = str(me.tls_ca_file)
            session.cert = (str(me.tls_cert_file), str(me.tls_key_file))
            self._local.session = session
        return session


def _is_whole(headers: Mapping[str, str], body: bytes) -> bool:
    """Whether the body fits its Content-Digest; a reply without one is judged by its signature alone."""
    given = re.search("sha-256=:([A-Za-z0-9+/=]+):", {name.lower(): value for name, value in headers.items()}.get("content-digest", ""))
    return given is None or given[1] == base64.b64encode(hashlib.sha256(body).digest()).decode()


def _judged(layout_name: str, body: bytes) -> Acceptance:
    """The acceptance, when the reply says so; otherwise one of the four errors."""
    try:
        reply = json.loads(body)
        result, code, message_ja, items = (reply[name] for name in ("result", "code", "message_ja", "items"))
    except (ValueError, KeyError, TypeError) as error:
        raise Unavailable("reply_unreadable", whole_line=False) from error
    code, message_ja = str(code), str(message_ja)
    if result == "accepted":
        return Acceptance(code, message_ja)
    if result == "duplicate":
        raise Duplicate
    if result == "refused":
        known = layout(layout_name)
        about = "、".join(known[item].ja for item in items if item in known)
        raise Refused(code, f"相手方の応答（{code}）：{message_ja}。{f'項目：{about}。' if about else ''}内容を確認のうえ、修正の更新又は再送をしてください。")
    if result == "unauthorized":
        raise Unauthorized(code, message_ja)
    raise Unavailable(code)
