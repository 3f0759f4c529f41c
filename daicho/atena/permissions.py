"""統合宛名の権限 — what an officer of this room may do, and what its door alone may; granted by dated data. F-1-08, F-1-10, F-1-12, S4-06."""

from enum import StrEnum

from daicho.audit.actor import Actor


class AtenaPermission(StrEnum):
    NOTICE_READ = "atena:notice:read"
    NOTICE_RESEND = "atena:notice:resend"
    NOTICE_WITHDRAW = "atena:notice:withdraw"
    PERSON_SEARCH = "atena:person:search"
    PERSON_READ = "atena:person:read"
    NUMBER_REVEAL = "atena:number:reveal"
    DOUBLE_READ = "atena:double:read"
    DOUBLE_DECIDE = "atena:double:decide"
    LEGAL_USE_READ = "atena:legal_use:read"
    LEGAL_USE_ENTER = "atena:legal_use:enter"
    LEGAL_USE_APPROVE = "atena:legal_use:approve"
    INQUIRY_READ = "atena:inquiry:read"
    PROTECTED_READ = "atena:protected:read"
    # Of the door, the jobs and the first load alone: no officer is given them.
    INFO_UPDATE = "atena:info:update"
    PERSON_ASK = "atena:person:ask"
    REPLICA_ERASE = "atena:replica:erase"


LABELS_JA = {
    AtenaPermission.NOTICE_READ: "統合宛名の通知の状況を見る",
    AtenaPermission.NOTICE_RESEND: "統合宛名の通知を再送する",
    AtenaPermission.NOTICE_WITHDRAW: "統合宛名の通知を取り下げる",
    AtenaPermission.PERSON_SEARCH: "統合宛名を検索する",
    AtenaPermission.PERSON_READ: "統合宛名の個人票を見る",
    AtenaPermission.NUMBER_REVEAL: "統合宛名の個人番号を表示する",
    AtenaPermission.DOUBLE_READ: "個人番号の重複の一覧を見る",
    AtenaPermission.DOUBLE_DECIDE: "個人番号の重複を判断する",
    AtenaPermission.LEGAL_USE_READ: "個人番号を利用できる事務の一覧を見る",
    AtenaPermission.LEGAL_USE_ENTER: "個人番号を利用できる事務を入力する",
    AtenaPermission.LEGAL_USE_APPROVE: "個人番号を利用できる事務を承認する",
    AtenaPermission.INQUIRY_READ: "統合宛名への照会の記録を見る",
    AtenaPermission.PROTECTED_READ: "統合宛名で、発行が抑止されている人を見る",
}


def may_know(actor: Actor) -> bool:
    """Whether people of whom nothing is handed out are shown to this officer; to everybody else they are not there (domain §7).

    Whoever decides about doubles changes what is known of a person, and must know whom they have before them. Parts of the system know everybody.
    """
    return actor.account_id is None or any(actor.may(right) for right in (AtenaPermission.PROTECTED_READ, AtenaPermission.DOUBLE_DECIDE))
