"""この部屋の権限 — the permissions of the residents' room, granted by dated data to units and persons. design §6; std 10.3, 10.4."""

from enum import StrEnum

from daicho.audit.actor import Actor


class Permission(StrEnum):
    """`room:thing:action`, with its word for the grants screen in `WORDS`."""

    VISIT_OPEN = "residents:visit:open"
    PERSON_SEARCH = "residents:person:search"
    PERSON_READ = "residents:person:read"
    HISTORY_READ = "residents:history:read"
    NUMBER_REVEAL = "residents:number:reveal"
    NUMBER_SEARCH = "residents:number:search"
    FILING_ENTER = "residents:filing:enter"
    FILING_EXAMINE = "residents:filing:examine"
    FILING_REGISTER = "residents:filing:register"
    NOTE_WRITE = "residents:note:write"
    SURVEY_MANAGE = "residents:survey:manage"
    RENAMING_MANAGE = "residents:renaming:manage"
    PROTECTED_READ = "residents:protected:read"
    BLOCK_SET = "residents:block:set"
    BLOCK_LIFT = "residents:block:lift"
    SUPPORT_MANAGE = "residents:support:manage"
    SUPPORT_READ = "residents:support:read"
    MOVE_OUT_ASK = "residents:move_out:ask"
    CERTIFICATE_ISSUE = "residents:certificate:issue"
    WIDE_AREA_ISSUE = "residents:wide_area:issue"
    AUDIT_READ = "residents:audit:read"
    NOTICE_READ = "residents:notice:read"
    NOTICE_RESEND = "residents:notice:resend"
    NOTICE_WITHDRAW = "residents:notice:withdraw"
    REGISTER_IMPORT = "residents:register:import"
    REGISTER_EXPORT = "residents:register:export"
    SHEETS_COMPARE = "residents:sheets:compare"
    ISSUE_READ = "residents:issue:read"
    ISSUE_DISPOSE = "residents:issue:dispose"
    ISSUE_RESUME = "residents:issue:resume"
    ISSUE_CORRECT = "residents:issue:correct"
    PRINCIPAL_NOTICE_MANAGE = "residents:principal_notice:manage"
    APPLICATION_RECEIVE = "residents:application:receive"
    APPLICATION_EXAMINE = "residents:application:examine"
    FEES_READ = "residents:fees:read"
    FEES_CLOSE = "residents:fees:close"
    DOUBLE_DECIDE = "residents:double:decide"
    UNION_APPROVE = "residents:union:approve"
    PAPER_USE = "residents:paper:use"
    PAPER_MANAGE = "residents:paper:manage"
    BULK_ISSUE = "residents:bulk:issue"
    BULK_APPROVE = "residents:bulk:approve"


_SHOWS = frozenset(
    {
        Permission.VISIT_OPEN, Permission.PERSON_SEARCH, Permission.PERSON_READ, Permission.HISTORY_READ, Permission.NUMBER_REVEAL, Permission.NUMBER_SEARCH,
        Permission.AUDIT_READ, Permission.NOTICE_READ, Permission.NOTICE_RESEND, Permission.NOTICE_WITHDRAW,
        Permission.PAPER_USE, Permission.PAPER_MANAGE, Permission.APPLICATION_RECEIVE, Permission.FEES_READ, Permission.FEES_CLOSE,
    }
)  # fmt: skip
"""What only shows, writes down what a paper says, or is about sheets of paper or money alone. Every other right changes the register, hands out of it or protects: whoever has one must know whom they have before them."""


def may_know(actor: Actor) -> bool:
    """Whether protected people are shown to this officer, with their warning; to everybody else they are not there (domain §7; N-3.1-04).

    Parts of the system itself know everybody: what they tell whom is decided where they tell it.
    """
    return actor.account_id is None or any(actor.may(permission) for permission in Permission if permission not in _SHOWS)


class JobPermission(StrEnum):
    """What a job alone may do. No officer is given it: it has no word and is not registered."""

    REMOVED_ARCHIVE = "residents:removed:archive"  # 標準9.3


class IntakePermission(StrEnum):
    """What the intake alone may do, for messages of the other rooms. No officer is given it: it has no word and is not registered."""

    CONVENIENCE_RECORD = "residents:convenience:record"
    DEPARTMENT_WRITE = "residents:department:write"  # D-R6
    MOVING_RECEIVE = "residents:moving:receive"  # what an applicant changes at マイナポータル (domain §9)
    IMMIGRATION_RECEIVE = "residents:immigration:receive"  # G-24
    WIDE_AREA_ANSWER = "residents:wide_area:answer"  # another city's counter asks, through 市町村CS (法12条の4)


WORDS = {
    Permission.VISIT_OPEN: "受付をする",
    Permission.PERSON_SEARCH: "住民を検索する",
    Permission.PERSON_READ: "住民票を見る",
    Permission.HISTORY_READ: "異動履歴を見る",
    Permission.NUMBER_REVEAL: "番号を表示する",
    Permission.NUMBER_SEARCH: "番号で検索する",
    Permission.FILING_ENTER: "異動を入力する（仮登録）",
    Permission.FILING_EXAMINE: "異動を照合・審査する",
    Permission.FILING_REGISTER: "異動を本登録する",
    Permission.NOTE_WRITE: "メモ・付箋・警告・摘要・備考を書く",
    Permission.SURVEY_MANAGE: "実態調査を進める",
    Permission.RENAMING_MANAGE: "住所の一括変更を行う（仮処理・照合・取消し）",
    Permission.PROTECTED_READ: "照会が抑止されている者・支援対象者を見る",
    Permission.BLOCK_SET: "抑止を設定・解除する",
    Permission.BLOCK_LIFT: "抑止を一時解除する",
    Permission.SUPPORT_MANAGE: "支援措置を受け付け、決定・延長・終了する",
    Permission.SUPPORT_READ: "支援措置の詳細を見る（支援措置責任者）",
    Permission.MOVE_OUT_ASK: "転出証明書情報を照会し、転入の入力に反映する",
    Permission.CERTIFICATE_ISSUE: "証明書を交付する",
    Permission.WIDE_AREA_ISSUE: "ほかの市区町村の住民票の写しを交付する（広域交付）",
    Permission.AUDIT_READ: "操作履歴を見る",
    Permission.NOTICE_READ: "連携の状態を見る",
    Permission.NOTICE_RESEND: "連携を再送する",
    Permission.NOTICE_WITHDRAW: "連携を取り下げる",
    Permission.REGISTER_IMPORT: "住民記録を一括で取り込む",
    Permission.REGISTER_EXPORT: "住民記録を資料に書き出す",
    Permission.SHEETS_COMPARE: "転出の前後などの二つの住民票を見比べる",
    Permission.ISSUE_READ: "交付履歴を照会する",
    Permission.ISSUE_DISPOSE: "交付した証明書の処分を記録する",
    Permission.ISSUE_RESUME: "止まった証明書等の交付を再開する",
    Permission.ISSUE_CORRECT: "交付履歴の請求者・資格・目的を訂正する",
    Permission.PRINCIPAL_NOTICE_MANAGE: "本人通知の申出を登録し、通知書を出力する",
    Permission.APPLICATION_RECEIVE: "交付請求（郵送・公用・第三者・職務上）を受け付け、経過を記録する",
    Permission.APPLICATION_EXAMINE: "交付請求を審査する",
    Permission.FEES_READ: "手数料日報を見る",
    Permission.FEES_CLOSE: "手数料を締める",
    Permission.DOUBLE_DECIDE: "二重登録の候補を判断し、宛名番号の統合を提案する",
    Permission.UNION_APPROVE: "宛名番号の統合と、その取消しを承認する",
    Permission.PAPER_USE: "改ざん防止用紙の使用・書損・棚卸を端末で記録する",
    Permission.PAPER_MANAGE: "改ざん防止用紙の入庫・払出し・廃棄を記録する",
    Permission.BULK_ISSUE: "証明書をまとめて交付する（申請・印刷）",
    Permission.BULK_APPROVE: "証明書のまとめて交付を承認する",
}
