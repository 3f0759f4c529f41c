"""転入通知と転入通知未着照会書 — on paper, between this city and the one that somebody came from or went to. 住民基本台帳法第9条第1項; 標準仕様4.1.3.1.4 (N-4.1.3.1.4-01, -02).

What goes over the wire says the same (contracts/move_in_notice_v1.py). 住民票コード is not on the paper: 氏名, 生年月日, 性別 and the former 住所 name the
person, and a number on paper is one more that can be lost.
"""

from __future__ import annotations

from datetime import date

from daicho.certificates.letters.letter import Column, Fact, LetterDefinition, Table

_SINCE = (date(2025, 5, 26), None)
PROTECTED = "支援措置の対象者です。住所等が相手方に伝わらないよう、取り扱ってください。"
"""取扱い of whoever is protected (spec/domain.md §7): the other office must know it as soon as it knows the address."""

MOVE_IN_NOTICE = LetterDefinition(
    code="move_in_notice",
    ja="転入通知書",
    title="転入通知",
    article="住民基本台帳法第9条第1項",
    in_force=_SINCE,
    text_key="letter_move_in_notice",
    body="次の者が本市に転入しましたので、住民基本台帳法第9条第1項の規定により通知します。",
    addressee_ja="転出地の市区町村",
    facts=(
        Fact("name", "氏名"),
        Fact("name_kana", "氏名の振り仮名"),
        Fact("birth_date", "生年月日"),
        Fact("sex", "男女の別"),
        Fact("former_address", "転入前の住所"),
        Fact("address", "転入後の住所"),
        Fact("moved_in_on", "転入した年月日"),
        Fact("filed_on", "転入届の年月日"),
        Fact("basis", "通知の根拠"),
        Fact("handling", "取扱い"),
    ),
)

MOVE_IN_MISSING = LetterDefinition(
    code="move_in_missing",
    ja="転入通知未着照会書",
    title="転入通知の未着について（照会）",
    article="標準仕様4.1.3.1.4（住民基本台帳法第9条第1項）",
    in_force=_SINCE,
    text_key="letter_move_in_missing",
    body=(
        "次の者は、貴市区町村への転出の届出により本市の住民票を消除しましたが、住民基本台帳法第9条第1項の規定による転入通知が届いていません。\n"
        "お手数ですが、転入の届出の有無を確かめ、回答の欄に記入して返送してください。転入の届出があるときは、あわせて転入通知をお送りください。"
    ),
    addressee_ja="転入地（転出予定先）の市区町村",
    table=Table(
        (
            Column("氏名", 1.4),
            Column("生年月日", 1.35),
            Column("転出前の住所", 1.8),
            Column("転出予定先", 1.8),
            Column("転出年月日", 1.35),
            Column("回答（転入の有無・年月日）", 1.6),
        ),
        "転入通知が届いていない者",
        numbered=True,
    ),
)
