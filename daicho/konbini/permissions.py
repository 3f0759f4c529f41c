"""コンビニ交付の権限 — what an officer of this room may do; granted by dated data. F-1-10, F-1-12."""

from enum import StrEnum

from daicho.audit.actor import Actor


class KonbiniPermission(StrEnum):
    NOTICE_READ = "konbini:notice:read"
    NOTICE_RESEND = "konbini:notice:resend"
    NOTICE_WITHDRAW = "konbini:notice:withdraw"
    PERSON_READ = "konbini:person:read"
    ANSWER_READ = "konbini:answer:read"
    SERVICE_READ = "konbini:service:read"
    SERVICE_STOP = "konbini:service:stop"
    SERVICE_REOPEN = "konbini:service:reopen"
    PROTECTED_READ = "konbini:protected:read"
    DATA_TAKE = "konbini:data:take"  # of the intake and the import alone: no officer is given it
    ANSWER_GIVE = "konbini:answer:give"  # as above


LABELS_JA = {
    KonbiniPermission.NOTICE_READ: "コンビニ交付の通知の状況を見る",
    KonbiniPermission.NOTICE_RESEND: "コンビニ交付の通知を再送する",
    KonbiniPermission.NOTICE_WITHDRAW: "コンビニ交付の通知を取り下げる",
    KonbiniPermission.PERSON_READ: "コンビニ交付の証明データを見る",
    KonbiniPermission.ANSWER_READ: "コンビニ交付の回答の一覧を見る",
    KonbiniPermission.SERVICE_READ: "コンビニ交付の運転の状況を見る",
    KonbiniPermission.SERVICE_STOP: "コンビニ交付を停止する",
    KonbiniPermission.SERVICE_REOPEN: "コンビニ交付の再開を申し出る・承認する",
    KonbiniPermission.PROTECTED_READ: "コンビニ交付で、発行が抑止されている人を見る",
}


def may_know(actor: Actor) -> bool:
    """Whether people of whom nothing is handed out are shown to this officer; to everybody else they are not there (domain §7).

    No officer of this room changes a person's data or hands anything out, so that no other right brings this one with it.
    """
    return actor.account_id is None or actor.may(KonbiniPermission.PROTECTED_READ)
