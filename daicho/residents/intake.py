"""受付口 — the only door of this room for messages on the wire. G-04, G-10; design §9.

Called by the post room inside the transaction that holds the receipt; whatever raises here undoes both.
"""

from __future__ import annotations

from uuid import UUID

from daicho.contracts.move_in_received_v1 import MoveInReceivedV1
from daicho.outbox.envelope import Envelope
from daicho.residents.commands.receiving import receive_move_in


def handle_move_in_received(message: object, envelope: Envelope) -> None:
    """転入通知 of another municipality, through 市町村CS. Nothing is refused: what does not fit is a clerk's work."""
    assert isinstance(message, MoveInReceivedV1)  # the post room decoded it by its kind
    receive_move_in(message, UUID(envelope.notice_id))
