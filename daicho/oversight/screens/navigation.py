"""案内 — the entries of the main menu that every system has; site/wiring registers them."""

from daicho.oversight.permissions import OversightPermission
from daicho.ui.navigation import UNDER_ADMINISTRATION, NavEntry

NAVIGATION = (
    NavEntry("稼働状況", "oversight:health", "8", OversightPermission.HEALTH_READ, order=200, group=UNDER_ADMINISTRATION),
    NavEntry("操作履歴", "oversight:trail", "9", OversightPermission.TRAIL_READ, order=210, group=UNDER_ADMINISTRATION),
)
