"""本人確認情報の検索の設定 — by what one may search, and how many are shown. F-2-03, F-2-17."""

from daicho.city.defaults.declaration import OWN, Topic, number, yes_no

TOPIC = Topic(
    "juki_net",
    "本人確認情報の検索",
    (
        yes_no(
            "juki_search_address_and_birth",
            "本人確認情報を住所と生年月日だけで検索できる",
            False,
            "評価書F-2-03（2情報以上。括弧の例にないため、はじめは「いいえ」）",
        ),
        number("juki_search_most", "本人確認情報の検索で一度に表示する人数の上限", 30, 1, 100, f"{OWN}（評価書F-2-17の大量の出力をさせない）"),
    ),
)
