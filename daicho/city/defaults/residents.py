"""住民記録の設定 — numbers, the counter and what other municipalities tell. 標準1.1.13, 4."""

from daicho.city.defaults.declaration import OWN, Default, Topic, number, optional_function
from daicho.city.kinds import OneOf

_QUIET_MONTHS = OneOf({month: f"{month}月" for month in range(1, 13) if month not in (3, 4)})

TOPIC = Topic(
    "residents",
    "採番・受付・審査",
    (
        number("number_digits", "宛名番号・世帯番号の桁数（検査数字を含む）", 10, 8, 15, "標準1.1.13（桁数は定めなし）"),
        number("juminhyo_code_low", "住民票コードの空き番がこれを下回ると知らせる件数", 50, 0, 100000, "標準4.3.1（市区町村が設定できる。値は自前）"),
        number("block_lift_minutes", "抑止の一時解除から抑止に戻るまでの時間（分）", 30, 1, 480, "標準3.1（市区町村が設定できる。値は自前）"),
        number("approval_cap", "一度に本登録できる件数の上限", 50, 1, 500, f"{OWN}（評価書F-1-02の照合を省かせない）"),
        Default(
            "removed_archive_month", "除票を除票用データベースへ移す月（毎年。繁忙期の3月・4月のほか）", 11, f"標準9.3（時期は市が選ぶ。{OWN}）", _QUIET_MONTHS
        ),
        number("removed_archive_day", "除票を除票用データベースへ移す日", 10, 1, 28, f"標準9.3（時期は市が選ぶ。{OWN}）"),
        optional_function("move_in_notice_automatic", "他の市町村からの転入通知を、疑わしい点がなければ自動で受理する", "標準4.1.3.1.2"),
        optional_function("head_letters", "世帯主のいない世帯の処理（世帯主変更依頼通知書・世帯主変更通知書）を使う", "標準4.0.5"),
    ),
)
