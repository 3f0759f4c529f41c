"""案内 — this room's entries of the main menu; site/wiring registers them."""

from daicho.juki_net.permissions import JukiNetPermission
from daicho.ui.navigation import NavEntry

NAVIGATION = (
    NavEntry("本人確認情報の検索", "juki_net:identity_search", "s", JukiNetPermission.IDENTITY_READ, order=5),
    NavEntry("通知の状況", "juki_net:notices", "t", JukiNetPermission.NOTICE_READ, order=10),
)
