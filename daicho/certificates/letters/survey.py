"""催告書 — whoever does not live where the register says, or has not filed, is asked to file. 住民基本台帳法第14条, 第34条; 令第12条; 法第52条."""

from __future__ import annotations

from datetime import date

from daicho.certificates.letters.letter import Column, Fact, LetterDefinition, Table

SURVEY_DEMAND = LetterDefinition(
    code="survey_demand",
    ja="届出の催告書",
    title="住民異動の届出について（催告）",
    article="住民基本台帳法第14条第1項、第34条、住民基本台帳法施行令第12条第3項",
    in_force=(date(2025, 5, 26), None),
    text_key="letter_survey_demand",
    body=(
        "本市が調査したところ、住民票の住所にあなた（次の者）の居住の事実が確認できませんでした。\n"
        "住所を移した人は、{期限}までに、新しい住所の市区町村に転入の届出（本市の中で移ったときは転居の届出）を、これから市外へ移る人は転出の届出をしてください。"
        "今も住民票の住所に住んでいる人は、そのことを届出の期限までにお知らせください。\n"
        "期限までに届出も連絡もないときは、公示の上、住民票を職権で消除することがあります。"
    ),
    note_key="letter_survey_demand_note",
    note="※正当な理由がなくて届出をしない人は、5万円以下の過料に処されることがあります（住民基本台帳法第52条第2項）。",
    addressee_ja="実態調査の対象者（世帯の代表者）",
    fills=("期限",),
    facts=(Fact("address", "住民票の住所"), Fact("due_on", "届出の期限")),
    table=Table((Column("氏名", 2.0), Column("生年月日", 1.2)), "届出をすべき者", numbered=True),
)
