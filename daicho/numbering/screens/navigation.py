"""案内 — the entry of the main menu of a system that gives out numbers; site/wiring registers it."""

from daicho.numbering.permissions import NumberingPermission
from daicho.ui.navigation import NavEntry

NAVIGATION = (NavEntry("付番の状況", "numbering:series", "5", NumberingPermission.READ, order=185),)
