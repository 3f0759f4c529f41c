"""電文仕様の回線 — sends a message of layouts/*.csv to a counterpart outside over HTTPS, signed, and believes only a signed reply. F-2-21, F-2-24.

POST <the peer's address><path>, body {"layout", "version", "items"}; reply {"result", "code", "message_ja", "items", "control_no", …}, to a question
with its "answer".
The real networks' protocols are not public; whoever connects one writes another adapter for the room's ports.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urljoin

from daicho.contracts.base import canonical, write_instant
from daicho.contracts.layouts import layout
from daicho.outbox.errors import Duplicate, Refused, Unauthorized, Unavailable
from daicho.outbox.signed_line import Peer, SignedLine

MAX_REPLY = 64 * 1024


@dataclass(frozen=True)
class Acceptance:
    """The counterpart took it: its reply code and its words."""

    code: str
    message_ja: str


class LayoutLine:
    """Messages of layouts to one path of one peer."""

    def __init__(self, peer: Peer, path: str) -> None:
        self._line = SignedLine(peer, urljoin(peer.url, path), MAX_REPLY)

    def send(self, layout_name: str, message: object) -> Acceptance:
        """Raises the four errors of the post room. A damaged reply counts as none: what was sent is sent again, and known there."""
        return _judged(layout_name, self._reply_to(layout_name, message, None), "内容を確認のうえ、修正の更新又は再送をしてください。")

    def ask(self, layout_name: str, question: object, within: float) -> tuple[str, object]:
        """What came back within so many seconds, unjudged: the 依頼管理番号 that it answers, and the "answer".

        Raises as `send`, but never Duplicate: "asked before" is no answer.
        """
        body = self._reply_to(layout_name, question, within)
        try:
            _judged(layout_name, body, "照会の内容を確認してください。")
        except Duplicate as error:
            raise Unavailable("answered_before", whole_line=False) from error
        reply = json.loads(body)
        return str(reply.get("control_no", "")), reply.get("answer")

    def _reply_to(self, layout_name: str, message: object, within: float | None) -> bytes:
        reply = self._line.answer_to(body_of(layout_name, message), within)
        if not _is_whole(reply.headers, reply.body):
            raise Unavailable("reply_damaged", whole_line=False)
        self._line.believe(reply)
        return reply.body


def body_of(layout_name: str, message: object) -> bytes:
    """`message` as its layout has it: every item, in canonical JSON, so that the same message always has the same bytes."""
    items = {identifier: _wire_value(getattr(message, identifier)) for identifier in layout(layout_name)}
    return canonical({"layout": layout_name, "version": 1, "items": items})


def _wire_value(value: object) -> object:
    if isinstance(value, datetime):
        return write_instant(value)
    return f"{value:%Y%m%d}" if isinstance(value, date) else value


def _is_whole(headers: Mapping[str, str], body: bytes) -> bool:
    """Whether the body fits its Content-Digest; a reply without one is judged by its signature alone."""
    given = re.search("sha-256=:([A-Za-z0-9+/=]+):", {name.lower(): value for name, value in headers.items()}.get("content-digest", ""))
    return given is None or given[1] == base64.b64encode(hashlib.sha256(body).digest()).decode()


def _judged(layout_name: str, body: bytes, what_to_do: str) -> Acceptance:
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
        raise Refused(code, f"相手方の応答（{code}）：{message_ja}。{f'項目：{about}。' if about else ''}{what_to_do}")
    if result == "unauthorized":
        raise Unauthorized(code, message_ja)
    raise Unavailable(code)
