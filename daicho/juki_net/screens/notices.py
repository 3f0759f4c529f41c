"""通知の状況 — notices to the outside, as the post room shows them; of an update its facts, and never whose. 標準7.1.1.1 (N-7.1.1.1-08, -11, -22); F-2-20."""

from __future__ import annotations

from uuid import UUID

from daicho.audit.actor import Actor
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.queries.notices import get_notice, list_notices, list_turned_away
from daicho.juki_net.screens.words import DESTINATIONS, KINDS
from daicho.outbox.screens import Life, NoticeScreens


def _life(actor: Actor, notice_id: UUID) -> Life:
    found = get_notice(actor, notice_id)
    facts = {"対象者": "表示していません（本人確認情報は、用務を入力して検索してください）"}
    if found.update:
        about = {"異動事由": found.update.reason_ja, "更新順番号": str(found.update.update_sequence_no), "依頼管理番号": found.update.request_control_no}
        facts = about | facts
    return Life(found.row, facts)


NOTICES = NoticeScreens(
    namespace="juki_net",
    title="通知の状況",
    lead="都道府県サーバと他の市町村への通知です。拒否された通知は、同じ人の後の通知を止めています。",
    kinds=KINDS,
    destinations=DESTINATIONS,
    listed=list_notices,
    life=_life,
    turned_away=list_turned_away,
    resend_right=JukiNetPermission.NOTICE_RESEND,
    withdraw_right=JukiNetPermission.NOTICE_WITHDRAW,
)
ROUTES = NOTICES.routes()
