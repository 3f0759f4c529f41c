"""統合宛名の権限 — what an officer of this room may do; granted by dated data. F-1-10, F-1-12."""

from enum import StrEnum


class AtenaPermission(StrEnum):
    NOTICE_READ = "atena:notice:read"
    NOTICE_RESEND = "atena:notice:resend"
    NOTICE_WITHDRAW = "atena:notice:withdraw"


LABELS_JA = {
    AtenaPermission.NOTICE_READ: "統合宛名の通知の状況を見る",
    AtenaPermission.NOTICE_RESEND: "統合宛名の通知を再送する",
    AtenaPermission.NOTICE_WITHDRAW: "統合宛名の通知を取り下げる",
}
