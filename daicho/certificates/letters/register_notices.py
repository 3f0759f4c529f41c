"""戸籍の附票記載事項通知・法9条2項通知・法19条2項通知 — on paper, to the municipality of the 本籍, or of the 住所. 住民基本台帳法第9条第2項, 第19条.

By wire the same goes as contracts/fuhyo_notice_v1.py and family_register_notice_v1.py. Paper is for whom no wire reaches.
"""

from __future__ import annotations

from datetime import date

from daicho.certificates.letters.letter import Column, Fact, LetterDefinition, Table

_SINCE = (date(2025, 5, 26), None)

FUHYO_NOTICE = LetterDefinition(
    code="fuhyo_notice",
    ja="戸籍の附票記載事項通知書",
    title="戸籍の附票記載事項通知",
    article="住民基本台帳法第19条第1項",
    in_force=_SINCE,
    text_key="letter_fuhyo_notice",
    body="本市の住民票の記載等により、戸籍の附票に記載又は記載の修正をすべき事項がありますので、住民基本台帳法第19条第1項の規定により通知します。",
    addressee_ja="本籍地の市区町村",
    facts=(
        Fact("registered_domicile", "本籍"),
        Fact("head_name", "筆頭者の氏名"),
        Fact("name", "氏名"),
        Fact("birth_date", "生年月日"),
        Fact("sex", "男女の別"),
        Fact("reason", "通知の事由"),
        Fact("event_date", "異動の年月日"),
        Fact("address", "住所"),
        Fact("address_fixed_on", "住所を定めた年月日"),
        Fact("planned_move_out_on", "国外転出の予定年月日"),
        Fact("juminhyo_code", "住民票コード"),
        Fact("handling", "取扱い"),
    ),
)

_OF_A_NOTICE = (
    Fact("matter", "届出・通知の種類"),
    Fact("event_date", "異動の年月日"),
    Fact("accepted_on", "届書の受理日"),
    Fact("accepted_by", "受理・通知した市区町村"),
)
_ITEMS = Table((Column("だれの", 1.0), Column("事項", 1.0), Column("内容", 2.2)), "記載等をすべき事項")
_LIVES_THERE = "本市に届きましたが、次の者は貴市区町村に住所があると認められるため、お送りするものです。"

ARTICLE_9_2 = LetterDefinition(
    code="article_9_2",
    ja="住民基本台帳法第9条第2項の通知書",
    title="住民票の記載等をすべき事項の通知",
    article="住民基本台帳法第9条第2項",
    in_force=_SINCE,
    text_key="letter_article_9_2",
    body=f"戸籍に関する届書の受理等により、次の者の住民票に記載等をすべき事項がありますので、住民基本台帳法第9条第2項の規定により通知します。\n{_LIVES_THERE}",
    addressee_ja="住所地の市区町村",
    facts=_OF_A_NOTICE,
    table=_ITEMS,
)

ARTICLE_19_2 = LetterDefinition(
    code="article_19_2",
    ja="住民基本台帳法第19条第2項の通知書",
    title="戸籍の記載等と合わない事項の通知",
    article="住民基本台帳法第19条第2項",
    in_force=_SINCE,
    text_key="letter_article_19_2",
    body=f"戸籍の附票の記載事項の通知が、戸籍の記載等と合いませんでしたので、住民基本台帳法第19条第2項の規定により通知します。\n{_LIVES_THERE}",
    addressee_ja="住所地の市区町村",
    facts=_OF_A_NOTICE,
    table=_ITEMS,
)
