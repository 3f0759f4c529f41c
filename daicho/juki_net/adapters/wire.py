"""相手方への有線接続 — sends a message of layouts/*.csv over HTTPS, signed, and believes only a signed reply. F-2-21, F-2-24; G-05, G-10.

POST <the peer's address>/<path>, body {"layout", "version", "items"}; reply {"result", "code", "message_ja", "items", "control_no", …}.
The real network's protocol is not public; whoever connects it writes another adapter for the same ports.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import urljoin

from daicho.contracts.base import canonical
from daicho.contracts.juki_update_v1 import JukiUpdateV1
from daicho.contracts.move_in_outward_v1 import MoveInOutwardV1
from daicho.juki_net.ports import Acceptance
from daicho.juki_net.rules.layouts import layout
from daicho.outbox.errors import Duplicate, Refused, Unauthorized, Unavailable
from daicho.outbox.signed_line import Peer, SignedLine

MAX_REPLY = 64 * 1024


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
    """Messages of a layout to one path of one peer."""

    def __init__(self, peer: Peer, path: str) -> None:
        self._line = SignedLine(peer, urljoin(peer.url, path), MAX_REPLY)

    def send(self, layout_name: str, message: object) -> Acceptance:
        """Raises the four errors of the post room. A damaged reply counts as none: what was sent is sent again, and known there."""
        reply = self._line.answer_to(body_of(layout_name, message))
        if not _is_whole(reply.headers, reply.body):
            raise Unavailable("reply_damaged", whole_line=False)
        self._line.believe(reply)
        return _judged(layout_name, reply.body)


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
