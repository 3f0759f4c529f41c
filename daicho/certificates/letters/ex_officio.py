"""職権記載等通知書 — that the city wrote ex officio what should have been filed. 住民基本台帳法施行令第12条第4項; 標準仕様 4.2.0.1 (N-4.2.0.1-03)."""

from __future__ import annotations

from datetime import date

from daicho.certificates.letters.letter import Column, Fact, LetterDefinition, Table

EX_OFFICIO_NOTICE = LetterDefinition(
    code="ex_officio_notice",
    ja="職権記載等通知書",
    title="住民票の職権による記載等について（通知）",
    article="住民基本台帳法第8条、同法施行令第12条第4項",
    in_force=(date(2025, 5, 26), None),
    text_key="letter_ex_officio_notice",
    body=(
        "住民基本台帳法に定める期間内に届出がありませんでしたので、職権で、住民票の{記載等の別}を次のとおり行いました。"
        "住民基本台帳法施行令第12条第4項の規定により通知します。\n"
        "内容が事実と違うときは、下の問い合わせ先にお申し出ください。"
    ),
    fills=("記載等の別", "異動事由"),
    addressee_ja="職権で記載等をした者。消除された者には、消除前の住所",
    facts=(Fact("event", "異動事由"), Fact("kind", "記載等の別"), Fact("effective_on", "異動の年月日"), Fact("recorded_on", "記載等をした年月日")),
    table=Table((Column("氏名", 2.0), Column("記載等をした事項", 2.0), Column("前", 3.0), Column("後", 3.0)), "記載等をした事項"),
)
