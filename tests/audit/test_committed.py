"""確定した記録 — what is on record when everything else goes wrong, and what nobody may do with it. F-0-12, F-1-14, N-10.2-20."""

from datetime import UTC, date, datetime
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, ProgrammingError, connection, transaction

from daicho import audit, clock
from daicho.audit.apps import retention_problems
from daicho.audit.models import AuditEntry
from daicho.audit.partitions import ensure_partitions
from tests.audit.cast import CLERK, READ, VISITOR

STRANGER = audit.Actor(9, "otaru.jiro", "小樽次郎", "0200", "税務課", "main", "tax-1", frozenset())


def outside(owner):
    """What another connection sees: only what is committed."""
    return owner.execute("SELECT login, action, outcome FROM audit_entry ORDER BY id").fetchall()


def test_照会の記録は応答の前に確定している(committed_db, owner):
    with audit.reading(CLERK, READ, purpose="照会"):
        assert outside(owner) == []
    assert outside(owner) == [("otaru.hanako", READ, "done")]


def test_拒否は異動の取引が取り消されても残る(committed_db, owner):
    """The refusal goes through a connection of its own; what the command wrote is gone."""
    with pytest.raises(audit.Refused), transaction.atomic():
        write_and_be_refused()
    assert outside(owner) == [("otaru.jiro", "residents:event:accept", "refused")]
    assert not connection.in_atomic_block


def write_and_be_refused():
    audit.record(STRANGER, "residents:event:draft")
    audit.require(STRANGER, "residents:event:accept", [uuid4()])


def test_拒否には理由を添えられる(committed_db):
    with pytest.raises(audit.Refused, match="own filing"), transaction.atomic():
        audit.refused(CLERK, "residents:event:accept", reason="own filing")
    assert AuditEntry.objects.get().detail == {"reason": "own filing"}


def test_取引の中で照会は始められない(committed_db, owner):
    """Its record could not be committed before the answer leaves."""
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic(), audit.reading(CLERK, READ, purpose="照会"):
        pytest.fail("the block must not run")
    assert outside(owner) == []


def test_照会の中で照会は始められない(committed_db, owner):
    with pytest.raises(RuntimeError, match="durable"), audit.reading(CLERK, READ, purpose="照会"), audit.reading(CLERK, READ, purpose="照会"):
        pytest.fail("the block must not run")
    assert outside(owner) == [("otaru.hanako", READ, "failed")]


def test_接続が切れた照会も失敗として残る(committed_db, owner):
    """The database drops the connection in the middle: the view gets the error, and the row goes through a new connection."""
    with pytest.raises(OperationalError):
        lose_the_connection()
    assert outside(owner) == [("otaru.hanako", READ, "failed")]


def lose_the_connection():
    with audit.reading(CLERK, READ, purpose="照会"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def test_記録できない照会は誤りで終わり何も出ない(committed_db, owner, caplog):
    """Fail closed: without its record a reading ends in an error. The operator's log names who and what, and no person."""
    owner.execute(f"REVOKE INSERT ON audit_entry FROM {settings.DAICHO.database.web}")
    with pytest.raises(ProgrammingError, match="permission denied"), audit.reading(CLERK, READ, purpose="照会") as seen:
        seen.add(uuid4())
    assert seen.entry_id is None
    assert [record.getMessage() for record in caplog.records if record.name == "daicho.audit.readings"] == [
        f"a failed reading of {READ} by otaru.hanako could not be recorded"
    ]


@pytest.mark.parametrize("table", ["audit_entry", "audit_leaf", "audit_seal"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {}", "UPDATE {} SET digest = NULL", "DROP TABLE {}"])
def test_画面の役割は履歴を直せず消せない(db, table, statement):
    """N-10.2-20: not by DB user, and not through a partition's back door either."""
    column = "login" if table == "audit_entry" else "digest"
    for name in [table] if table != "audit_entry" else [table, "audit_entry_default"]:
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(name).replace("digest", column))


@pytest.mark.django_db
def test_画面の役割は月割りを作れず引き金も外せない():
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        ensure_partitions()
    with pytest.raises(ProgrammingError, match="must be owner"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_name_transaction")


def partitions(owner):
    return [name for (name,) in owner.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'audit_entry'::regclass ORDER BY 1")]


def test_月割りは二十四か月先まである(committed_db, owner):
    today = clock.jst(datetime.now(UTC)).date()
    wanted = {f"audit_entry_{today.year + (today.month - 1 + n) // 12}_{(today.month - 1 + n) % 12 + 1:02}" for n in range(24)}
    assert wanted <= set(partitions(owner))


def test_月割りは日本の月初で分かれ_後から作っても行は移る(committed_db, owner):
    """Rows of months without a partition wait in the default one; making the month moves them, and the seals still fit."""
    borders = [datetime(2001, 4, 30, 14, 59, 59, tzinfo=UTC), datetime(2001, 4, 30, 15, 0, tzinfo=UTC)]
    for instant in borders:
        with clock.at(instant):
            audit.record(CLERK, "residents:event:accept")
    where = "SELECT tableoid::regclass::text, written_in::text FROM audit_entry ORDER BY at"
    before = owner.execute(where).fetchall()
    assert owner.execute("SELECT audit_ensure_partitions('2001-04-15', '2001-05-01')").fetchone() == (2,)
    assert owner.execute("SELECT audit_ensure_partitions('2001-04-15', '2001-05-01')").fetchone() == (0,)
    after = owner.execute(where).fetchall()
    assert [name for name, _ in after] == ["audit_entry_2001_04", "audit_entry_2001_05"]
    assert [written_in for _, written_in in after] == [written_in for _, written_in in before]
    indexes = owner.execute("SELECT count(*) FROM pg_index WHERE indrelid = 'audit_entry_2001_05'::regclass").fetchone()
    assert indexes == (4,)
    with clock.at(date(2001, 5, 20)):
        audit.record(CLERK, "residents:event:accept")
    assert owner.execute(where).fetchall()[-1][0] == "audit_entry_2001_05"


@pytest.mark.parametrize("broken", [{"municipality_code": "12033"}, {"outcome": "perhaps"}, {"login": ""}, {"action": ""}, {"subject_count": 1}])
@pytest.mark.django_db
def test_表は形の違う行を受け付けない(broken):
    row = {
        "municipality_code": "012033", "at": clock.now(), "system": "residents", "login": "x", "actor_name": "", "unit_code": "", "unit_name": "",
        "office_code": "", "terminal": "", "visit_no": "", "action": "a:b:c", "purpose": "", "outcome": "done", "screen": "", "request_id": "",
        "subjects": [], "subject_count": 0, "shows_numbers": False, "digests": {}, "detail": {},
    }  # fmt: skip
    with pytest.raises(Exception, match="check constraint") as error:
        AuditEntry.objects.create(**(row | broken))
    assert isinstance(error.value.__cause__, psycopg.errors.CheckViolation)


@pytest.mark.parametrize(
    ("years", "found"), [(None, ["audit.E001"]), (0, ["audit.E001"]), ("7", ["audit.E001"]), (True, ["audit.E001"]), (5, ["audit.W001"]), (7, [])]
)
def test_保存年数は必ず定める(years, found):
    """F-1-14: ○年 is the city's to decide; unset, the system does not start. Below seven years it is warned of F-1-43."""
    assert [problem.id for problem in retention_problems(years)] == found


def test_閲覧は一つの時点の記録を読み_ほかの取引は今を読む(committed_db, owner):
    """決定0044: what is committed while a page is read is on the next page, wholly; a command still sees what is so now. Also after a reading that failed."""
    owner.execute("CREATE TABLE moment AS SELECT 1 AS n")
    owner.execute("GRANT SELECT ON moment TO PUBLIC")

    def now() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT n FROM moment")
            return int(cursor.fetchone()[0])

    with audit.reading(VISITOR, READ):
        seen = [now(), owner.execute("UPDATE moment SET n = 2") and now()]
    assert seen == [1, 1] and now() == 2
    with pytest.raises(ZeroDivisionError), audit.reading(VISITOR, READ):
        _ = now() / 0
    with transaction.atomic():
        seen = [now(), owner.execute("UPDATE moment SET n = 3") and now()]
    assert seen == [2, 3]
