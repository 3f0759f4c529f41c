"""案内 — this room's entries of the main menu; site/wiring registers them."""

from daicho.atena.permissions import AtenaPermission
from daicho.ui.navigation import NavEntry

NAVIGATION = (
    NavEntry("統合宛名の検索", "atena:search", "s", AtenaPermission.PERSON_SEARCH, order=10),
    NavEntry("個人番号の重複", "atena:doubles", "d", AtenaPermission.DOUBLE_READ, order=20),
    NavEntry("利用できる事務", "atena:legal_uses", "l", AtenaPermission.LEGAL_USE_READ, order=30),
    NavEntry("照会の記録", "atena:inquiries", "i", AtenaPermission.INQUIRY_READ, order=40),
    NavEntry("通知の状況", "atena:notices", "t", AtenaPermission.NOTICE_READ, order=90),
)
