"""案内 — the entry of the main menu that every system has; site/wiring registers it."""

from daicho.jobs.permissions import JobPermission
from daicho.ui.navigation import UNDER_ADMINISTRATION, NavEntry

NAVIGATION = (NavEntry("定時の処理", "jobs:jobs", "7", JobPermission.READ, order=190, group=UNDER_ADMINISTRATION),)
