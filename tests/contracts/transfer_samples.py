"""庁内連携の電文の見本 — made-up messages of one made-up person: the golden files' content, and the ground of other tests."""

from dataclasses import replace
from datetime import UTC, date, datetime

from daicho.contracts.department_batch_v1 import DepartmentBatchV1
from daicho.contracts.department_entry_v1 import DepartmentEntryOutcomeV1, DepartmentEntryV1, EntryItem
from daicho.contracts.department_feed_v1 import DepartmentFeedV1, FeedItem, FeedPerson
from daicho.contracts.department_items_v1 import DepartmentItemsOutcomeV1, DepartmentItemsV1, WrittenItem
from daicho.contracts.department_pull_v1 import DepartmentPullAnswerV1, DepartmentPullQuestionV1
from daicho.contracts.transfer_info_v1 import TransferInfoV1, TransferPerson

ATENA, OTHER_ATENA = "1000000019", "1000000027"
MOMENT = datetime(2026, 4, 3, 1, 30, tzinfo=UTC)
PERSON = TransferPerson(
    name_kanji="葛\U000e0104城\u3000花子", name_kana="カツラギ\u3000ハナコ", birth_date="year_only:S60", sex_code="2", address_postal_code="0470024",
    address="北海道小樽市花園3丁目1番2号", address_building="運河荘101", household_no="2000000018", relationship="世帯主",
    householder_name="葛\U000e0104城\u3000花子", event_reason="国内転入", event_date="R8-04-01", opened_on=date(2026, 4, 1), removed_on=None,
    removal_reason=None,
)  # fmt: skip
MOVE_IN = TransferInfoV1(ATENA, 1, MOMENT, PERSON)
DIED = TransferInfoV1(ATENA, 3, MOMENT, None)
RELOCATED = replace(PERSON, address="北海道小樽市色内1丁目3番5号", address_building=None, event_reason="転居", event_date="R8-05-01")
LEAVING = replace(PERSON, event_reason="国内転出", event_date="R8-04-20", removed_on=date(2026, 4, 20), removal_reason="move_out")

FEED_PERSON = FeedPerson(ATENA, 1, "person", (FeedItem("name_kanji", PERSON.name_kanji), FeedItem("birth_date", "19850000"), FeedItem("relationship", None)))
FEED = DepartmentFeedV1("c1", "1301", "005", 7, FEED_PERSON)
BATCH = DepartmentBatchV1("c2", "1301", "005", 7, (FEED_PERSON, FeedPerson(OTHER_ATENA, 4, "out_of_scope", ())))
QUESTION = DepartmentPullQuestionV1("5f2c7a5e-52a4-4b0f-9d3c-0d4c1f1e9a01", "全件の取出し", MOMENT, "1301", "005", None, 200)
ANSWER = DepartmentPullAnswerV1(
    QUESTION.question_id, "given", (), 7, (FEED_PERSON,), "since.5f2c7a5e-52a4-4b0f-9d3c-0d4c1f1e9a02.731.0", False
)  # fmt: skip
ACQUIRED = (EntryItem("nhi_qualified_flag", "1"), EntryItem("nhi_acquired_date", "20260401"), EntryItem("nhi_lost_date", None))
ENTRY = DepartmentEntryV1("1301", "W01", "E-0001", 1, ATENA, ACQUIRED)
OUTCOME = DepartmentEntryOutcomeV1("c3", "1301", "W01", "E-0001", "refused", ("国民健康保険の取得日が処理日（本日）より後です。取得日を確認してください。",))
ITEMS = DepartmentItemsV1(
    "5f2c7a5e-52a4-4b0f-9d3c-0d4c1f1e9a03", "福祉保険部\u3000保険年金課", ATENA,
    (WrittenItem("nhi_qualified_flag", "1"), WrittenItem("nhi_acquired_date", "2026-04-01"), WrittenItem("nhi_lost_date", None)),
)  # fmt: skip
ITEMS_OUTCOME = DepartmentItemsOutcomeV1(ITEMS.request_no, 2, MOMENT, ())
SAMPLES = (MOVE_IN, FEED, BATCH, QUESTION, ANSWER, ENTRY, OUTCOME, ITEMS, ITEMS_OUTCOME)
