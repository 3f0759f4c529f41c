"""案内 — the entry of the main menu that every system has; site/wiring registers it."""

from daicho.city.permissions import CityPermission
from daicho.ui.navigation import UNDER_ADMINISTRATION, NavEntry

NAVIGATION = (NavEntry("市の設定", "city:settings", "6", CityPermission.SETTING_READ, order=180, group=UNDER_ADMINISTRATION),)
