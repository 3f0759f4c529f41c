"""庁内連携の権限 — what an officer of this room may do; granted by dated data. F-1-10, F-1-12."""

from enum import StrEnum


class TransfersPermission(StrEnum):
    NOTICE_READ = "transfers:notice:read"
    NOTICE_RESEND = "transfers:notice:resend"
    NOTICE_WITHDRAW = "transfers:notice:withdraw"


LABELS_JA = {
    TransfersPermission.NOTICE_READ: "庁内連携の通知の状況を見る",
    TransfersPermission.NOTICE_RESEND: "庁内連携の通知を再送する",
    TransfersPermission.NOTICE_WITHDRAW: "庁内連携の通知を取り下げる",
}
