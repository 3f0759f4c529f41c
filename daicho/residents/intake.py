"""受付口 — the only door for messages from the other rooms. design §5; G-26.

Called by the post room inside the transaction that holds the receipt; whatever raises here undoes both.
"""

from __future__ import annotations

from daicho.audit.actor import Actor
from daicho.contracts.department_items_v1 import DepartmentItemsV1
from daicho.outbox.envelope import Envelope
from daicho.residents.commands.departments import write_department_items
from daicho.residents.permissions import Permission


def handle_department_items(message: object, envelope: Envelope) -> None:
    """書戻し. What cannot be written is answered with its reasons and refused to nobody: the person's other notices need not wait for it."""
    assert isinstance(message, DepartmentItemsV1)  # the post room decoded it by its kind
    write_department_items(Actor.system("residents.intake", Permission.DEPARTMENT_WRITE), message)
