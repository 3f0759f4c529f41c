"""実態調査の設定 — how long somebody has to answer before the next step. 住民基本台帳法第34条; 令第12条."""

from daicho.city.defaults.declaration import OWN, Topic, number

TOPIC = Topic(
    "surveys",
    "実態調査",
    (
        number("survey_demand_days", "催告書の期限（催告した日からの日数）", 14, 1, 90, f"{OWN}（住民基本台帳法第34条。市の要領による）"),
        number("survey_public_notice_days", "公示の期限（公示した日からの日数）", 14, 1, 90, f"{OWN}（公示送達の例による。市の要領による）"),
    ),
)
