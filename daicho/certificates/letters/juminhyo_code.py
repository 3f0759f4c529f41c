"""住民票コード通知票・変更通知票・修正通知票 — the number in the clear, to whom it belongs. 住民基本台帳法第30条の3第3項, 第30条の4; 標準仕様 4.3.3 (N-4.3.3-01…-04)."""

from __future__ import annotations

from datetime import date

from daicho.certificates.letters.letter import Fact, LetterDefinition

_FACTS = (
    Fact("name", "氏名"),
    Fact("birth_date", "生年月日"),
    Fact("address", "住所"),
    Fact("juminhyo_code", "住民票コード"),
    Fact("written_on", "記載した年月日"),
)
_NOTE = (
    "※この通知票は大切に保管してください。住民票コードは個人番号（マイナンバー）とは別の番号です。\n"
    "※住民票コードは、請求により変更することができます（住民基本台帳法第30条の4）。\n"
    "※法律で定める場合のほかは、誰も、あなたに住民票コードを告げるよう求めることはできません（住民基本台帳法第30条の37、第30条の38）。"
)

JUMINHYO_CODE_NOTICE = LetterDefinition(
    code="juminhyo_code_notice",
    ja="住民票コード通知票",
    title="住民票コード通知票",
    article="住民基本台帳法第30条の3第3項",
    in_force=(date(2025, 5, 26), None),
    text_key="letter_juminhyo_code_notice",
    body="あなたの住民票に、次のとおり住民票コードを記載しました。住民基本台帳法第30条の3第3項の規定により通知します。",
    note_key="letter_juminhyo_code_note",
    note=_NOTE,
    addressee_ja="住民票コードを記載した本人",
    facts=_FACTS,
)

JUMINHYO_CODE_CHANGED = LetterDefinition(
    code="juminhyo_code_changed",
    ja="住民票コード変更通知票",
    title="住民票コード変更通知票",
    article="住民基本台帳法第30条の4",
    in_force=(date(2025, 5, 26), None),
    text_key="letter_juminhyo_code_changed",
    body="あなたの請求により、住民票コードの記載を次のとおり変更しました。住民基本台帳法第30条の4の規定により通知します。\n変更前の住民票コードは、使えなくなりました。",
    note_key="letter_juminhyo_code_note",
    note=_NOTE,
    addressee_ja="住民票コードを変更した本人",
    facts=_FACTS,
)

JUMINHYO_CODE_CORRECTED = LetterDefinition(
    code="juminhyo_code_corrected",
    ja="住民票コード修正通知票",
    title="住民票コード修正通知票",
    article="標準仕様4.3.3（住民基本台帳法第8条による職権の修正）",
    in_force=(date(2025, 5, 26), None),
    text_key="letter_juminhyo_code_corrected",
    body="あなたの住民票に記載された住民票コードに誤りがありましたので、職権で次のとおり修正しました。\n修正前の住民票コードは、使えません。",
    note_key="letter_juminhyo_code_note",
    note=_NOTE,
    addressee_ja="住民票コードを修正した本人",
    facts=_FACTS,
)
