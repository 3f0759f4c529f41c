"""個人番号通知票・個人番号変更通知票 — the number in the clear, to whom it belongs. 番号法第7条; 番号法施行令第3条, 第4条.

The 個人番号通知書 itself is sent by 機構; these tell what the city wrote into the 住民票.
"""

from __future__ import annotations

from datetime import date

from daicho.certificates.letters.letter import Fact, LetterDefinition

_FACTS = (
    Fact("name", "氏名"),
    Fact("birth_date", "生年月日"),
    Fact("address", "住所"),
    Fact("individual_number", "個人番号"),
    Fact("written_on", "記載した年月日"),
)
_NOTE = (
    "※この通知票は大切に保管し、他人に見せたり渡したりしないでください。\n"
    "※この通知票は、個人番号や本人を確認する書類としては使えません。個人番号の確認には、個人番号カード又は個人番号の記載された住民票の写しを使ってください。\n"
    "※個人番号は、法律で定められた手続のほかでは、提供を求められることはありません（番号法第15条、第19条）。"
)

INDIVIDUAL_NUMBER_NOTICE = LetterDefinition(
    code="individual_number_notice",
    ja="個人番号通知票",
    title="個人番号通知票",
    article="番号法第7条第1項、住民基本台帳法第7条第8号の2",
    in_force=(date(2025, 5, 26), None),
    text_key="letter_individual_number_notice",
    body="あなたの個人番号（マイナンバー）が指定され、住民票に次のとおり記載しましたので、お知らせします。",
    note_key="letter_individual_number_note",
    note=_NOTE,
    addressee_ja="個人番号を記載した本人",
    facts=_FACTS,
)

INDIVIDUAL_NUMBER_CHANGED = LetterDefinition(
    code="individual_number_changed",
    ja="個人番号変更通知票",
    title="個人番号変更通知票",
    article="番号法第7条第2項、番号法施行令第3条、第4条",
    in_force=(date(2025, 5, 26), None),
    text_key="letter_individual_number_changed",
    body=(
        "あなたの個人番号（マイナンバー）が次のとおり変わりましたので、お知らせします。変更前の個人番号は、使えなくなりました。\n"
        "個人番号カードをお持ちの方は、新しい番号のカードの申請と、これまでのカードの返納をお願いします。"
    ),
    note_key="letter_individual_number_note",
    note=_NOTE,
    addressee_ja="個人番号が変わった本人",
    facts=_FACTS,
)
