"""受付口 — the only door for accounts from the source of staff. G-29."""

from __future__ import annotations

from daicho import audit
from daicho.contracts.staff_account_v1 import StaffAccountV1
from daicho.outbox.envelope import Envelope
from daicho.staff.commands.provisioning import take_over
from daicho.staff.permissions import Permission


def handle_account(message: object, envelope: Envelope) -> None:
    """職員の連携, inside the transaction of the receipt."""
    assert isinstance(message, StaffAccountV1)  # the post room decoded it by its kind
    take_over(audit.Actor.system("staff.intake", Permission.ACCOUNT_CHANGE), message)
