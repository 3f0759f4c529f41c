"""中間サーバーの権限 — what an officer of this room may do; granted by dated data. F-1-10, F-1-12; S3-09.

There is none for asking others: this affair makes no 情報照会 (E-02, F-1-50), and no route, command or contract does.
"""

from enum import StrEnum


class ChukanPermission(StrEnum):
    NOTICE_READ = "chukan:notice:read"
    NOTICE_RESEND = "chukan:notice:resend"
    NOTICE_WITHDRAW = "chukan:notice:withdraw"
    PERSON_READ = "chukan:person:read"
    WITHHOLDING_SET = "chukan:withholding:set"
    INQUIRY_READ = "chukan:inquiry:read"
    INQUIRY_DECIDE = "chukan:inquiry:decide"
    PROVISION_READ = "chukan:provision:read"
    REPLICA_EXPORT = "chukan:replica:export"
    # Of the system alone: no officer is given them.
    REPLICA_ACCEPT = "chukan:replica:accept"
    CODE_ACQUIRE = "chukan:code:acquire"
    INQUIRY_ANSWER = "chukan:inquiry:answer"
    LIST_IMPORT = "chukan:list:import"
    EXPIRED_ERASE = "chukan:expired:erase"


LABELS_JA = {
    ChukanPermission.NOTICE_READ: "中間サーバーの通知の状況を見る",
    ChukanPermission.NOTICE_RESEND: "中間サーバーの通知を再送する",
    ChukanPermission.NOTICE_WITHDRAW: "中間サーバーの通知を取り下げる",
    ChukanPermission.PERSON_READ: "副本を見る",
    ChukanPermission.WITHHOLDING_SET: "自動応答をしない設定をする・解除する",
    ChukanPermission.INQUIRY_READ: "情報提供等の記録を見る",
    ChukanPermission.INQUIRY_DECIDE: "確認待ちの照会に提供するかどうかを決める",
    ChukanPermission.PROVISION_READ: "照会許可用照合リストを見る",
    ChukanPermission.REPLICA_EXPORT: "原本照合のために副本を書き出す",
}
