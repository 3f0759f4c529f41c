"""中間サーバーの電文の見本 — made-up messages of made-up people: the golden files' content, and the ground of other tests."""

from datetime import UTC, date, datetime

from daicho.contracts.code_request_v1 import CodeRequestV1
from daicho.contracts.replica_v1 import ReplicaV1

CITY = "012033"
INTEGRATED_NO = "000000000009017"

REPLICA = ReplicaV1(
    municipality_code=CITY,
    integrated_atena_no=INTEGRATED_NO,
    register_key="0123456789abcdef0123456789abcdef",
    as_of=datetime(2026, 4, 3, 1, 30, tzinfo=UTC),
    state="current",
    removed_on=None,
    withheld_from=None,
    withheld_until=None,
    name_kana="カツラギ\u3000ハナコ",
    name_kanji="葛\U000e0104城\u3000花子",
    birth_date="year_only:S60",
    sex_code="2",
    relationship="世帯主",
    householder_name="葛\U000e0104城\u3000花子",
    became_resident_date="R8-04-01",
    became_resident_notified_date=date(2026, 4, 3),
    became_resident_reason_code="domestic_move_in",
    juminhyo_created_date=date(2026, 4, 3),
    former_surname=None,
    address="花園三丁目1番2号\u3000運河荘101",
    address_changed_date="R8-04-01",
    address_notified_date=date(2026, 4, 3),
    address_reason_code="domestic_move_in",
)

CODE_REQUEST = CodeRequestV1(municipality_code=CITY, integrated_atena_no=INTEGRATED_NO, requested_at=datetime(2026, 4, 3, 1, 30, tzinfo=UTC))
