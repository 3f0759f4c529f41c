"""中間サーバーの権限 — what an officer of this room may do; granted by dated data. F-1-10, F-1-12; S3-09.

There is none for asking others: this affair makes no 情報照会 (E-02, F-1-50), and no route, command or contract does.
"""

from enum import StrEnum

from daicho.audit.actor import Actor


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
    PROTECTED_READ = "chukan:protected:read"
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
    ChukanPermission.PROTECTED_READ: "中間サーバーで、自動応答をしない人を見る",
}


_MUST_KNOW = (ChukanPermission.PROTECTED_READ, ChukanPermission.WITHHOLDING_SET, ChukanPermission.INQUIRY_DECIDE, ChukanPermission.REPLICA_EXPORT)


def may_know(actor: Actor) -> bool:
    """Whether people about whom no answer goes by itself are shown to this officer; to everybody else they are not there (F-1-52; domain §7).

    Whoever sets or ends that, decides about an answer or hands the replicas out must know. Parts of the system know everybody.
    """
    return actor.account_id is None or any(actor.may(right) for right in _MUST_KNOW)
