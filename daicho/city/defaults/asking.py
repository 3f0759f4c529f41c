"""交付請求と手数料の設定 — periods of requests, who may ask alone, grounds without fee, closing of the drawer. 住民基本台帳法第12条–第12条の3; 地方自治法第227条, 第228条."""

from daicho.city.defaults.declaration import OWN, Default, Topic, number, yes_no
from daicho.city.kinds import Amounts, Remissions

_ORDINANCE = f"{OWN}（市の手数料条例・規則による。見本）"

TOPIC = Topic(
    "asking",
    "交付請求・手数料",
    (
        number("age_to_ask_alone", "一人で証明書を請求できる年齢（歳）", 15, 10, 18, "住民基本台帳事務の取扱い（15歳未満は法定代理人等による）"),
        number("application_decide_days", "郵送等の請求を審査するまでの日数（受付の日から）", 3, 1, 30, OWN),
        number("application_chase_days", "不足の照会への回答の期限（照会した日からの日数）", 14, 1, 90, OWN),
        number("application_valid_days", "交付を認めた請求で交付できる日数（審査の日から）", 30, 1, 180, OWN),
        yes_no(
            "official_examined_by_another",
            "公用請求も、受け付けた職員と別の職員が審査する",
            False,
            f"{OWN}（第三者・職務上の請求は、いつも別の職員が審査する）",
        ),
        Default(
            "fee_remissions",
            "手数料を免除する理由",
            [
                ["official", "国・地方公共団体の機関の公用請求", "住民基本台帳法第12条の2、市の手数料条例"],
                ["by_law", "法令により無料で証明できる請求（年金・児童扶養手当など）", "国民年金法第104条、児童扶養手当法第27条など"],
                ["welfare", "生活保護を受けている人の請求", "市の手数料条例"],
                ["disaster", "災害により被害を受けた人の請求", "市の手数料条例"],
                ["own_mistake", "市の誤りによる再交付", "市の手数料条例"],
            ],
            _ORDINANCE,
            Remissions(),
        ),
        Default("fees_by_mail", "郵送で交付するときの手数料（窓口と違うものだけ）", {}, _ORDINANCE, Amounts()),
        yes_no("fee_closing_two_officers", "手数料の締めは、数えた職員と別の職員が確認する", True, f"{OWN}（市の財務規則による）"),
    ),
)
