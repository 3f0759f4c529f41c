"""広域交付の電文の見本 — a made-up couple who live in 札幌市: the golden files' content, and the ground of other tests."""

from dataclasses import replace
from datetime import UTC, date, datetime

from daicho.contracts.wide_area_v1 import WideAreaAnswerV1, WideAreaCopy, WideAreaPerson, WideAreaQuestionV1
from daicho.values.made_up import made_up_individual_number, made_up_juminhyo_code

CODE, NUMBER = str(made_up_juminhyo_code(921)), str(made_up_individual_number(921))
OTHER_CODE, OTHER_NUMBER = str(made_up_juminhyo_code(922)), str(made_up_individual_number(922))
SAPPORO, OTARU = "011011", "012033"

QUESTION = WideAreaQuestionV1(
    question_id="3d1b0f63-4f0e-4f57-9b9d-0a4c8be1c021",
    purpose="住民票の写しの広域交付（受付番号1）",
    operator_id="m.mado",
    deadline=datetime(2026, 7, 1, 1, 0, 10, tzinfo=UTC),
    addressee_municipality_code=SAPPORO,
    municipality_code=OTARU,
    juminhyo_code=CODE,
    individual_number=None,
    whole_household=True,
    with_relationship=True,
    with_juminhyo_code=False,
    with_individual_number=True,
    with_residence_items=True,
)

TARO = WideAreaPerson(
    juminhyo_code=None,
    individual_number=NUMBER,
    name_kanji="葛\U000e0104城\u3000太郎",
    name_kana="カツラギ\u3000タロウ",
    surname_kana_notarised=True,
    given_kana_notarised=True,
    former_surname="渡邉\U000e0110",
    former_surname_kana="ワタナベ",
    birth_date="昭和58年7月14日",
    sex_code="1",
    relationship="世帯主",
    became_resident_date="平成20年4月1日",
    address_fixed_date="令和2年10月1日",
    filed_on=date(2008, 4, 7),
    previous_address="北海道小樽市花園二丁目12番1号",
    is_foreign=False,
    foreign_name_alphabet=None,
    foreign_alias=None,
    nationality=None,
    article_30_45_class_code=None,
    residence_status=None,
    residence_period=None,
    residence_expiry_date=None,
    residence_card_no=None,
)
YULIN = replace(
    TARO,
    individual_number=OTHER_NUMBER,
    name_kanji="張\u3000玉蓮",
    name_kana=None,
    surname_kana_notarised=None,
    given_kana_notarised=None,
    former_surname=None,
    former_surname_kana=None,
    birth_date="1990年1月2日",
    sex_code="2",
    relationship="妻",
    is_foreign=True,
    foreign_name_alphabet="ZHANG YULIN",
    foreign_alias="葛城\u3000玉蓮",
    nationality="中国",
    article_30_45_class_code="1",
    residence_status="永住者",
    residence_expiry_date=date(2028, 4, 30),
    residence_card_no="AB12345678CD",
)

COPY = WideAreaCopy(
    municipality_code=SAPPORO,
    address="北海道札幌市中央区北一条西二丁目1番地",
    address_building="コーポ架空\u3000305",
    head_name="葛\U000e0104城\u3000太郎",
    whole_household=True,
    people=(TARO, YULIN),
)
ANSWER = WideAreaAnswerV1(QUESTION.question_id, "found", "", COPY)
