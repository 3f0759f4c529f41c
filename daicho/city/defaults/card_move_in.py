"""特例転入の設定 — the question for 転出証明書情報 and the periods of a 転入 by card. 住民基本台帳法第24条の2; G-11."""

from daicho.city.defaults.declaration import OWN, Topic, number

TOPIC = Topic(
    "card_move_in",
    "特例転入",
    (
        number("move_out_answer_seconds", "転出証明書情報の照会に回答を待つ秒数", 5, 2, 15, f"{OWN}（窓口で待てる長さ。超えれば紙の転出証明書で続ける）"),
        number("move_out_kept_days", "受信した転出証明書情報を消去するまでの日数", 14, 1, 30, "spec/domain.md §9（受信側は期限経過で破棄。値は自前）"),
        number("card_move_in_days_from_move_in", "特例転入の届出ができる、転入日からの日数", 14, 1, 60, "住民基本台帳法第22条、第24条の2"),
        number(
            "card_move_in_days_from_move_out",
            "特例転入の届出ができる、転出予定日からの日数",
            30,
            1,
            90,
            "住民基本台帳法第24条の2（施行令。spec/domain.md §4.1）",
        ),
    ),
)
