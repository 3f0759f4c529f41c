"""住基ネットの電文の見本 — made-up messages of one made-up person: the golden files' content, and the ground of other tests."""

from dataclasses import replace
from datetime import date
from typing import Any

from daicho.contracts.code_stock_request_v1 import CodeStockRequestV1
from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.contracts.identity_info_v1 import IdentityInfoV1
from daicho.contracts.juki_update_v1 import JukiUpdateV1
from daicho.contracts.move_in_notice_v1 import MoveInNoticeV1
from daicho.contracts.move_in_outward_v1 import MoveInOutwardV1
from daicho.contracts.move_in_received_v1 import MoveInReceivedV1
from daicho.contracts.number_answer_v1 import NumberAnswerV1
from daicho.contracts.number_outward_v1 import NumberOutwardV1
from daicho.contracts.number_request_v1 import NumberRequestV1
from daicho.contracts.stocked_codes_v1 import StockedCodesV1
from daicho.values.made_up import made_up_individual_number, made_up_juminhyo_code

CODE, NUMBER = str(made_up_juminhyo_code(901)), str(made_up_individual_number(901))
OTHER_CODE, OTHER_NUMBER = str(made_up_juminhyo_code(902)), str(made_up_individual_number(902))
NEW_CODE = str(made_up_juminhyo_code(903))

MOVE_IN = IdentityInfoV1(
    update_sequence_no=1,
    event_reason="move_in",
    event_reason_detail="from_municipality",
    event_date="R8-04-01",
    event_date_juki="20260401",
    notified_date=date(2026, 4, 3),
    juminhyo_code=CODE,
    old_juminhyo_code=None,
    juminhyo_code_valid_date=None,
    individual_number=NUMBER,
    name_kanji="葛\U000e0104城\u3000花子",
    name_gaiji_count=1,
    name_furigana="カツラギ\u3000ハナコ",
    former_surname_kanji=None,
    former_surname_gaiji_count=None,
    former_surname_furigana=None,
    birth_date="year_only:S60",
    birth_date_juki="19850000",
    sex_code="2",
    municipality_code="012033",
    town_code="012033001",
    postal_code="0470024",
    address="花園三丁目1番2号\u3000運河荘101",
    address_gaiji_count=0,
    became_resident_date="R8-04-01",
    became_resident_date_juki="20260401",
    address_fixed_date="R8-04-01",
    address_fixed_date_juki="20260401",
    previous_municipality_code="011002",
    previous_address="北海道札幌市中央区北一条西二丁目1番地",
    previous_address_gaiji_count=0,
    relationship="世帯主",
    planned_person_flag=False,
    operator_id="examiner1",
    terminal_id="T-01",
)

NOTICE = MoveInNoticeV1(
    addressee_municipality_code="011002",
    notice_basis="former_address",
    juminhyo_code=CODE,
    name_kanji=MOVE_IN.name_kanji,
    name_furigana=MOVE_IN.name_furigana,
    birth_date=MOVE_IN.birth_date,
    birth_date_juki=MOVE_IN.birth_date_juki,
    sex_code="2",
    former_address="北海道札幌市中央区北一条西二丁目1番地",
    municipality_code="012033",
    new_address=MOVE_IN.address,
    move_in_date=date(2026, 4, 1),
    notified_date=date(2026, 4, 3),
)

UPDATE = JukiUpdateV1(
    juminhyo_code=CODE,
    name_kanji=MOVE_IN.name_kanji,
    name_gaiji_count=1,
    name_furigana=MOVE_IN.name_furigana,
    name_kana_normalised="カツラキハナコ",
    birth_date="19850000",
    sex_code="2",
    municipality_code="012033",
    town_code="012033001",
    postal_code="0470024",
    address=MOVE_IN.address,
    address_gaiji_count=0,
    individual_number=NUMBER,
    event_reason_code="11",
    event_date="20260401",
    event_reason_detail_code="01",
    old_juminhyo_code=None,
    juminhyo_code_valid_date=None,
    request_control_no="0120330000000000000001",
    update_sequence_no=1,
    abnormal_update_sequence_no=None,
    planned_person_flag=False,
    former_surname_kanji=None,
    former_surname_gaiji_count=None,
    former_surname_furigana=None,
)

OUTWARD = MoveInOutwardV1(
    request_control_no="0120330000000000000002",
    addressee_municipality_code="011002",
    municipality_code="012033",
    notice_basis_code="1",
    juminhyo_code=CODE,
    name_kanji=MOVE_IN.name_kanji,
    name_furigana=MOVE_IN.name_furigana,
    birth_date="19850000",
    sex_code="2",
    former_address=NOTICE.former_address,
    new_address=NOTICE.new_address,
    move_in_date=date(2026, 4, 1),
    notified_date=date(2026, 4, 3),
)

FUHYO = FuhyoNoticeV1(
    request_control_no="0120330000000000000004",
    addressee_municipality_code="011011",
    municipality_code="012033",
    reason_code="1",
    event_date="20260401",
    recorded_on=date(2026, 4, 3),
    juminhyo_code=CODE,
    registered_domicile="北海道札幌市中央区南一条西一丁目1番地",
    family_register_head_name=MOVE_IN.name_kanji,
    name_kanji=MOVE_IN.name_kanji,
    name_furigana=MOVE_IN.name_furigana,
    birth_date="19850000",
    sex_code="2",
    address=MOVE_IN.address,
    address_fixed_date="20260401",
    planned_move_out_date=None,
)

RECEIVED = MoveInReceivedV1(
    request_control_no="0110020000000000000003",
    municipality_code="011002",
    notice_basis_code="1",
    notice_date=date(2026, 7, 3),
    juminhyo_code=CODE,
    name_kanji=MOVE_IN.name_kanji,
    name_furigana=MOVE_IN.name_furigana,
    birth_date_juki="19850000",
    sex_code="2",
    former_address=MOVE_IN.address,
    new_address="北海道札幌市中央区北一条西二丁目1番地",
    move_in_date=date(2026, 7, 1),
    notified_date=date(2026, 7, 2),
)

FROM_OUTSIDE = MoveInOutwardV1(
    request_control_no=RECEIVED.request_control_no,
    addressee_municipality_code="012033",
    municipality_code="011002",
    notice_basis_code="1",
    juminhyo_code=CODE,
    name_kanji=MOVE_IN.name_kanji,
    name_furigana=MOVE_IN.name_furigana,
    birth_date="19850000",
    sex_code="2",
    former_address=RECEIVED.former_address,
    new_address=RECEIVED.new_address,
    move_in_date=date(2026, 7, 1),
    notified_date=date(2026, 7, 2),
)

NUMBER_REQUEST = NumberRequestV1("0120330000000000000001", "012033", "change_by_request", CODE, NUMBER)
NUMBER_OUTWARD = NumberOutwardV1(NUMBER_REQUEST.request_control_no, "012033", "11", CODE, NUMBER)
NUMBER_ANSWER = NumberAnswerV1(NUMBER_REQUEST.request_control_no, "012033", CODE, OTHER_NUMBER, "")

CODE_REQUEST = CodeStockRequestV1("0120330000000000000002", "012033", 100)
STOCKED_CODES = StockedCodesV1(CODE_REQUEST.request_control_no, "012033", (OTHER_CODE, NEW_CODE))


def someone_else(**changes: Any) -> IdentityInfoV1:  # Any: fields of several types
    """転入 of another made-up person."""
    return replace(
        MOVE_IN,
        juminhyo_code=OTHER_CODE,
        individual_number=OTHER_NUMBER,
        name_kanji="佐藤\u3000一",
        name_gaiji_count=0,
        name_furigana="サトウ\u3000ハジメ",
        **changes,
    )


def relocation(**changes: Any) -> IdentityInfoV1:  # Any: as above
    """転居 of the same person, the next update."""
    moved = replace(
        MOVE_IN,
        update_sequence_no=2,
        event_reason="relocation",
        event_reason_detail=None,
        event_date="R8-06-01",
        event_date_juki="20260601",
        notified_date=date(2026, 6, 2),
        address="色内一丁目1番1号",
        town_code="012033002",
        postal_code="0470031",
        address_fixed_date="R8-06-01",
        address_fixed_date_juki="20260601",
    )
    return replace(moved, **changes)


def removal(**changes: Any) -> IdentityInfoV1:  # Any: as above
    """死亡 of the same person, the next update."""
    died = replace(
        MOVE_IN, update_sequence_no=2, event_reason="death", event_reason_detail=None, event_date="R8-06-01", event_date_juki="20260601",
        notified_date=date(2026, 6, 2),
    )  # fmt: skip
    return replace(died, **changes)
