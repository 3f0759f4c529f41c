"""中間サーバーの権限 — what an officer of this room may do; granted by dated data. F-1-10, F-1-12."""

from enum import StrEnum


class ChukanPermission(StrEnum):
    NOTICE_READ = "chukan:notice:read"
    NOTICE_RESEND = "chukan:notice:resend"
    NOTICE_WITHDRAW = "chukan:notice:withdraw"


LABELS_JA = {
    ChukanPermission.NOTICE_READ: "中間サーバーの通知の状況を見る",
    ChukanPermission.NOTICE_RESEND: "中間サーバーの通知を再送する",
    ChukanPermission.NOTICE_WITHDRAW: "中間サーバーの通知を取り下げる",
}
