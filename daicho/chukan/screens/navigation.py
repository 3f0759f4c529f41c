"""案内 — this room's entries of the main menu; site/wiring registers them."""

from daicho.chukan.permissions import ChukanPermission
from daicho.ui.navigation import NavEntry

NAVIGATION = (NavEntry("通知の状況", "chukan:notices", "t", ChukanPermission.NOTICE_READ, order=90),)
