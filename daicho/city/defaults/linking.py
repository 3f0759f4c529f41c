"""連携の設定 — the post room and what passes through 統合宛名. F-2-21, F-1-07."""

from daicho.city.defaults.declaration import Topic, number

TOPIC = Topic(
    "linking",
    "システム間の連携",
    (
        number("outbox_freshness_seconds", "署名つき電文の有効時間（秒）", 300, 30, 3600, "評価書F-2-21（相互認証。値は自前）"),
        number("atena_replica_kept_days", "統合宛名で、中継した副本の控えを消すまでの日数", 3, 0, 31, "評価書F-1-07（基本的な情報のみ保持。日数は自前）"),
    ),
)
