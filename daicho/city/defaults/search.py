"""検索の設定 — how much of what an officer searched for is kept. 標準2.1.1."""

from daicho.city.defaults.declaration import OWN, Topic, number

TOPIC = Topic("search", "検索", (number("search_history_count", "検索履歴に残す件数（利用者ごと）", 20, 1, 100, f"標準2.1.1（一定件数。値は{OWN}）"),))
