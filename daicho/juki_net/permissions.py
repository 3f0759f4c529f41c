"""住基ネットの権限 — what an officer of this room may do; granted by dated data. F-2-03, F-2-09."""

from enum import StrEnum

from daicho.audit.actor import Actor


class JukiNetPermission(StrEnum):
    NOTICE_READ = "juki_net:notice:read"
    NOTICE_RESEND = "juki_net:notice:resend"
    NOTICE_WITHDRAW = "juki_net:notice:withdraw"
    SEARCH_BY_CODE = "juki_net:search:by_juminhyo_code"
    SEARCH_BY_NUMBER = "juki_net:search:by_individual_number"
    SEARCH_BY_ITEMS = "juki_net:search:by_items"
    IDENTITY_READ = "juki_net:identity:read"
    IDENTITY_COMPARE = "juki_net:identity:compare"
    NUMBER_REVEAL = "juki_net:number:reveal"
    PROTECTED_READ = "juki_net:protected:read"
    IDENTITY_UPDATE = "juki_net:identity:update"  # of the intake alone: no officer is given it (F-2-01)
    MOVE_IN_RECEIVE = "juki_net:move_in:receive"  # of the intake alone, too
    FAMILY_REGISTER_RECEIVE = "juki_net:family_register:receive"  # likewise
    NUMBER_PASS_ON = "juki_net:number:pass_on"  # of the intake alone, too
    MOVE_OUT_ASK = "juki_net:move_out:ask"  # likewise: residents' officers ask, by a right of their room
    MOVE_OUT_KEEP = "juki_net:move_out:keep"  # likewise: residents alone says what is certified, and what is no more
    MOVE_OUT_ANSWER = "juki_net:move_out:answer"  # likewise: another city's server asks
    WIDE_AREA_ASK = "juki_net:wide_area:ask"  # likewise: residents' officers ask, by a right of their room
    WIDE_AREA_ANSWER = "juki_net:wide_area:answer"  # likewise: another city's server asks
    BLOCK_TAKE = "juki_net:block:take"  # of the intake alone, too


LABELS_JA = {
    JukiNetPermission.SEARCH_BY_CODE: "本人確認情報を住民票コードで検索する",
    JukiNetPermission.SEARCH_BY_NUMBER: "本人確認情報を個人番号で検索する",
    JukiNetPermission.SEARCH_BY_ITEMS: "本人確認情報を氏名などの組合せで検索する",
    JukiNetPermission.IDENTITY_READ: "一人の本人確認情報を見る",
    JukiNetPermission.IDENTITY_COMPARE: "カードなどとの照合の結果を記録する",
    JukiNetPermission.NUMBER_REVEAL: "本人確認情報の番号を表示する",
    JukiNetPermission.PROTECTED_READ: "住基ネットで、発行が抑止されている人を見る",
    JukiNetPermission.NOTICE_READ: "住基ネットへの通知の状況を見る",
    JukiNetPermission.NOTICE_RESEND: "住基ネットへの通知を再送する",
    JukiNetPermission.NOTICE_WITHDRAW: "住基ネットへの通知を取り下げる",
}


def may_know(actor: Actor) -> bool:
    """Whether people of whom nothing is handed out are shown to this officer; to everybody else they are not there (domain §7).

    Whoever compares a visitor with the file serves that visitor, and must know whom they have before them.
    """
    return actor.account_id is None or any(actor.may(right) for right in (JukiNetPermission.PROTECTED_READ, JukiNetPermission.IDENTITY_COMPARE))
