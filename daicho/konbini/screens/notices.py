"""通知の状況 — notices of this room, as the post room shows them. F-2-20; N-7.1.1.1-08, -11, -22."""

from __future__ import annotations

from daicho.konbini.permissions import KonbiniPermission
from daicho.konbini.queries.notices import NOTICES as READINGS
from daicho.konbini.screens.words import DESTINATIONS, KINDS
from daicho.outbox.screens import NoticeScreens

NOTICES = NoticeScreens(
    namespace="konbini",
    title="通知の状況",
    lead="住民記録への通知です。拒否された通知は、同じ人の後の通知を止めています。",
    kinds=KINDS,
    destinations=DESTINATIONS,
    listed=READINGS.listed,
    life=READINGS.life,
    turned_away=READINGS.turned_away,
    resend_right=KonbiniPermission.NOTICE_RESEND,
    withdraw_right=KonbiniPermission.NOTICE_WITHDRAW,
)
ROUTES = NOTICES.routes()
