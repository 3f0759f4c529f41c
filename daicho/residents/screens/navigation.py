"""案内 — this room's entries of the main menu; site/wiring registers them."""

from daicho.residents.permissions import Permission
from daicho.ui.navigation import NavEntry

NAVIGATION = (
    NavEntry("窓口", "residents:home", "h", order=10),
    NavEntry("検索", "residents:search", "s", Permission.PERSON_SEARCH, order=20),
    NavEntry("異動の届出", "residents:filing_menu", "n", Permission.FILING_ENTER, order=30),
    NavEntry("仮登録の一覧", "residents:waiting", "w", Permission.FILING_EXAMINE, order=40),
    NavEntry("受信箱", "residents:received", "m", Permission.FILING_ENTER, order=45),
    NavEntry("住所の一括変更", "residents:renamings", "j", Permission.RENAMING_MANAGE, order=47),
    NavEntry("付番待ち", "residents:awaited", "b", Permission.FILING_ENTER, order=46),
    NavEntry("長官通知", "residents:commissioner", "k", Permission.FILING_ENTER, order=48),
    NavEntry("市町村通知", "residents:immigration", "u", Permission.NOTICE_READ, order=49),
    NavEntry("交付請求", "residents:applications", "g", Permission.APPLICATION_RECEIVE, order=35),
    NavEntry("手数料日報", "residents:fees", "f", Permission.FEES_READ, order=36),
    NavEntry("連携の状況", "residents:notices", "r", Permission.NOTICE_READ, order=50),
    NavEntry("支援措置", "residents:supports", "p", Permission.SUPPORT_READ, order=47),
    NavEntry("履歴の照会", "residents:events_find", "i", Permission.HISTORY_READ, order=51),
    NavEntry("本人通知", "residents:principal_letters", "v", Permission.PRINCIPAL_NOTICE_MANAGE, order=52),
    NavEntry("二重登録の候補", "residents:doubles", "z", Permission.DOUBLE_DECIDE, order=53),
    NavEntry("この端末の用紙", "residents:paper", "y", Permission.PAPER_USE, order=54),
    NavEntry("用紙の出納", "residents:paper_stock", "o", Permission.PAPER_MANAGE, order=55),
    NavEntry("広域交付", "residents:wide_area", "x", Permission.WIDE_AREA_ISSUE, order=56),
    NavEntry("不在住証明", "residents:absence", "q", Permission.CERTIFICATE_ISSUE, order=56),
    NavEntry("まとめて交付", "residents:bulk_list", "l", Permission.BULK_ISSUE, order=56),
    NavEntry("まとめて交付の承認", "residents:bulk_waiting", "c", Permission.BULK_APPROVE, order=57),
    NavEntry("印刷ログ", "residents:prints", "a", Permission.AUDIT_READ, order=58),
    NavEntry("エラー・アラート一覧", "residents:problems", "e", order=170),
)
