"""統合宛名の電文の見本 — made-up messages of made-up people: the golden files' content, and the ground of other tests."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from daicho.contracts.atena_by_integrated_question_v1 import AtenaByIntegratedQuestionV1
from daicho.contracts.atena_info_v1 import AtenaInfoV1, AtenaPerson, JuminhyoItems
from daicho.contracts.atena_question_v1 import AtenaAnswerV1, AtenaBasics, AtenaQuestionV1
from daicho.values.made_up import made_up_individual_number
from daicho.values.numbers import AtenaNo

NUMBER, OTHER_NUMBER, NEW_NUMBER = (str(made_up_individual_number(index)) for index in (901, 902, 903))
ATENA_NO, OTHER_ATENA_NO, THIRD_ATENA_NO = (str(AtenaNo.from_serial(serial, 10)) for serial in (901, 902, 903))
INTEGRATED_NO = "000000000009017"
QUESTION_ID = "3f2b8c7e-0000-4000-8000-000000000001"
RECORDED_AT = datetime(2026, 4, 3, 1, 30, tzinfo=UTC)
DEADLINE = datetime(2026, 4, 3, 1, 31, tzinfo=UTC)

JUMINHYO = JuminhyoItems(
    register_key="0123456789abcdef0123456789abcdef",
    relationship="世帯主",
    householder_name="葛\U000e0104城\u3000花子",
    became_resident_date="R8-04-01",
    became_resident_notified_date=date(2026, 4, 3),
    became_resident_reason_code="domestic_move_in",
    juminhyo_created_date=date(2026, 4, 3),
    former_surname=None,
    address_changed_date="R8-04-01",
    address_notified_date=date(2026, 4, 3),
    address_reason_code="domestic_move_in",
    withheld_from=None,
    withheld_until=None,
)

HANAKO = AtenaPerson(
    atena_no=ATENA_NO,
    individual_number=NUMBER,
    name="葛\U000e0104城\u3000花子",
    name_furigana="カツラギ\u3000ハナコ",
    birth_date="year_only:S60",
    sex_code="2",
    address="花園三丁目1番2号\u3000運河荘101",
    removed_on=None,
    juminhyo=JUMINHYO,
)

JIRO = replace(
    HANAKO,
    atena_no=OTHER_ATENA_NO,
    individual_number=OTHER_NUMBER,
    name="葛\U000e0104城\u3000次郎",
    name_furigana="カツラギ\u3000ジロウ",
    birth_date="H20-05-06",
    sex_code="1",
    juminhyo=replace(JUMINHYO, relationship="子"),
)

MOVE_IN = AtenaInfoV1(recorded_at=RECORDED_AT, persons=(HANAKO,))

BASICS = AtenaBasics(name=HANAKO.name, name_furigana=HANAKO.name_furigana, birth_date=HANAKO.birth_date, sex_code=HANAKO.sex_code, address=HANAKO.address)

INQUIRY = AtenaQuestionV1(
    question_id=QUESTION_ID,
    purpose="国民健康保険の資格の確認",
    deadline=DEADLINE,
    department_code="04",
    affair_code="0401",
    atena_no=None,
    individual_number=NUMBER,
    basics=None,
)

ANSWER = AtenaAnswerV1(question_id=QUESTION_ID, result="found", integrated_atena_no=INTEGRATED_NO, basics=BASICS, state="current", removed_on=None)

BY_INTEGRATED = AtenaByIntegratedQuestionV1(question_id=QUESTION_ID, purpose="情報提供の対象者の確認", deadline=DEADLINE, integrated_atena_no=INTEGRATED_NO)


def told(*persons: AtenaPerson, at: datetime = RECORDED_AT) -> AtenaInfoV1:
    """What residents says of these persons."""
    return AtenaInfoV1(recorded_at=at, persons=persons)


def person(index: int, **changes: Any) -> AtenaPerson:  # Any: fields of the contract
    """Somebody else, by an index of their own."""
    mine = {"atena_no": str(AtenaNo.from_serial(index, 10)), "individual_number": str(made_up_individual_number(index)), "name": f"見本\u3000{index}号"}
    return replace(HANAKO, **{**mine, **changes})
