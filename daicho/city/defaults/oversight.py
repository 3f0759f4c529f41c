"""点検の設定 — from when on a figure of 稼働状況 is trouble. S3-10, F-1-14."""

from daicho.city.defaults.declaration import OWN, Topic, number

TOPIC = Topic(
    "oversight",
    "点検",
    (
        number("health_queue_minutes", "通知の送信待ちを異常とする時間（分）", 10, 1, 1440, f"{OWN}（標準7.2.3の10分以内の連携による）"),
        number("health_expiry_days", "証明書・鍵の期限を知らせ始める日数", 60, 1, 400, OWN),
        number("health_seal_minutes", "操作履歴が封印されないときに異常とする時間（分）", 10, 1, 1440, f"{OWN}（評価書F-1-14の改ざん防止）"),
        number("vault_key_days", "番号などを封じる鍵を取り替える目安（日）", 365, 30, 3650, f"{OWN}（評価書F-1-61の暗号化）"),
    ),
)
