"""試験の使者 — a courier that keeps what it was given, in memory, and fails as told. Implements `outbox.courier.Courier`."""

from collections.abc import Callable

from daicho.outbox.envelope import Envelope, Reply
from daicho.outbox.errors import Duplicate, Refused

OK = Reply("acknowledged", "ok", "")


class MemoryCourier:
    """Idempotent like a real receiver. `before` may raise one of the four errors, `after` may too: then it arrived, and no reply came."""

    def __init__(self) -> None:
        self.received: dict[tuple[str, str, str], str] = {}
        self.seen: list[Envelope] = []  # every attempt, in order
        self.before: Callable[[Envelope], None] = lambda envelope: None
        self.after: Callable[[Envelope], None] = lambda envelope: None

    def deliver(self, envelope: Envelope) -> Reply:
        self.seen.append(envelope)
        self.before(envelope)
        key = (envelope.sender, envelope.epoch, envelope.notice_id)
        known = self.received.get(key)
        if known is not None and known != envelope.digest:
            raise Refused("different_content", "内容が異なります。")
        self.received[key] = envelope.digest
        self.after(envelope)
        if known is not None:
            raise Duplicate
        return OK

    def numbers(self) -> list[int]:
        """The `no` of every sample that arrived, in the order of first arrival."""
        first: dict[str, int] = {}
        for envelope in self.seen:
            if (envelope.sender, envelope.epoch, envelope.notice_id) in self.received:
                first.setdefault(envelope.notice_id, envelope.message().no)
        return list(first.values())
