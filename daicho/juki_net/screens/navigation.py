"""案内 — this room's entries of the main menu; site/wiring registers them."""

from daicho.juki_net.permissions import JukiNetPermission
from daicho.ui.navigation import NavEntry

NAVIGATION = (NavEntry("通知の状況", "juki_net:notices", "t", JukiNetPermission.NOTICE_READ, order=10),)
