"""案内 — the entries of this room that a system's menu may take; site/wiring.py registers them."""

from daicho.staff.permissions import Permission
from daicho.ui.navigation import UNDER_ADMINISTRATION, NavEntry

SECOND_FACTOR = (NavEntry("認証器", "second_factor:authenticators", "k", Permission.AUTHENTICATOR_READ, order=90, group=UNDER_ADMINISTRATION),)
ADMINISTRATION = (NavEntry("職員と操作権限", "staff:accounts", "4", Permission.ACCOUNT_READ, order=175, group=UNDER_ADMINISTRATION),)
