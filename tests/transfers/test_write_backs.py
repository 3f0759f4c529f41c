"""書戻し — what a department may write of whom, that it goes to the register in order, and that its outcome goes back with every reason. D-R6, G-26."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from daicho import clock
from daicho.contracts.department_entry_v1 import EntryItem
from daicho.contracts.department_items_v1 import DepartmentItemsOutcomeV1, WrittenItem
from daicho.outbox.models import Notice
from daicho.transfers.commands import grants
from daicho.transfers.models import Person, TransferRecord, WriteBack
from tests.contracts.transfer_samples import ATENA, DIED, ENTRY, LEAVING, MOVE_IN
from tests.transfers.city_hall import APPROVER, departments, granted, may_write
from tests.transfers.sending import deliver, posted, told

pytestmark = pytest.mark.django_db


def write_back(entry: object = ENTRY) -> WriteBack:
    reply = deliver(entry, sender="departments")
    assert reply.status == "acknowledged", reply
    return WriteBack.objects.order_by("-pk")[0]


def settled(row: WriteBack, *reasons: str) -> WriteBack:
    """As the register answers."""
    outcome = DepartmentItemsOutcomeV1(str(row.public_id), None if reasons else 2, clock.now(), reasons)
    assert deliver(outcome).status == "acknowledged"
    row.refresh_from_db()
    return row


def refusals(entry: object) -> list[str]:
    row = write_back(entry)
    assert (row.state, posted("residents")) == ("refused_here", [])
    return row.reasons


@pytest.fixture
def known():
    """A resident whom the room knows, and a department that may write 国保."""
    may_write()
    told(MOVE_IN)


def test_許可された項目が住民記録へ送られる(known):
    """G-26: items 30–34."""
    row = write_back()
    [message] = posted("residents")
    assert (message.request_no, message.department_name, message.atena_no) == (str(row.public_id), "福祉保険部\u3000保険年金課", ATENA)
    assert message.items == (WrittenItem("nhi_qualified_flag", "1"), WrittenItem("nhi_acquired_date", "2026-04-01"), WrittenItem("nhi_lost_date", None))
    assert (row.state, row.sequence_no, row.items) == ("passed_on", 1, ["nhi_qualified_flag", "nhi_acquired_date", "nhi_lost_date"])


def test_値は金庫に封じられ表には項目の名だけが残る(known):
    write_back()
    with connection.cursor() as cursor:
        cursor.execute("SELECT w::text FROM transfers_writeback w")
        assert "20260401" not in cursor.fetchone()[0]


def test_住民記録の結果が課へ返る(known):
    row = settled(write_back())
    assert (row.state, row.history_no) == ("written", 2)
    [outcome] = posted()
    assert (outcome.department_code, outcome.entry_no, outcome.result, outcome.reasons) == ("1301", "E-0001", "written", ())


def test_住民記録が拒めば理由が課へ返り画面に残る(known):
    row = settled(write_back(), "国民健康保険の取得日が処理日（本日）より後です。")
    [outcome] = posted()
    assert (outcome.result, outcome.reasons) == ("refused", ("国民健康保険の取得日が処理日（本日）より後です。",))
    assert (row.state, row.reasons) == ("refused", list(outcome.reasons))


def test_書戻しの許可がなければ拒み理由を返す():
    """D-R6: to read is not to write."""
    granted()
    told(MOVE_IN)
    assert "書き戻す許可が、いま有効ではありません" in refusals(ENTRY)[0]
    assert posted()[-1].result == "refused"


@pytest.mark.parametrize("when", ["revoked", "other_purpose", "other_department"])
def test_他の課や他の事務の許可では書き戻せない(known, when):
    if when == "revoked":
        from daicho.transfers.models import TransferGrant

        grants.revoke(APPROVER, TransferGrant.objects.get().pk, "誤り")
    entry = {"other_purpose": replace(ENTRY, purpose_code="W02"), "other_department": replace(ENTRY, department_code="1302")}.get(when, ENTRY)
    assert "許可が、いま有効ではありません" in refusals(entry)[0]


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ((), "項目がありません"),
        ((EntryItem("address", "x"),), "様式にない"),
        ((EntryItem("ltc_qualified_flag", "1"),), "許可されていません"),
        ((EntryItem("nhi_qualified_flag", "1"), EntryItem("nhi_qualified_flag", "0")), "2度"),
        ((EntryItem("nhi_qualified_flag", "yes"),), "「1」でも「0」でもありません"),
        ((EntryItem("nhi_acquired_date", "20260230"),), "年月日として読み取れません"),
        ((EntryItem("nhi_acquired_date", "2026-04-01"),), "年月日として読み取れません"),
        ((EntryItem("nhi_retiree_class_code", "9"),), "コード表にない"),
    ],
)
def test_項目とコードの誤りは項目を示して拒む(known, items, said):
    assert said in refusals(replace(ENTRY, items=items))[0]


def test_誤りはすべて一度に返る(known):
    reasons = refusals(replace(ENTRY, entry_no="", sequence_no=0, items=(EntryItem("nhi_acquired_date", "x"), EntryItem("address", "x"))))
    assert len(reasons) == 4
    assert posted()[0].reasons == tuple(reasons)


def test_知らない者には書き戻せない(known):
    assert "連携の対象にいません" in refusals(replace(ENTRY, atena_no="9"))[0]


@pytest.mark.parametrize("state", ["left", "died"])
def test_住民でない者には書き戻せない(known, state):
    told(DIED if state == "died" else replace(MOVE_IN, history_no=2, person=replace(LEAVING, removed_on=date(2026, 4, 10))))
    assert "住民ではありません" in refusals(ENTRY)[0]


def test_転出予定者には予定日まで書き戻せる(known):
    told(replace(MOVE_IN, history_no=2, person=LEAVING))
    assert write_back().state == "passed_on"


def test_順番号は一ずつ進み逆転と欠番を拒む(known):
    """Per person, department and purpose; the first may be any."""
    assert write_back(replace(ENTRY, sequence_no=5)).state == "passed_on"
    assert "受付済みです" in write_back(replace(ENTRY, sequence_no=5)).reasons[0]
    assert "間の書戻しが届いていません" in write_back(replace(ENTRY, sequence_no=7)).reasons[0]
    assert write_back(replace(ENTRY, sequence_no=6)).state == "passed_on"


def test_拒まれた順番号は直してもう一度送れる(known):
    refusals(replace(ENTRY, items=(EntryItem("nhi_acquired_date", "x"),)))
    assert write_back().state == "passed_on"
    settled(write_back(replace(ENTRY, sequence_no=2)), "理由")
    assert write_back(replace(ENTRY, sequence_no=2)).state == "passed_on"


def test_登録のない課には答えようがないので入口で断る(known):
    reply = deliver(replace(ENTRY, department_code="9999"), sender="departments")
    assert (reply.status, reply.code, WriteBack.objects.exists()) == ("refused", "unknown_department", False)


def test_知らない書戻しの結果は受け付けない(known):
    outcome = DepartmentItemsOutcomeV1(str(UUID(int=5)), 2, clock.now(), ())
    assert deliver(outcome).code == "unknown_write_back"
    row = write_back()
    settled(row)
    assert deliver(DepartmentItemsOutcomeV1(str(row.public_id), 3, clock.now(), ())).code == "unknown_write_back"


def test_読めない文字の書戻しも記録して断る(known):
    row = write_back(replace(ENTRY, entry_no="\x00E", purpose_code="\x00\x00\x00\x00", atena_no="\x00"))
    assert (row.state, row.entry_no, row.purpose_code) == ("refused_here", "?E", "???")


def test_住民記録へも課へも人ごとの順に並ぶ(known):
    """Order per person is that of the post room: what is told of the person and what became of the write-back share a subject."""
    granted()
    told(replace(MOVE_IN, history_no=2))
    settled(write_back())
    write_back(replace(ENTRY, sequence_no=2))
    of_departments = {tuple(n.subjects) for n in Notice.objects.filter(destination="departments")}
    of_residents = [tuple(n.subjects) for n in Notice.objects.filter(destination="residents")]
    assert len(of_departments) == 1
    assert of_residents[0] == of_residents[1]


def test_書戻しは書いた課へ跳ね返らない(known):
    """The register's row changes nothing that any department is told: no feed, no record."""
    granted()
    settled(write_back())
    assert [type(message).__name__ for message in posted()] == ["DepartmentEntryOutcomeV1"]
    assert not TransferRecord.objects.exists()
    assert Person.objects.get().history_no == 1


def test_受付は操作履歴に残る(known):
    write_back()
    write_back(replace(ENTRY, atena_no="9"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT outcome, cardinality(subjects) FROM audit_entry WHERE action = 'transfers:write_back:take' ORDER BY id")
        assert cursor.fetchall() == [("done", 1), ("refused", 0)]


def test_移転先の登録がなければ書戻しも受けない():
    told(MOVE_IN)
    assert deliver(ENTRY, sender="departments").code == "unknown_department"
    departments()
    assert write_back().state == "refused_here"


def test_基礎年金番号は10桁に限り画面には伏せて出る():
    """Item 38, decision 0030: it passes through sealed, and nobody here needs to read it."""
    from daicho.transfers.rules.entries import _fault
    from daicho.transfers.rules.layouts import ENTRY, layout
    from daicho.transfers.screens.write_backs import COVERED, _value

    item = layout(ENTRY)["basic_pension_number"]
    assert (_fault(item, "1234567890"), bool(_fault(item, "12345"))) == ("", True)
    assert _value(item.identifier, "1234567890") == COVERED
