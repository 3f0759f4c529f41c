"""コンビニ交付の電文の見本 — a made-up family as the register tells konbini of them, and a question with its answer. No real person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from daicho.contracts.certificate_data_v1 import CertificateDataV1, CertifiedEntries, CertifiedPerson
from daicho.contracts.certificate_heartbeat_v1 import CertificateHeartbeatV1
from daicho.contracts.certificate_hold_v1 import CertificateHoldV1
from daicho.contracts.convenience_issued_v1 import ConvenienceIssuedV1
from daicho.contracts.convenience_v1 import ConvenienceAnswerV1, ConvenienceQuestionV1
from daicho.contracts.lost_atena_nos_v1 import LostAtenaNosV1
from daicho.values.made_up import made_up_user_certificate_serial

SERIAL = str(made_up_user_certificate_serial(1))
AT = datetime(2026, 4, 10, 3, 0, tzinfo=UTC)

TARO_ENTRIES = CertifiedEntries(
    resident_kind="1", name_kanji="花園　太郎", name_kana="ハナゾノ　タロウ", surname_kana_notarised=True, given_kana_notarised=True, former_surname=None,
    former_surname_kana=None, birth_date="S55-03-09", sex_code="1", householder_name="花園　太郎", relationship="世帯主",
    address="北海道小樽市花園2丁目12番1号", address_building="見本荘101号", became_resident_date="R8-04-01", address_changed_date="R8-04-01",
    moved_within_city=False, filed_on=date(2026, 4, 3), previous_address="北海道札幌市中央区南一条西一丁目1番地", previous_address_building=None,
    registered_domicile="北海道札幌市中央区南一条西一丁目1番地", family_register_head_name="花園　太郎", remarks=None, foreign_name_alphabet=None,
    foreign_name_kanji=None, foreign_name_katakana=None, foreign_alias=None, foreign_alias_kana=None, nationality=None, residence_class=None,
    residence_status=None, residence_period=None, residence_expiry_date=None, unprintable=(),
)  # fmt: skip
TARO = CertifiedPerson("1000000017", 1, "2000000011", 1, SERIAL, None, False, TARO_ENTRIES)
HANAKO = replace(
    TARO, atena_no="1000000025", order_in_household=2, user_certificate_serial=str(made_up_user_certificate_serial(2)),
    entries=replace(TARO_ENTRIES, name_kanji="花園　花子", name_kana="ハナゾノ　ハナコ", birth_date="S57-07-01", sex_code="2", relationship="妻"),
)  # fmt: skip
ICHIRO = replace(
    TARO, atena_no="1000000033", order_in_household=3, user_certificate_serial=None,
    entries=replace(TARO_ENTRIES, name_kanji="花園　一郎", name_kana="ハナゾノ　イチロウ", birth_date="H25-02-29", relationship="子"),
)  # fmt: skip
MINH = replace(
    TARO, atena_no="1000000041", household_no="2000000028", order_in_household=1, user_certificate_serial=str(made_up_user_certificate_serial(4)),
    entries=replace(
        TARO_ENTRIES, resident_kind="2", name_kanji=None, name_kana=None, surname_kana_notarised=None, given_kana_notarised=None, birth_date="1990-01-02",
        householder_name="TRAN VAN MINH", foreign_name_alphabet="TRAN VAN MINH", registered_domicile=None, family_register_head_name=None, nationality="ベトナム",
        residence_class="中長期在留者", residence_status="技術・人文知識・国際業務", residence_period="3年", residence_expiry_date=date(2028, 4, 30),
        remarks="備考の一行",
    ),
)  # fmt: skip
FAMILY = (TARO, HANAKO, ICHIRO)

DATA = CertificateDataV1((TARO, HANAKO, MINH, replace(ICHIRO, closes_on=date(2026, 4, 9), entries=None)))
HOLD = CertificateHoldV1(("1000000017",), True)
LOST = LostAtenaNosV1("1000000520", "1001000007")
HEARTBEAT = CertificateHeartbeatV1(
    AT, 1, AT, ("1000000017",), ("2000000011",), False, "0e8a2b1c-0000-4000-8000-000000000001", "0e8a2b1c-0000-4000-8000-000000000002"
)
QUESTION = ConvenienceQuestionV1(
    question_id="0e8a2b1c-0000-4000-8000-000000000003", purpose="コンビニ交付", deadline=AT, request_no="20260410-0001", card_result="00",
    user_certificate_serial=SERIAL, certificate_kind="12", shown=("01", "02"), shop_code="S0001", terminal_code="K01",
)  # fmt: skip
ANSWER = ConvenienceAnswerV1(
    question_id=QUESTION.question_id, request_no=QUESTION.request_no, request_digest="1" * 64, code="A00", message_ja="交付しました。",
    certificate_no="20260410 小樽市 コンビニ 　 001", pages=1, fee_yen=300, document="JVBERi0=", document_digest="2" * 64, definition_digest="3" * 64,
    template_digest="4" * 64, font_digest="5" * 64, binding="6" * 64,
)  # fmt: skip
ISSUED = ConvenienceIssuedV1(
    request_no=QUESTION.request_no, atena_no=TARO.atena_no, history_no=1, certificate_kind="juminhyo_household", shown=("head_name", "relationship"),
    code="A00", answered_at=AT, shop_code="S0001", terminal_code="K01", on_paper=(TARO.atena_no, HANAKO.atena_no), certificate_no=ANSWER.certificate_no,
    pages=1, fee_yen=300, document_digest="2" * 64, definition_digest="3" * 64, template_digest="4" * 64, font_digest="5" * 64,
)  # fmt: skip
