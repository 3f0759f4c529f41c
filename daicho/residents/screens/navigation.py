"""案内 — this room's entries of the main menu, the day's work in sight and the rest under its heading; site/wiring registers them."""

from daicho.residents.permissions import Permission
from daicho.ui.navigation import UNDER_ADMINISTRATION, NavEntry

_CHANGES, _PAPERS, _PROTECTION = "通知・整理", "証明書", "支援・本人通知"

NAVIGATION = (
    NavEntry("窓口", "residents:home", "h", order=10),
    NavEntry("検索", "residents:search", "s", Permission.PERSON_SEARCH, order=20),
    NavEntry("異動の届出", "residents:filing_menu", "n", Permission.FILING_ENTER, order=30),
    NavEntry("仮登録の一覧", "residents:waiting", "w", Permission.FILING_EXAMINE, order=40),
    NavEntry("受信箱", "residents:received", "m", Permission.FILING_ENTER, order=45),
    NavEntry("交付請求", "residents:applications", "g", Permission.APPLICATION_RECEIVE, order=50, group=_PAPERS),
    NavEntry("広域交付", "residents:wide_area", "x", Permission.WIDE_AREA_ISSUE, order=51, group=_PAPERS),
    NavEntry("不在住証明", "residents:absence", "q", Permission.CERTIFICATE_ISSUE, order=52, group=_PAPERS),
    NavEntry("まとめて交付", "residents:bulk_list", "l", Permission.BULK_ISSUE, order=53, group=_PAPERS),
    NavEntry("まとめて交付の承認", "residents:bulk_waiting", "c", Permission.BULK_APPROVE, order=54, group=_PAPERS),
    NavEntry("手数料日報", "residents:fees", "f", Permission.FEES_READ, order=55, group=_PAPERS),
    NavEntry("この端末の用紙", "residents:paper", "y", Permission.PAPER_USE, order=56, group=_PAPERS),
    NavEntry("用紙の出納", "residents:paper_stock", "o", Permission.PAPER_MANAGE, order=57, group=_PAPERS),
    NavEntry("印刷ログ", "residents:prints", "a", Permission.AUDIT_READ, order=58, group=_PAPERS),
    NavEntry("付番待ち", "residents:awaited", "b", Permission.FILING_ENTER, order=60, group=_CHANGES),
    NavEntry("住所の一括変更", "residents:renamings", "j", Permission.RENAMING_MANAGE, order=61, group=_CHANGES),
    NavEntry("長官通知", "residents:commissioner", "k", Permission.FILING_ENTER, order=62, group=_CHANGES),
    NavEntry("市町村通知", "residents:immigration", "u", Permission.NOTICE_READ, order=63, group=_CHANGES),
    NavEntry("二重登録の候補", "residents:doubles", "z", Permission.DOUBLE_DECIDE, order=64, group=_CHANGES),
    NavEntry("支援措置", "residents:supports", "p", Permission.SUPPORT_READ, order=70, group=_PROTECTION),
    NavEntry("本人通知", "residents:principal_letters", "v", Permission.PRINCIPAL_NOTICE_MANAGE, order=71, group=_PROTECTION),
    NavEntry("連携の状況", "residents:notices", "r", Permission.NOTICE_READ, order=80, group=UNDER_ADMINISTRATION),
    NavEntry("履歴の照会", "residents:events_find", "i", Permission.HISTORY_READ, order=81, group=UNDER_ADMINISTRATION),
    NavEntry("エラー・アラート一覧", "residents:problems", "e", order=170, group=UNDER_ADMINISTRATION),
)
