"""通知の再送・取下げ — an officer sends a refused or given-up notice again, or withdraws it, with a reason. F-2-20; 標準7.1.1.1."""

from __future__ import annotations

from uuid import UUID

from daicho import audit
from daicho.juki_net.permissions import JukiNetPermission
from daicho.outbox import commands
from daicho.outbox.permissions import OutboxPermission


def resend_notice(actor: audit.Actor, notice_id: UUID, reason: str) -> None:
    """Put the notice back into the queue, in its old place. Raises outbox NotResendableError (Japanese), audit.Refused.

    This room's permission stands for that of the post room: all notices here are this room's own.
    """
    audit.require(actor, JukiNetPermission.NOTICE_RESEND)
    commands.resend(notice_id, actor.with_right(OutboxPermission.RESEND), reason)


def withdraw_notice(actor: audit.Actor, notice_id: UUID, reason: str) -> None:
    """Give the notice up: it holds its people no longer (decision 0004). Raises as `resend_notice` does; its right stands likewise."""
    audit.require(actor, JukiNetPermission.NOTICE_WITHDRAW)
    commands.withdraw(notice_id, actor.with_right(OutboxPermission.WITHDRAW), reason)
