"""中間サーバーの電文の見本 — made-up messages of made-up people: the golden files' content, and the ground of other tests."""

from datetime import UTC, date, datetime

from daicho.contracts.code_acquisition_v1 import CodeAcquisitionV1
from daicho.contracts.code_request_v1 import CodeRequestV1
from daicho.contracts.linkage_code_v1 import LinkageCodeV1
from daicho.contracts.provision_answer_v1 import ProvisionAnswerV1, SealedAnswer
from daicho.contracts.provision_question_v1 import Permit, ProvisionQuestionV1
from daicho.contracts.provision_release_v1 import ProvisionReleaseV1
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

ACQUISITION = CodeAcquisitionV1(request_control_no="0120330123456789abcdef", municipality_code=CITY, requested_on=date(2026, 4, 3))
LINKAGE_CODE = LinkageCodeV1(
    request_control_no="0120330123456789abcdef",
    municipality_code=CITY,
    linkage_code="00112233445566778899aabbccddeeff",
    issued_at=datetime(2026, 4, 3, 1, 31, tzinfo=UTC),
)
_ASKED = datetime(2026, 4, 10, 2, 59, tzinfo=UTC)
PERMIT = Permit(
    permit_no="P00112233445566778899aabb",
    issued_at=datetime(2026, 4, 10, 2, 59, 30, tzinfo=UTC),
    expires_at=datetime(2026, 4, 10, 3, 9, 30, tzinfo=UTC),
    provider_municipality_code=CITY,
    inquirer_code="C00000000011002",
    affair_code="O2-48",
    item_no="48",
    procedure_code="O2-48-01",
    information_code="JUMINHYO",
    linkage_code_digest="0" * 64,
    asked_at=_ASKED,
    route="R0011223344556677",
    inquirer_key_digest="1" * 64,
    signature="A" * 86 + "==",
)
QUESTION = ProvisionQuestionV1(
    question_id="6f1c1d4e-0000-4000-8000-000000000001",
    purpose="地方税の賦課徴収",
    deadline=datetime(2026, 4, 10, 3, 1, tzinfo=UTC),
    provider_municipality_code=CITY,
    inquirer_code="C00000000011002",
    affair_code="O2-48",
    item_no="48",
    procedure_code="O2-48-01",
    information_code="JUMINHYO",
    linkage_code="00112233445566778899aabbccddeeff",
    asked_at=_ASKED,
    route="R0011223344556677",
    inquirer_public_key="A" * 43 + "=",
    permit=PERMIT,
)
ANSWER = ProvisionAnswerV1(
    question_id=QUESTION.question_id,
    provider_municipality_code=CITY,
    result="answered",
    reasons=(),
    answered_at=datetime(2026, 4, 10, 3, 0, tzinfo=UTC),
    route=QUESTION.route,
    sealed=SealedAnswer(ephemeral_key="A" * 43 + "=", nonce="A" * 16, ciphertext="QUJD"),
    signature="A" * 86 + "==",
)
RELEASE = ProvisionReleaseV1(
    request_control_no="0120330123456789abcde0",
    question_id=QUESTION.question_id,
    provider_municipality_code=CITY,
    result="refused",
    reason="declined",
    answered_at=datetime(2026, 4, 10, 3, 0, tzinfo=UTC),
    route=QUESTION.route,
    ephemeral_key=None,
    nonce=None,
    ciphertext=None,
    signature="A" * 86 + "==",
)
