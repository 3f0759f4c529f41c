"""受信箱の電文の見本 — made-up messages of made-up people: the golden files' content, and the ground of other tests."""

from datetime import UTC, date, datetime

from daicho.contracts.family_register_notice_v1 import FamilyRegisterNoticeV1, RegisterEntries, RegisterPerson
from daicho.contracts.moving_answer_v1 import MovingAnswerV1
from daicho.contracts.moving_application_v1 import MovingApplicationV1, MovingPerson, MovingWithdrawalV1
from daicho.values.made_up import made_up_juminhyo_code

CODE = str(made_up_juminhyo_code(911))

NOTHING_NEW = RegisterEntries(None, None, None, None, None, None, None)
MARRIAGE = FamilyRegisterNoticeV1(
    request_control_no="0120410000000000000101",
    addressee_municipality_code="012033",
    municipality_code="012041",
    matter="marriage",
    event_date="R8-04-05",
    accepted_on=date(2026, 4, 5),
    people=(
        RegisterPerson(
            CODE, "佐藤　葛\U000e0104子", "S60-03-09", "2",
            RegisterEntries("高橋　葛\U000e0104子", "タカハシ　カツコ", "both", None, "北海道旭川市六条通九丁目46番地", "高橋　次郎", None),
        ),
    ),
    newborns=(),
)  # fmt: skip
BIRTH = FamilyRegisterNoticeV1(
    request_control_no="0120330000000000000102",
    addressee_municipality_code="012033",
    municipality_code="012033",
    matter="birth",
    event_date="R8-04-05",
    accepted_on=date(2026, 4, 8),
    people=(RegisterPerson(CODE, "佐藤　葛\U000e0104子", "S60-03-09", "2", NOTHING_NEW),),
    newborns=(RegisterEntries("佐藤　春", "サトウ　ハル", "both", "2", None, None, "子"),),
)
APPLICATION = MovingApplicationV1(
    application_no="MP-2026-000001",
    revision_no=1,
    matter="move_out",
    applied_at=datetime(2026, 4, 9, 1, 30, tzinfo=UTC),
    moving_on=date(2026, 5, 1),
    visit_on=None,
    former_address="北海道小樽市花園2丁目12番1号",
    new_municipality_code="012041",
    new_address="北海道旭川市七条通九丁目48番地",
    new_address_building="旭荘2号",
    new_postal_code=None,
    people=(MovingPerson("佐藤　葛\U000e0104子", "サトウ　カツコ", "S60-03-09", "2", "世帯主"),),
)
WITHDRAWAL = MovingWithdrawalV1("MP-2026-000001", datetime(2026, 4, 10, 2, tzinfo=UTC))
ANSWER = MovingAnswerV1("0" * 32, "012033", "MP-2026-000001", "1", "転出届の手続が完了しました。", date(2026, 4, 10))
