"""番号制度の設定 — how long 中間サーバー keeps what it keeps. 番号法第23条."""

from daicho.city.defaults.declaration import OWN, Topic, number

TOPIC = Topic(
    "chukan",
    "番号制度",
    (
        number("provision_record_years", "情報提供等の記録の保存年数", 7, 7, 100, "番号法第23条、番号法施行令第29条"),
        number("replica_years_after_removal", "消除された人の副本を消去するまでの年数", 5, 1, 150, f"{OWN}（評価書は期間を示さない）"),
    ),
)
