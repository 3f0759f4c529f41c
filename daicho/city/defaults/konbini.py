"""コンビニ交付の設定 — who may be served, and when the service stops. spec/domain.md §4.6."""

from daicho.city.defaults.certificates import FEES
from daicho.city.defaults.declaration import OWN, Topic, number, one_of, yes_no

TOPIC = Topic(
    "konbini",
    "コンビニ交付",
    (
        number("konbini_heartbeat_seconds", "コンビニ交付へ生存信号を送る間隔（秒）", 5, 1, 60, OWN),
        number("konbini_silent_after_seconds", "住民記録の生存信号が途絶えてからコンビニ交付を断るまでの時間（秒）", 30, 5, 600, OWN),
        one_of(
            "konbini_while_provisional",
            "仮登録中の人へのコンビニ交付",
            "refuse",
            "自前（decision 0016）。仮登録前の内容での交付は標準4.0.8",
            refuse="交付しない",
            as_before="仮登録前の内容で交付する",
        ),
        yes_no("konbini_for_leaving", "転出予定の人にコンビニ交付をする", False, "自前（spec/domain.md §4.6。標準5.1は予定を省いた証明を認める）"),
        number("konbini_youngest_age", "コンビニ交付を使える年齢（満年齢）", 15, 0, 20, "spec/domain.md §4.6（15歳未満不可）"),
        number("konbini_per_card_per_day", "1枚のカードで1日に交付できる通数", 10, 1, 100, OWN),
        number("fee_konbini_juminhyo_yen", "コンビニ交付の住民票の写しの手数料（円）", 300, 0, 10000, f"{FEES}（窓口の額。コンビニの額は未確認）"),
    ),
)
