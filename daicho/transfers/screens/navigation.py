"""案内 — this room's entries of the main menu; site/wiring registers them."""

from daicho.transfers.permissions import TransfersPermission
from daicho.ui.navigation import NavEntry

NAVIGATION = (
    NavEntry("移転許可", "transfers:grants", "g", TransfersPermission.GRANT_READ, order=10),
    NavEntry("連携の状況", "transfers:feeds", "f", TransfersPermission.GRANT_READ, order=20),
    NavEntry("書戻し", "transfers:write_backs", "w", TransfersPermission.WRITE_BACK_READ, order=30),
    NavEntry("移転記録", "transfers:records", "r", TransfersPermission.RECORD_READ, order=40),
    NavEntry("対象者", "transfers:person_search", "p", TransfersPermission.PERSON_READ, order=50),
    NavEntry("発行抑止の反映", "transfers:blocks", "b", TransfersPermission.BLOCK_CONFIRM, order=55),
    NavEntry("移転先", "transfers:departments", "d", TransfersPermission.GRANT_READ, order=60),
    NavEntry("通知の状況", "transfers:notices", "t", TransfersPermission.NOTICE_READ, order=90),
)
