"""世帯主変更通知書・世帯主変更依頼通知書 — of a household whose 世帯主 is gone. 住民基本台帳法第25条; 標準仕様 4.0.4, 4.0.5 (N-4.0.4-02, N-4.0.5-02, -03, -05)."""

from __future__ import annotations

from datetime import date

from daicho.certificates.letters.letter import Column, Fact, LetterDefinition, Table

_ADDRESSEE = "残った世帯員のうち、世帯主が消除される前の住民票で並び順が最上位の者（N-4.0.5-05）"
_MEMBERS = Table((Column("氏名", 3.0), Column("生年月日", 2.0), Column("続柄", 1.2)), "世帯の方", numbered=True)

HEAD_CHANGED = LetterDefinition(
    code="head_changed",
    ja="世帯主変更通知書",
    title="世帯主の変更について（通知）",
    article="住民基本台帳法第8条、同法施行令第12条、標準仕様4.0.4、4.0.5",
    in_force=(date(2025, 5, 26), None),
    text_key="letter_head_changed",
    body=(
        "あなたの世帯は世帯主がいなくなりましたので、職権で次のとおり世帯主を記載しました。住民基本台帳法施行令第12条第4項の規定により通知します。\n"
        "世帯主が実際と違うときは、14日以内に世帯変更届を届け出てください（住民基本台帳法第25条）。"
    ),
    addressee_ja=_ADDRESSEE,
    facts=(Fact("address", "住所"), Fact("new_head", "新しい世帯主"), Fact("changed_on", "変更の年月日")),
    table=_MEMBERS,
)

HEAD_REQUESTED = LetterDefinition(
    code="head_requested",
    ja="世帯主変更依頼通知書",
    title="世帯主変更の届出について（お願い）",
    article="住民基本台帳法第25条、標準仕様4.0.5",
    in_force=(date(2025, 5, 26), None),
    text_key="letter_head_requested",
    body=(
        "あなたの世帯は、{世帯主がいなくなった年月日}から、住民票に世帯主の記載がありません。\n"
        "新しい世帯主を決めて、市の窓口に世帯変更届を届け出てください（住民基本台帳法第25条）。届出の際は、この通知書と本人確認のできる書類をお持ちください。"
    ),
    fills=("世帯主がいなくなった年月日",),
    addressee_ja=_ADDRESSEE,
    facts=(Fact("address", "住所"), Fact("gone_on", "世帯主がいなくなった年月日")),
    table=_MEMBERS,
    sealed=False,
)
