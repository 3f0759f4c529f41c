"""案内 — this room's entries of the main menu; site/wiring registers them."""

from daicho.konbini.permissions import KonbiniPermission
from daicho.ui.navigation import NavEntry

NAVIGATION = (
    NavEntry("運転の状況", "konbini:service", "u", KonbiniPermission.SERVICE_READ, order=10),
    NavEntry("回答の一覧", "konbini:answers", "k", KonbiniPermission.ANSWER_READ, order=20),
    NavEntry("個人の証明データ", "konbini:persons", "p", KonbiniPermission.PERSON_READ, order=30),
    NavEntry("通知の状況", "konbini:notices", "t", KonbiniPermission.NOTICE_READ, order=90),
)
