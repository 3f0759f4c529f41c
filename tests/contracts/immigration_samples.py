"""入管庁との電文の見本 — made-up messages about one made-up person: the golden files' content, and the ground of other tests."""

from datetime import UTC, date, datetime

from daicho.contracts.commissioner_notice_v1 import CommissionerNoticeV1
from daicho.contracts.immigration_notice_v1 import ImmigrationNoticeV1
from daicho.contracts.immigration_result_v1 import ImmigrationResultV1

RELOCATED = ImmigrationNoticeV1(
    request_control_no="0120330123456789abcdef", municipality_code="012033", law_code="1", effect_code="3", event_reason="転居", event_date="20260501",
    recorded_on=date(2026, 5, 2), filed_on=date(2026, 5, 2), class_code="1", card_no="AB12345678CD", name_alphabet="NGUYEN VAN AN", name_kanji=None,
    birth_date="19850309", sex_code="1", nationality="VNM", address="北海道小樽市色内1丁目3番5号", residence_notified_on=date(2026, 5, 2),
    certificate_issued_on=None, former_name_alphabet=None, former_name_kanji=None, former_birth_date=None, former_sex_code=None, former_nationality=None,
    former_address="北海道小樽市花園2丁目12番1号", moved_to=None, resend_of=None,
)  # fmt: skip

RESULT = ImmigrationResultV1(RELOCATED.request_control_no, False, "E21", "在留カード番号が一致しません。", datetime(2026, 5, 3, 1, 2, 3, tzinfo=UTC))

EXTENDED = CommissionerNoticeV1(
    notice_no="ISA202604000001", municipality_code="012033", notice_date=date(2026, 4, 9), ground_code="1", ground_text="在留期間更新許可",
    effective_on=date(2026, 4, 8), class_code="1", former_card_no="AB12345678CD", card_no="CD87654321EF", name_alphabet=None, name_kanji=None,
    birth_date=None, sex_code=None, nationality=None, residence_status=None, residence_period="5年", residence_expiry_on=date(2033, 4, 30),
)  # fmt: skip
"""A longer 在留期間 with a new card, of NGUYEN of the cast."""
