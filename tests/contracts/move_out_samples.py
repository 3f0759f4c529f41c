"""転出証明書情報の電文の見本 — a made-up couple who moved out of 札幌市: the golden files' content, and the ground of other tests."""

from dataclasses import replace
from datetime import UTC, date, datetime

from daicho.contracts.move_out_certificate_v1 import MoveOutCertificate, MoveOutCertificateAnswerV1, MoveOutCertificateQuestionV1, MoveOutPerson
from daicho.values.made_up import made_up_individual_number, made_up_juminhyo_code

CODE, NUMBER = str(made_up_juminhyo_code(911)), str(made_up_individual_number(911))
OTHER_CODE, OTHER_NUMBER = str(made_up_juminhyo_code(912)), str(made_up_individual_number(912))
SAPPORO = "011011"

QUESTION = MoveOutCertificateQuestionV1(
    question_id="0b9f6c1e-5a7d-4b7e-9d55-1f6f0a3f7c11",
    purpose="転入届の審査（届出番号1）",
    operator_id="m.mado",
    deadline=datetime(2026, 7, 1, 1, 0, 10, tzinfo=UTC),
    addressee_municipality_code=SAPPORO,
    municipality_code="012033",
    juminhyo_code=CODE,
    individual_number=None,
)

TARO = MoveOutPerson(
    juminhyo_code=CODE,
    individual_number=NUMBER,
    name_kanji="葛\U000e0104城\u3000太郎",
    name_kana="カツラギ\u3000タロウ",
    former_surname=None,
    former_surname_kana=None,
    birth_date="昭和58年7月14日",
    sex_code="1",
    relationship="世帯主",
    registered_domicile="北海道札幌市中央区北一条西二丁目1番地",
    family_register_head_name="葛\U000e0104城\u3000太郎",
    is_foreign=False,
    foreign_name_alphabet=None,
    foreign_name_katakana=None,
    foreign_alias=None,
    foreign_alias_kana=None,
    nationality=None,
    article_30_45_class_code=None,
    residence_status=None,
    residence_period=None,
    residence_expiry_date=None,
    residence_card_no=None,
)
YULIN = replace(
    TARO,
    juminhyo_code=OTHER_CODE,
    individual_number=OTHER_NUMBER,
    name_kanji="張\u3000玉蓮",
    name_kana=None,
    birth_date="1990年1月2日",
    sex_code="2",
    relationship="妻",
    registered_domicile=None,
    family_register_head_name=None,
    is_foreign=True,
    foreign_name_alphabet="ZHANG YULIN",
    nationality="中国",
    article_30_45_class_code="1",
    residence_status="永住者",
    residence_expiry_date=date(2028, 4, 30),
)

CERTIFICATE = MoveOutCertificate(
    former_municipality_code=SAPPORO,
    former_address="北海道札幌市中央区北一条西二丁目1番地",
    former_address_building="コーポ架空\u3000305",
    planned_move_out_date=date(2026, 6, 28),
    planned_address="北海道小樽市花園2丁目12番1号",
    people=(TARO, YULIN),
)
ANSWER = MoveOutCertificateAnswerV1(QUESTION.question_id, "found", "", CERTIFICATE)
NOT_FOUND = MoveOutCertificateAnswerV1(QUESTION.question_id, "not_found", "", None)
