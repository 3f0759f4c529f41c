"""本人通知の設定 — how long a registration lasts, when its end is told, and whose requests are told of. 標準8.1."""

from daicho.city.defaults.declaration import OWN, Topic, number, one_of, yes_no

TOPIC = Topic(
    "principal_notice",
    "本人通知",
    (
        number("principal_notice_years", "本人通知の登録の期間（年。0は期限なし）", 3, 0, 10, f"{OWN}（標準8.1.1。期間は市の要綱による）"),
        number("principal_notice_ending_days", "本人通知の期間満了を何日前からお知らせするか", 30, 1, 365, f"{OWN}（標準8.1.1）"),
        yes_no("principal_notice_public_offices", "国・地方公共団体の機関の請求による交付も本人に通知する", False, f"{OWN}（法第12条の2。市の要綱による）"),
        one_of(
            "principal_notice_same_household",
            "同一世帯の者の請求を、本人通知でどの区分とするか",
            "principal",
            f"{OWN}（標準8.1.1は本人・代理人・第三者の三つ。法第12条第1項は同一世帯の者の請求を本人の請求と並べる）",
            principal="本人",
            third_party="第三者",
        ),
    ),
)
