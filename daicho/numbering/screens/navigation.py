"""案内 — the entry of the main menu of a system that gives out numbers; site/wiring registers it."""

from daicho.numbering.permissions import NumberingPermission
from daicho.ui.navigation import UNDER_ADMINISTRATION, NavEntry

NAVIGATION = (NavEntry("付番の状況", "numbering:series", "5", NumberingPermission.READ, order=185, group=UNDER_ADMINISTRATION),)
