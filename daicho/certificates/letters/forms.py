"""帳票の一覧 — forms of a filing and lists, each with its article; what stands on them comes with their data. 標準仕様 4.0.5, 4.1.3.1.2, 4.2.0.1, 4.5.6."""

from __future__ import annotations

from datetime import date

from daicho.certificates.letters.form import FormDefinition
from daicho.certificates.letters.letter import Column, Table

_SINCE = (date(2025, 5, 26), None)

FILING_FORM = FormDefinition(
    code="filing_form",
    ja="住民異動届",
    title="住民異動届",
    article="住民基本台帳法第22条から第27条まで、第30条の46から第30条の48まで",
    in_force=_SINCE,
    note_key="letter_filing_form_note",
    note=(
        "※記載の内容を確かめ、間違いがなければ署名してください。間違いがあるときは、署名する前に職員にお知らせください。\n"
        "※正当な理由がなく届出をしないとき、又は虚偽の届出をしたときは、過料に処されることがあります（住民基本台帳法第52条）。"
    ),
)
FILING_RECEIPT = FormDefinition(
    code="filing_receipt",
    ja="届出の控えと手続の案内",
    title="届出の控えと手続のご案内",
    article="住民基本台帳法第22条から第27条まで、spec/domain.md §4.0（実務）",
    in_force=_SINCE,
    note_key="letter_filing_receipt_note",
    note="※この控えは、住所などを証明する書類としては使えません。\n※手続に必要なものは、それぞれの窓口にお尋ねください。",
)
EX_OFFICIO_RECORD = FormDefinition(
    code="ex_officio_record",
    ja="職権記録書",
    title="職権記録書",
    article="住民基本台帳法第8条、同法施行令第12条、標準仕様4.2.0.1（N-4.2.0.1-02）",
    in_force=_SINCE,
)
COMMISSIONER_SLIP = FormDefinition(
    code="commissioner_slip",
    ja="処理結果確認票",
    title="処理結果確認票（出入国在留管理庁長官通知）",
    article="住民基本台帳法第30条の50、標準仕様4.5.6（N-4.5.6-05）",
    in_force=_SINCE,
)
MOVE_IN_ERRORS = FormDefinition(
    code="move_in_errors",
    ja="転入通知情報取込エラー一覧表",
    title="転入通知情報取込エラー一覧表",
    article="住民基本台帳法第9条第1項、標準仕様4.1.3.1.2（N-4.1.3.1.2-05）",
    in_force=_SINCE,
    landscape=True,
)
HEAD_REQUEST_LIST = FormDefinition(
    code="head_request_list",
    ja="世帯主変更依頼通知書対象者リスト",
    title="世帯主変更依頼通知書対象者リスト",
    article="住民基本台帳法第25条、標準仕様4.0.5（N-4.0.5-04）",
    in_force=_SINCE,
    landscape=True,
)

MOVE_IN_MISSING_LIST = FormDefinition(
    code="move_in_missing_list",
    ja="転入通知未着者一覧",
    title="転入通知未着者一覧",
    article="住民基本台帳法第9条第1項、標準仕様4.1.3.1.4（N-4.1.3.1.4-02, -03）",
    in_force=_SINCE,
    landscape=True,
)

MOVED = Table((Column("氏名", 3.0), Column("生年月日", 2.0), Column("性別", 0.8), Column("続柄", 1.2)), "異動する人", numbered=True)
PROCEDURES = Table((Column("手続", 3.6), Column("窓口", 1.6), Column("対象の方", 3.4), Column("済", 0.4)))
CHANGES = Table((Column("項目", 2.0), Column("変更前", 3.0), Column("変更後", 3.0)))
ERRORS = Table(
    (Column("受信日時", 1.3), Column("差出の市区町村", 1.5), Column("通知の番号", 2.0), Column("取り込めなかった理由", 5.0), Column("状態", 0.8)), numbered=True
)
HEAD_REQUESTS = Table(
    (Column("世帯番号", 1.4), Column("宛先の氏名", 2.2), Column("住所", 3.3), Column("世帯の人数", 0.8), Column("世帯主がいなくなった異動", 2.3), Column("定めないと決めた日", 1.7)),
    numbered=True,
)  # fmt: skip

MISSING = Table(
    (Column("氏名", 2.2), Column("生年月日", 1.5), Column("消除の事由", 1.4), Column("消除日", 1.5), Column("経過日数", 0.9), Column("転出予定地", 4.2)), numbered=True
)  # fmt: skip

ALL_FORMS: tuple[FormDefinition, ...] = (
    FILING_FORM, FILING_RECEIPT, EX_OFFICIO_RECORD, COMMISSIONER_SLIP, MOVE_IN_ERRORS, HEAD_REQUEST_LIST, MOVE_IN_MISSING_LIST,
)  # fmt: skip
