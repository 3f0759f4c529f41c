"""通知の状況 — notices of this room, as the post room shows them. F-2-20; N-7.1.1.1-08, -11, -22."""

from __future__ import annotations

from daicho.outbox.screens import NoticeScreens
from daicho.transfers.permissions import TransfersPermission
from daicho.transfers.queries.notices import NOTICES as READINGS
from daicho.transfers.screens.words import DESTINATIONS, KINDS

NOTICES = NoticeScreens(
    namespace="transfers",
    title="通知の状況",
    lead="庁内各課への異動の連携と、各課から住民記録への書戻しの通知です。拒否された通知は、同じ人の後の通知を止めています。",
    kinds=KINDS,
    destinations=DESTINATIONS,
    listed=READINGS.listed,
    life=READINGS.life,
    turned_away=READINGS.turned_away,
    resend_right=TransfersPermission.NOTICE_RESEND,
    withdraw_right=TransfersPermission.NOTICE_WITHDRAW,
)
ROUTES = NOTICES.routes()
