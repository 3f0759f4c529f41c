"""案内 — this room's entries of the main menu; site/wiring registers them."""

from daicho.atena.permissions import AtenaPermission
from daicho.ui.navigation import NavEntry

NAVIGATION = (NavEntry("通知の状況", "atena:notices", "t", AtenaPermission.NOTICE_READ, order=90),)
