"""取出し — a department takes everybody of its grant, then what changed since; who has no grant is refused and recorded. N-7.2.3-03, -04; D-R1, D-R4, F-1-43."""

import csv
import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from daicho import clock
from daicho.audit.actor import Actor
from daicho.contracts.department_pull_v1 import DepartmentPullQuestionV1
from daicho.outbox.commands import begin_epoch
from daicho.transfers.commands import grants
from daicho.transfers.commands.importing import import_people
from daicho.transfers.models import TransferRecord
from daicho.transfers.permissions import TransfersPermission
from synthetic import transfer_file
from tests.contracts.transfer_samples import ATENA, DIED, LEAVING, MOVE_IN, PERSON, RELOCATED
from tests.harness import cluster
from tests.outbox.horizon import wait_until_visible
from tests.transfers.city_hall import APPROVER, departments, granted
from tests.transfers.sending import deliver, pull, pull_all, told


def somebody(no: int, history_no: int = 1, **changes: object):
    return replace(MOVE_IN, atena_no=f"100000{no:04}", history_no=history_no, **changes)


@pytest.fixture
def thousand(committed_db, tmp_path):
    """A city of a thousand that was there before the department (layouts/transfer_person.csv); their 宛名番号 in order."""
    file, numbers = tmp_path / "transfers.csv", [f"100000{no:04}" for no in range(1000)]
    values = [getattr(PERSON, name, None) for name in transfer_file.COLUMNS[3:]]
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(transfer_file.COLUMNS)
        writer.writerows([number, 1, MOVE_IN.recorded_at.isoformat(), *(f"{v:%Y%m%d}" if isinstance(v, date) else v for v in values)] for number in numbers)
    assert import_people(Actor.system("import", TransfersPermission.PERSON_UPDATE), file) == 1000
    granted()
    return numbers


def test_千人の全件が過不足なく届く(thousand):
    """N-7.2.3-03."""
    assert pull_all()[0] == thousand


def test_千人の全件の後に二人だけ異動すればその二人分だけが届く(thousand):
    """N-7.2.3-04."""
    _, position = pull_all()
    told(somebody(3, 2, person=RELOCATED), somebody(700, 2, person=LEAVING))
    wait_until_visible()
    answer = pull(after=position)
    assert ([(person.atena_no, person.history_no) for person in answer.people], answer.more) == ([(thousand[3], 2), (thousand[700], 2)], False)
    assert pull(after=answer.next_after).people == ()


@pytest.mark.django_db
def test_全件は範囲の者だけで許可の項目だけである():
    """D-R2; 評価書II(1)2③."""
    granted(items=("name_kanji", "resident_state_code"))
    told(MOVE_IN, somebody(1, person=replace(LEAVING, removed_on=date(2026, 4, 1))), replace(DIED, atena_no="1000000002"))
    answer = pull()
    assert [(person.atena_no, [item.value for item in person.items]) for person in answer.people] == [
        (ATENA, [MOVE_IN.person.name_kanji, "1"]), ("1000000001", [LEAVING.name_kanji, "2"]),
    ]  # fmt: skip


def test_全件の後は変わった者だけが届く(committed_db):
    """N-7.2.3-04: also what changed while the pages were taken."""
    granted()
    told(*(somebody(no) for no in range(5)))
    first = pull(limit=3)
    told(somebody(0, 2, person=RELOCATED))
    wait_until_visible()
    rest = pull(after=first.next_after, limit=3)
    assert ([person.atena_no[-1] for person in rest.people], rest.more) == (["3", "4"], False)
    changed = pull(after=rest.next_after)
    assert "1000000000" in [person.atena_no for person in changed.people]
    assert [person.history_no for person in changed.people if person.atena_no == "1000000000"] == [2]
    assert pull(after=changed.next_after).people == ()
    told(somebody(4, 2, person=RELOCATED))
    wait_until_visible()
    assert [person.atena_no[-1] for person in pull(after=changed.next_after).people] == ["4"]


def test_先に始まった登録が後から終わっても漏れない(committed_db):
    """The order of commits is not that of beginnings: a change is given out when nothing before it can still come."""
    granted()
    told(somebody(0), somebody(1))
    wait_until_visible()
    _, position = pull_all()
    with cluster().connect(connection.settings_dict["NAME"]) as slow:
        slow.autocommit = False
        slow.execute("UPDATE transfers_person SET history_no = 2, changed_xid = pg_current_xact_id() WHERE atena_no = '1000000000'")
        told(somebody(1, 2, person=RELOCATED))
        between = pull(after=position)
        slow.commit()
    wait_until_visible()
    assert between.people == ()
    assert [person.atena_no[-1] for person in pull(after=between.next_after).people] == ["0", "1"]


@pytest.mark.django_db
def test_有効な許可のない課は拒否され記録が残る():
    """D-R1, F-1-43: the refusal is a record of its own."""
    departments()
    told(MOVE_IN)
    answer = pull("0401", "001")
    assert (answer.result, answer.people, answer.next_after, "許可が、いま有効ではありません" in answer.reasons[0]) == ("refused", (), None, True)
    record = TransferRecord.objects.get()
    assert (record.department_code, record.purpose_code, record.grant, record.person, record.outcome, record.reason_code) == (
        "0401", "001", None, None, "refused", "P001",
    )  # fmt: skip
    assert record.keep_until == date(2033, 4, 10)
    with connection.cursor() as cursor:
        cursor.execute("SELECT outcome FROM audit_entry WHERE action = 'transfers:feed:send'")
        assert cursor.fetchall() == [("refused",)]


@pytest.mark.django_db
@pytest.mark.parametrize("of", ["other_department", "other_purpose", "write", "revoked", "ended", "later"])
def test_他の課や他の事務の許可では取り出せない(of):
    """F-1-44, D-R1: (destination, purpose) must be the grant's own."""
    row = granted(valid_to=date(2026, 4, 12)) if of != "later" else granted(valid_from=date(2026, 4, 12))
    granted("W01", direction="write")
    told(MOVE_IN)
    if of == "revoked":
        grants.revoke(APPROVER, row.pk, "誤り")
    whose = {"other_department": ("0401", "005"), "other_purpose": ("1301", "006"), "write": ("1301", "W01")}.get(of, ("1301", "005"))
    with clock.at(date(2026, 4, 13) if of == "ended" else date(2026, 4, 11)):
        assert pull(*whose).result == "refused"


@pytest.mark.django_db
def test_期限を過ぎた照会には答えず移転した記録も残らない():
    """design §5: a question has a deadline; D-R4: what is on record as given was waited for."""
    granted()
    told(MOVE_IN)
    question = DepartmentPullQuestionV1(str(uuid.uuid4()), "取出し", clock.now() - timedelta(seconds=1), "1301", "005", None, 10)
    reply = deliver(question, sender="departments")
    assert "回答の期限を過ぎている" in str(reply.answer)
    assert list(TransferRecord.objects.filter(way="whole").values_list("outcome", "reason_code", "person")) == [("refused", "P005", None)]


@pytest.mark.django_db
@pytest.mark.parametrize("whose", [("13010", "005"), ("1301", "0050"), (" 1301", "005"), ("1301", "005\x00")])
def test_許可のある符号で始まるだけの名乗りでは取り出せない(whose):
    """D-R1: what is kept of a stranger's words is cut short; what is judged is not."""
    granted()
    told(MOVE_IN)
    assert (pull(*whose).result, TransferRecord.objects.get(way="whole").outcome) == ("refused", "refused")


@pytest.mark.django_db
@pytest.mark.parametrize(("after", "limit", "code"), [("x", 10, "P002"), ("all.1.1.1", 10, "P002"), (None, 0, "P004"), (None, 201, "P004")])
def test_読めない位置や多すぎる件数は拒否される(after, limit, code):
    granted()
    assert pull(after=after, limit=limit).result == "refused"
    assert TransferRecord.objects.get().reason_code == code


@pytest.mark.django_db
def test_復元の前の位置からは取り出せず全件から取り直す():
    """design §5: a restore begins a new epoch; positions of before mean nothing."""
    granted()
    told(MOVE_IN)
    _, position = pull_all()
    begin_epoch("復元")
    answer = pull(after=position)
    assert (answer.result, "全件から" in answer.reasons[0]) == ("refused", True)
    assert pull().result == "given"


@pytest.mark.django_db
def test_取り出した者は一人ずつ記録される():
    """D-R4."""
    row = granted()
    told(somebody(1), somebody(2))
    TransferRecord.objects.count()
    pull_all()
    assert list(TransferRecord.objects.filter(way="whole").order_by("pk").values_list("grant_id", "person__atena_no", "outcome")) == [
        (row.pk, "1000000001", "given"), (row.pk, "1000000002", "given"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_知らない符号の課の名乗りは記録できる文字にする():
    assert pull("\x00'--", "\u202e12").result == "refused"
    record = TransferRecord.objects.get()
    assert (record.department_code, record.purpose_code) == ("?'--", "?12")


@pytest.mark.django_db
def test_同じ照会には二度答えない():
    """A recorded question cannot be asked again by whoever recorded it."""
    from daicho.outbox import intake
    from tests.transfers.sending import envelope_of

    granted()
    question = DepartmentPullQuestionV1(str(uuid.uuid4()), "取出し", clock.now() + timedelta(minutes=1), "1301", "005", None, 10)
    envelope = envelope_of(question, sender="departments").to_bytes()
    assert [intake.receive("departments", envelope, "127.0.0.1").code for _ in range(2)] == ["ok", "replayed"]


def test_試験の中で取引が開いていないことを確かめる():
    """The tests above that commit really do: a transaction of the test's own would hide what changed."""
    assert not transaction.get_connection().in_atomic_block
