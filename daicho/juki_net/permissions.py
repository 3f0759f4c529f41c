"""住基ネットの権限 — what an officer of this room may do; granted by dated data. F-2-03, F-2-09."""

from enum import StrEnum


class JukiNetPermission(StrEnum):
    NOTICE_READ = "juki_net:notice:read"
    NOTICE_RESEND = "juki_net:notice:resend"
    NOTICE_WITHDRAW = "juki_net:notice:withdraw"
    IDENTITY_UPDATE = "juki_net:identity:update"  # of the intake alone: no officer is given it (F-2-01)
    MOVE_IN_RECEIVE = "juki_net:move_in:receive"  # of the intake alone, too


LABELS_JA = {
    JukiNetPermission.NOTICE_READ: "住基ネットへの通知の状況を見る",
    JukiNetPermission.NOTICE_RESEND: "住基ネットへの通知を再送する",
    JukiNetPermission.NOTICE_WITHDRAW: "住基ネットへの通知を取り下げる",
}
