"""コンビニ交付の権限 — what an officer of this room may do; granted by dated data. F-1-10, F-1-12."""

from enum import StrEnum


class KonbiniPermission(StrEnum):
    NOTICE_READ = "konbini:notice:read"
    NOTICE_RESEND = "konbini:notice:resend"
    NOTICE_WITHDRAW = "konbini:notice:withdraw"


LABELS_JA = {
    KonbiniPermission.NOTICE_READ: "コンビニ交付の通知の状況を見る",
    KonbiniPermission.NOTICE_RESEND: "コンビニ交付の通知を再送する",
    KonbiniPermission.NOTICE_WITHDRAW: "コンビニ交付の通知を取り下げる",
}
