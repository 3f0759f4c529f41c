"""案内 — this room's entries of the main menu; site/wiring registers them."""

from daicho.transfers.permissions import TransfersPermission
from daicho.ui.navigation import NavEntry

NAVIGATION = (NavEntry("通知の状況", "transfers:notices", "t", TransfersPermission.NOTICE_READ, order=90),)
