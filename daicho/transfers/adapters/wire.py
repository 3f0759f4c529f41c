"""相手方への有線接続 — sends a message of layouts/*.csv to the departments over HTTPS, signed, and believes only a signed reply. F-1-42; G-25, G-26.

POST <the peer's address>/v1/transfers, body {"layout", "version", "items"}; reply {"result", "code", "message_ja", "items", "control_no", …}.
Which protocol a city's 庁内連携システム speaks is its own; whoever connects it writes another adapter for the same port (標準7.2.1).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from urllib.parse import urljoin

from daicho.contracts.department_batch_v1 import DepartmentBatchV1
from daicho.contracts.department_entry_v1 import DepartmentEntryOutcomeV1
from daicho.contracts.department_feed_v1 import DepartmentFeedV1
from daicho.outbox.errors import Duplicate, Refused, Unauthorized, Unavailable
from daicho.outbox.signed_line import Peer, SignedLine
from daicho.transfers.adapters.messages import batch_body, feed_body, outcome_body
from daicho.transfers.ports import Acceptance
from daicho.transfers.rules.layouts import BATCH, FEED, OUTCOME, layout

PATH = "/v1/transfers"
MAX_REPLY = 64 * 1024


class WireDepartments:
    """`DepartmentsPort` over the wire."""

    def __init__(self, peer: Peer) -> None:
        self._line = SignedLine(peer, urljoin(peer.url, PATH), MAX_REPLY)

    def send_feed(self, feed: DepartmentFeedV1) -> Acceptance:
        return self._send(FEED, feed_body(feed))

    def send_batch(self, batch: DepartmentBatchV1) -> Acceptance:
        return self._send(BATCH, batch_body(batch))

    def send_outcome(self, outcome: DepartmentEntryOutcomeV1) -> Acceptance:
        return self._send(OUTCOME, outcome_body(outcome))

    def _send(self, layout_name: str, body: bytes) -> Acceptance:
        """Raises the four errors of the post room. A damaged reply counts as none: what was sent is sent again, and known there."""
        reply = self._line.answer_to(body)
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
        known = {**layout(FEED), **layout(layout_name)}
        about = "、".join(known[item].ja for item in items if item in known)
        raise Refused(code, f"移転先の応答（{code}）：{message_ja}。{f'項目：{about}。' if about else ''}内容を確認のうえ、再送又は取下げをしてください。")
    if result == "unauthorized":
        raise Unauthorized(code, message_ja)
    raise Unavailable(code)
