"""通知の状況 — notices to the outside, as the post room shows them; of an update its facts, and never whose. 標準7.1.1.1 (N-7.1.1.1-08, -11, -22); F-2-20."""

from __future__ import annotations

from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.queries.notices import NOTICES as READINGS
from daicho.juki_net.screens.words import DESTINATIONS, KINDS
from daicho.outbox.screens import NoticeScreens

NOTICES = NoticeScreens(
    namespace="juki_net",
    title="通知の状況",
    lead="都道府県サーバと他の市町村への通知です。拒否された通知は、同じ人の後の通知を止めています。",
    kinds=KINDS,
    destinations=DESTINATIONS,
    listed=READINGS.listed,
    life=READINGS.life,
    turned_away=READINGS.turned_away,
    resend_right=JukiNetPermission.NOTICE_RESEND,
    withdraw_right=JukiNetPermission.NOTICE_WITHDRAW,
)
ROUTES = NOTICES.routes()
