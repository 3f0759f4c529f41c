"""有線の使者 — carries an envelope to a peer over HTTPS, signed, and believes only a signed reply. requirements F-2-21, G-04 and the others.

POST <peer's url>/wire/v1/messages, body = the envelope's canonical JSON, reply = {status, code, reason_ja, answer}.
"""

from daicho.contracts import base
from daicho.outbox.envelope import Envelope, Reply
from daicho.outbox.errors import Duplicate, Refused, Unauthorized, Unavailable
from daicho.outbox.signed_line import Peer, SignedLine

PATH = "/wire/v1/messages"
MAX_REPLY = 4 * 1024 * 1024


class WireCourier:
    """Implements `Questioner` towards one `Peer` of the installation."""

    def __init__(self, peer: Peer) -> None:
        self._line = SignedLine(peer, peer.url.rstrip("/") + PATH, MAX_REPLY)

    def deliver(self, envelope: Envelope) -> Reply:
        """See `Courier.deliver`. A reply that cannot be believed counts as none: the envelope is sent again."""
        return self._reply_to(envelope, None)

    def ask(self, envelope: Envelope, within: float) -> Reply:
        """See `Questioner.ask`."""
        return self._reply_to(envelope, within)

    def _reply_to(self, envelope: Envelope, within: float | None) -> Reply:
        reply = self._line.answer_to(envelope.to_bytes(), within)
        self._line.believe(reply)
        return _judged(reply.body)

    def close(self) -> None:
        """Close this thread's connection."""
        self._line.close()


def _judged(body: bytes) -> Reply:
    """The reply, when it says acknowledged; otherwise one of the four errors."""
    try:
        reply = base.read(Reply, body)
    except base.ContractError as error:
        raise Unavailable("reply_unreadable", whole_line=False) from error
    if reply.status == "acknowledged":
        return reply
    if reply.status == "duplicate":
        raise Duplicate
    if reply.status == "refused":
        raise Refused(reply.code, reply.reason_ja)
    if reply.status == "unauthorized":
        raise Unauthorized(reply.code, reply.reason_ja)
    raise Unavailable(reply.code, whole_line=False)
