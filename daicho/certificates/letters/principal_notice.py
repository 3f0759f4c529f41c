"""本人通知 — 住民票の写し等交付通知書, to the person or to the applicant, and the word that a registration ends. 標準仕様8.1.1, 8.1.3 (N-8.1.1-02, N-8.1.3-01, -02).

Neither names who asked: the class of the requester is all that the person is told (標準8.1.3).
"""

from __future__ import annotations

from datetime import date

from daicho.certificates.letters.letter import Fact, LetterDefinition

_COPY = (
    Fact("issued_on", "交付した年月日"),
    Fact("certificate", "交付した証明書の種別"),
    Fact("copies", "交付した枚数"),
    Fact("requester_class", "交付請求者の区分"),
)
_SINCE = (date(2025, 5, 26), None)

PRINCIPAL_NOTICE = LetterDefinition(
    code="principal_notice",
    ja="住民票の写し等交付通知書（本人あて）",
    title="住民票の写し等交付通知書",
    article="標準仕様8.1.3（本人通知制度）",
    in_force=_SINCE,
    text_key="letter_principal_notice",
    body="あなたに係る住民票の写し等を次のとおり交付しましたので、本人通知制度により通知します。",
    note_key="letter_principal_notice_note",
    note="※請求者の氏名や請求の理由は、この通知ではお知らせしていません。お知りになりたいときは、個人情報の保護に関する法律による開示の請求をすることができます。",
    addressee_ja="証明書に記載された本人",
    facts=(Fact("name", "記載された人の氏名"), *_COPY),
    sealed=False,
)

PRINCIPAL_NOTICE_TO_APPLICANT = LetterDefinition(
    code="principal_notice_to_applicant",
    ja="住民票の写し等交付通知書（申請者あて）",
    title="住民票の写し等交付通知書",
    article="標準仕様8.1.3（本人通知制度）",
    in_force=_SINCE,
    text_key="letter_principal_notice_to_applicant",
    body="あなたの請求により、住民票の写し等を次のとおり交付しました。本人通知制度により、交付したことを記載された本人にも通知する場合があります。",
    addressee_ja="証明書を請求した人",
    facts=_COPY,
    sealed=False,
)

PRINCIPAL_NOTICE_ENDING = LetterDefinition(
    code="principal_notice_ending",
    ja="本人通知期間満了のお知らせ",
    title="本人通知期間満了のお知らせ",
    article="標準仕様8.1.1（本人通知制度）",
    in_force=_SINCE,
    text_key="letter_principal_notice_ending",
    body=(
        "あなたの本人通知の事前登録は、次のとおり期間が満了します。\n"
        "引き続き登録を希望されるときは、満了の日までに、窓口で申し出てください。申出がないときは、満了の日の翌日から、住民票の写し等を交付しても通知しません。"
    ),
    addressee_ja="本人通知の事前登録者",
    facts=(Fact("name", "登録した人の氏名"), Fact("starts_on", "登録の始まり"), Fact("ends_on", "登録期間の満了の日")),
    sealed=False,
)
