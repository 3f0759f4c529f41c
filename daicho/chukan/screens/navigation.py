"""案内 — this room's entries of the main menu; site/wiring registers them."""

from daicho.chukan.permissions import ChukanPermission
from daicho.ui.navigation import NavEntry

NAVIGATION = (
    NavEntry("確認待ちの照会", "chukan:waiting", "w", ChukanPermission.INQUIRY_DECIDE, order=10),
    NavEntry("情報提供の記録", "chukan:inquiries", "r", ChukanPermission.INQUIRY_READ, order=20),
    NavEntry("副本", "chukan:replica", "f", ChukanPermission.PERSON_READ, order=30),
    NavEntry("照合リスト", "chukan:provisions", "l", ChukanPermission.PROVISION_READ, order=40),
    NavEntry("通知の状況", "chukan:notices", "t", ChukanPermission.NOTICE_READ, order=90),
)
