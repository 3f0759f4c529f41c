"""入管庁との連携の設定 — how notices go and come, and how long before its end a 在留期間 is announced. 標準4.5.6, 4.5.7; 法30条の50."""

from daicho.city.defaults.declaration import OWN, Topic, number, optional_function, yes_no

TOPIC = Topic(
    "immigration",
    "出入国在留管理庁との連携",
    (
        optional_function("commissioner_notice_automatic", "出入国在留管理庁長官通知を自動で取り込む（特別永住者を除く）", "標準4.5.6"),
        yes_no("immigration_by_medium", "市町村通知・市町村伝達を、オンラインでなく媒体で渡す", False, "標準4.5.7（オンライン又は媒体）"),
        number("residence_term_days", "在留期間の満了の何日前から、予告の一覧に載せるか", 90, 1, 365, f"{OWN}（更新の申請は満了の3か月前からできる）"),
    ),
)
