"""庁内連携の権限 — what an officer of this room may do; granted by dated data. F-1-10, F-1-12, F-1-41.

What the intake and the worker do is named as well, and no officer can be given it (`LABELS_JA` has no word for it).
"""

from enum import StrEnum

from daicho.audit.actor import Actor


class TransfersPermission(StrEnum):
    NOTICE_READ = "transfers:notice:read"
    NOTICE_RESEND = "transfers:notice:resend"
    NOTICE_WITHDRAW = "transfers:notice:withdraw"
    GRANT_READ = "transfers:grant:read"
    GRANT_PROPOSE = "transfers:grant:propose"
    GRANT_APPROVE = "transfers:grant:approve"  # 移転元管理者 (F-1-41)
    DEPARTMENT_REGISTER = "transfers:department:register"
    PERSON_READ = "transfers:person:read"
    RECORD_READ = "transfers:record:read"
    WRITE_BACK_READ = "transfers:write_back:read"
    PROTECTED_READ = "transfers:protected:read"
    BLOCK_CONFIRM = "transfers:block:confirm"
    PERSON_UPDATE = "transfers:person:update"
    FEED_SEND = "transfers:feed:send"
    WRITE_BACK_TAKE = "transfers:write_back:take"


LABELS_JA = {
    TransfersPermission.NOTICE_READ: "庁内連携の通知の状況を見る",
    TransfersPermission.NOTICE_RESEND: "庁内連携の通知を再送する",
    TransfersPermission.NOTICE_WITHDRAW: "庁内連携の通知を取り下げる",
    TransfersPermission.GRANT_READ: "移転許可と連携の状況を見る",
    TransfersPermission.GRANT_PROPOSE: "移転許可を申請する",
    TransfersPermission.GRANT_APPROVE: "移転許可を承認・却下・取り消す",
    TransfersPermission.DEPARTMENT_REGISTER: "移転先を登録する",
    TransfersPermission.PERSON_READ: "庁内連携の対象者を見る",
    TransfersPermission.RECORD_READ: "移転記録を見る",
    TransfersPermission.WRITE_BACK_READ: "書戻しを見る",
    TransfersPermission.PROTECTED_READ: "庁内連携で、発行が抑止されている人を見る",
    TransfersPermission.BLOCK_CONFIRM: "発行抑止が各課に反映されたことを確認し、記録する",
}


def may_know(actor: Actor) -> bool:
    """Whether people of whom nothing is handed out are shown to this officer; to everybody else they are not there (domain §7).

    No other right of this room changes a person's data or hands them out: the feeds do, and they carry the fact.
    """
    return actor.account_id is None or any(actor.may(right) for right in (TransfersPermission.PROTECTED_READ, TransfersPermission.BLOCK_CONFIRM))
