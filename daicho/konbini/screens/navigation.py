"""案内 — this room's entries of the main menu; site/wiring registers them."""

from daicho.konbini.permissions import KonbiniPermission
from daicho.ui.navigation import NavEntry

NAVIGATION = (NavEntry("通知の状況", "konbini:notices", "t", KonbiniPermission.NOTICE_READ, order=90),)
