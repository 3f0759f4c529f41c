"""庁内連携の設定 — how often departments are told, and how long that is on record. 標準7.2.3, F-1-43."""

from daicho.city.defaults.declaration import Topic, number

TOPIC = Topic(
    "transfers",
    "庁内連携",
    (
        number("transfer_batch_minutes", "庁内連携（準リアルタイム）の間隔（分）", 5, 1, 9, "標準7.2.3（10分以内おき。働き手の休みの分を引いて9分まで）"),
        number("transfer_record_years", "移転記録を保存する年数", 7, 7, 30, "評価書F-1-43（7年）"),
    ),
)
