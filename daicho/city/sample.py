"""見本の市の値 — what the made-up city consists of beside its people: terminals, mayor, countries. Without Django; no real person."""

from __future__ import annotations

from datetime import date

from daicho.city.values import Certifier, Code, Terminal

SINCE = date(2000, 1, 1)
MAYOR = Certifier("北海道小樽市長", "見本　太郎", is_deputy=False, seal_name="市長印")
DEPUTY = Certifier("北海道小樽市長職務代理者　北海道小樽市副市長", "見本　花子", is_deputy=True, seal_name="市長職務代理者印")
TERMINALS = (
    Terminal("H01", "本庁1", "honcho", printer="プリンタ001", order=1),
    Terminal("H02", "本庁2", "honcho", printer="プリンタ001", order=2),
    Terminal("H03", "本庁3", "honcho", printer="プリンタ002", order=3),
    Terminal("E01", "駅前1", "ekimae", printer="プリンタ003", order=4),
    Terminal("Z01", "銭函1", "zenibako", printer="プリンタ004", order=5),
    Terminal("S01", "塩谷1", "shioya", printer="プリンタ005", order=6),
)
NATIONALITIES = tuple(
    Code(code, ja)
    for code, ja in (
        ("VNM", "ベトナム"), ("CHN", "中国"), ("KOR", "韓国"), ("PHL", "フィリピン"), ("NPL", "ネパール"), ("MMR", "ミャンマー"), ("USA", "米国"), ("RUS", "ロシア"),
    )
)  # fmt: skip
"""国籍・地域 of the made-up residents, by the codes of ISO 3166-1; a real city takes in the table of its counterpart (std 1.3.3)."""
COUNTRIES = tuple(
    Code(code, ja)
    for code, ja in (
        ("USA", "アメリカ合衆国"), ("GBR", "英国"), ("ITA", "イタリア"), ("IND", "インド"), ("AUS", "オーストラリア"), ("CAN", "カナダ"), ("SGP", "シンガポール"),
        ("KOR", "大韓民国"), ("THA", "タイ"), ("CHN", "中華人民共和国"), ("DEU", "ドイツ"), ("FRA", "フランス"), ("VNM", "ベトナム"), ("RUS", "ロシア"),
    )
)  # fmt: skip
"""Some of 国名, where people come from and move to; a real city takes in the whole list each year."""
