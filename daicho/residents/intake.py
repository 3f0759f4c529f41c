"""受付口 — the only door for messages from the other rooms of the house. G-21; S5-03.

Called by the post room inside the transaction that holds the receipt; whatever raises here undoes both.
"""

from __future__ import annotations

from daicho import audit
from daicho.contracts.convenience_issued_v1 import ConvenienceIssuedV1
from daicho.outbox.envelope import Envelope
from daicho.residents.commands.convenience import record_convenience_issue
from daicho.residents.permissions import IntakePermission


def handle_convenience_issued(message: object, envelope: Envelope) -> None:
    """コンビニ交付の履歴. Raises outbox Refused for a person whom the register does not know."""
    assert isinstance(message, ConvenienceIssuedV1)  # the post room decoded it by its kind
    record_convenience_issue(message, audit.Actor.system("residents.intake", IntakePermission.CONVENIENCE_RECORD))
