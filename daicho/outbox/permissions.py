"""送達の権限 — what an officer may do with notices; granted by dated data. requirements F-2-20."""

from enum import StrEnum


class OutboxPermission(StrEnum):
    READ = "outbox:notice:read"
    RESEND = "outbox:notice:resend"
    WITHDRAW = "outbox:notice:withdraw"
    REOPEN_LINE = "outbox:line:reopen"
    ASK = "outbox:question:ask"
    RESYNC = "outbox:pair:resync"  # an operator's command alone: no officer is given it


LABELS_JA = {
    OutboxPermission.READ: "送達状況を見る",
    OutboxPermission.RESEND: "通知を再送する",
    OutboxPermission.WITHDRAW: "通知を取り下げる",
    OutboxPermission.REOPEN_LINE: "止まった回線を再開する",
    OutboxPermission.ASK: "相手方へ照会する",
}
