"""通知の状況 — notices of this room, as the post room shows them. F-2-20; N-7.1.1.1-08, -11, -22."""

from __future__ import annotations

from daicho.atena.permissions import AtenaPermission
from daicho.atena.queries.notices import NOTICES as READINGS
from daicho.atena.screens.words import DESTINATIONS, KINDS
from daicho.outbox.screens import NoticeScreens

NOTICES = NoticeScreens(
    namespace="atena",
    title="通知の状況",
    lead="中間サーバーへ自動で送る、符号取得の依頼と副本です。拒否された通知は、同じ人の後の通知を止めています。",
    kinds=KINDS,
    destinations=DESTINATIONS,
    listed=READINGS.listed,
    life=READINGS.life,
    turned_away=READINGS.turned_away,
    resend_right=AtenaPermission.NOTICE_RESEND,
    withdraw_right=AtenaPermission.NOTICE_WITHDRAW,
)
ROUTES = NOTICES.routes()
