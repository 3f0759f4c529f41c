"""封印と検証 — what is sealed cannot be changed unseen, not even by the owner of the database. F-1-14, 標準10.2."""

import threading
import time
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from daicho import audit, clock
from daicho.audit.leaves import root_of
from daicho.audit.models import AuditEntry, AuditLeaf, AuditSeal
from tests.audit.cast import CLERK
from tests.audit.conftest import undone


@pytest.fixture
def trail(committed_db):
    """Nine rows under three seals; their ids."""
    ids = []
    for _ in range(3):
        ids += [audit.record(CLERK, "residents:event:accept", [uuid4()], digests={"v": "00"}, detail={"n": n}) for n in range(3)]
        ready()
        assert audit.seal_once().entries == 3
    assert audit.verify().ok
    return ids


def ready():
    """Wait until every row lies below the transactions that still run, also those of other tests' databases: they share one counter."""
    for _ in range(1200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(max(written_in) < pg_snapshot_xmin(pg_current_snapshot()), true) FROM audit_entry WHERE written_in < '99999999999'")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.1)
    pytest.fail("some transaction of this cluster has been open for two minutes")


def seal_everything():
    ready()
    return audit.seal_all()


def found(report):
    return {(finding.what, finding.entry_id) for finding in report.findings}


def test_封印は確定した行を一つずつつなぐ(trail):
    report = audit.verify()
    assert (report.ok, report.entries, report.seals, report.unsealed, report.first_bad) == (True, 9, 3, 0, None)
    seals = list(AuditSeal.objects.order_by("no"))
    assert [bytes(seal.previous) for seal in seals] == [bytes(32), bytes(seals[0].digest), bytes(seals[1].digest)]
    assert list(AuditLeaf.objects.order_by("seal_no", "position").values_list("entry_id", flat=True)) == trail


def test_封じる行がなければ封印は増えない(trail):
    assert audit.seal_once() is None
    assert audit.seal_all() == []


def test_空の履歴も正しい(committed_db):
    assert audit.verify() == audit.Report(0, 0, 0, ())
    assert audit.heads() == []


def test_まだ封じていない行は数えるだけ(trail):
    audit.record(CLERK, "residents:event:accept")
    report = audit.verify()
    assert (report.ok, report.unsealed) == (True, 1)


def test_終わらない取引がある間はその後の行を封じず_抜けもしない(committed_db):
    """A row of a transaction that began earlier and commits later must never appear behind a seal."""
    begun, go_on = threading.Event(), threading.Event()

    def slow():
        try:
            with transaction.atomic():
                audit.record(CLERK, "residents:event:accept", detail={"who": "slow"})
                begun.set()
                go_on.wait(20)
        finally:
            connections.close_all()

    audit.record(CLERK, "residents:event:accept", detail={"who": "before"})
    ready()
    thread = threading.Thread(target=slow)
    thread.start()
    assert begun.wait(20)
    audit.record(CLERK, "residents:event:accept", detail={"who": "after"})
    assert audit.seal_once().entries == 1
    assert audit.seal_once() is None
    assert audit.verify().ok
    go_on.set()
    thread.join()
    ready()
    assert audit.seal_once().entries == 2
    assert audit.verify() == audit.Report(3, 2, 0, ())


def test_取り消された取引の行は封印を妨げない(committed_db):
    with pytest.raises(RuntimeError), transaction.atomic():
        leave_a_row_and_fail()
    audit.record(CLERK, "residents:event:accept")
    ready()
    assert audit.seal_once().entries == 1
    assert audit.verify().ok


def leave_a_row_and_fail():
    audit.record(CLERK, "residents:event:accept")
    raise RuntimeError


def test_多ければ分けて封じる(committed_db):
    """Also when one transaction wrote more rows than a seal takes."""
    with transaction.atomic():
        for n in range(25):
            audit.record(CLERK, "residents:event:accept", detail={"n": n})
    ready()
    counts = []
    while head := audit.seal_once(limit=10):
        counts.append(head.entries)
        assert audit.verify().ok
    assert counts == [10, 10, 5]
    assert audit.verify().entries == 25


def test_二つの封印係が同時に来ても一本の鎖(committed_db):
    for n in range(40):
        audit.record(CLERK, "residents:event:accept", detail={"n": n})
    ready()
    errors = []

    def seal():
        try:
            for _ in range(20):
                audit.seal_once(limit=3)
        except Exception as error:  # noqa: BLE001, told below
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=seal) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seal_everything()
    assert not errors
    assert (audit.verify().ok, audit.verify().entries) == (True, 40)


ALTERATIONS = {
    "municipality_code": "'011002'",
    "at": "at + interval '1 microsecond'",
    "system": "'konbini'",
    "account_id": "8",
    "login": "'otaru.jiro'",
    "actor_name": "actor_name || '󠄀'",
    "unit_code": "''",
    "unit_name": "'税務課'",
    "office_code": "'branch'",
    "terminal": "'window-4'",
    "visit_no": "'R08-1'",
    "action": "'residents:person:read'",
    "purpose": "' '",
    "outcome": "'refused'",
    "screen": "'x'",
    "request_id": "'x'",
    "subjects": "ARRAY[gen_random_uuid()]",
    "subjects, subject_count": "'{}', 0",
    "shows_numbers": "NOT shows_numbers",
    "digests": '\'{"v": "01"}\'',
    "detail": "'{\"n\": 1.0}'",
    "written_in": "(written_in::text::bigint - 1)::text::xid8",
}


def test_どの列の改ざんも試している():
    with_model = {field.column for field in AuditEntry._meta.get_fields()} - {"id", "subject_count"}
    assert set(ALTERATIONS) == with_model | {"subjects, subject_count", "written_in"}


def test_どの列を直しても見つかり行が名指しされる(trail, owner):
    for column, value in ALTERATIONS.items():
        with undone(owner):
            owner.execute(f"UPDATE audit_entry SET ({column}) = ROW({value}) WHERE id = %s", [trail[4]])
            report = audit.verify()
        assert (column, found(report), report.first_bad) == (column, {("altered", trail[4])}, trail[4])
    assert audit.verify().ok


def test_どの行を消しても見つかる(trail, owner):
    for entry_id in trail:
        with undone(owner):
            owner.execute("DELETE FROM audit_entry WHERE id = %s", [entry_id])
            assert found(audit.verify()) == {("deleted", entry_id)}
    owner.execute("DELETE FROM audit_entry")
    assert found(audit.verify()) == {("deleted", entry_id) for entry_id in trail}


def test_番号を付け替えた行は見つかる(trail, owner):
    owner.execute("UPDATE audit_entry SET id = 999999 WHERE id = %s", [trail[4]])
    assert found(audit.verify()) == {("deleted", trail[4]), ("inserted", 999999)}


def test_順を入れ替えた行は見つかる(trail, owner):
    """Two rows exchange their ids, so that the later act seems the earlier one."""
    one, other = trail[3], trail[4]
    owner.execute("UPDATE audit_entry SET id = CASE id WHEN %s THEN -1 ELSE id END WHERE id = %s", [one, one])
    owner.execute("UPDATE audit_entry SET id = %s WHERE id = %s", [one, other])
    owner.execute("UPDATE audit_entry SET id = %s WHERE id = -1", [other])
    assert found(audit.verify()) == {("altered", one), ("altered", other)}


def test_葉ごと順を入れ替えても見つかる(trail, owner):
    one, other = trail[3], trail[4]
    owner.execute("UPDATE audit_leaf SET position = 9 WHERE entry_id = %s", [one])
    owner.execute("UPDATE audit_leaf SET position = 1 WHERE entry_id = %s", [other])
    owner.execute("UPDATE audit_leaf SET position = 2 WHERE entry_id = %s", [one])
    report = audit.verify()
    assert {("reordered", one), ("leaves", None)} == found(report)


def test_過去に差し込んだ行は見つかる(trail, owner):
    """The owner switches the trigger off and dates a row into a sealed transaction."""
    owner.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_name_transaction")
    inserted = copy_row(owner, trail[4], "written_in, at", "written_in, at")
    assert found(audit.verify()) == {("inserted", inserted)}
    seal_everything()
    assert found(audit.verify()) == {("inserted", inserted)}


def test_日付だけ過去にした行は封じた後に見つかる(trail, owner):
    """Whoever may only INSERT cannot say the transaction, but can say the instant."""
    inserted = copy_row(owner, trail[4], "at", "at - interval '2 hours'")
    assert audit.verify().ok
    seal_everything()
    assert found(audit.verify()) == {("backdated", inserted)}


def test_同じ番号でもう一行足しても見つかる(trail, owner):
    copy_row(owner, trail[4], "id, at", "id, at + interval '1 second'")
    assert ("altered", trail[4]) in found(audit.verify())


def copy_row(owner, entry_id, columns, values):
    """Insert a copy of a row with some columns changed; returns the copy's id."""
    kept = "municipality_code, system, login, actor_name, unit_code, unit_name, office_code, terminal, visit_no, action, purpose, outcome"
    kept += ", screen, request_id, subjects, subject_count, shows_numbers, digests, detail"
    sql = f"INSERT INTO audit_entry ({kept}, {columns}) SELECT {kept}, {values} FROM audit_entry WHERE id = %s ORDER BY at LIMIT 1 RETURNING id"
    return owner.execute(sql, [entry_id]).fetchone()[0]


def test_葉を消しても見つかる(trail, owner):
    owner.execute("DELETE FROM audit_leaf WHERE entry_id = %s", [trail[4]])
    assert found(audit.verify()) == {("inserted", trail[4]), ("leaves", None)}


def test_葉を直しても見つかる(trail, owner):
    for column in ("salt", "digest"):
        with undone(owner):
            owner.execute(f"UPDATE audit_leaf SET {column} = decode(repeat('00', 32), 'hex') WHERE entry_id = %s", [trail[4]])
            assert ("altered", trail[4]) in found(audit.verify())


def test_行と葉を合わせて直しても封印で見つかる(trail, owner):
    """Whoever knows how leaves are made: the root still tells in which seal it was done."""
    owner.execute("UPDATE audit_entry SET login = 'otaru.jiro' WHERE id = %s", [trail[4]])
    reseal_leaf(owner, trail[4])
    report = audit.verify()
    assert [(finding.what, finding.seal_no) for finding in report.findings] == [("leaves", 2)]


def reseal_leaf(owner, entry_id):
    from daicho.audit.leaves import LAYOUT, leaf_sql

    owner.execute(f"UPDATE audit_leaf l SET digest = {leaf_sql(LAYOUT, 'l.salt')} FROM audit_entry e WHERE e.id = l.entry_id AND e.id = %s", [entry_id])


SEAL_ALTERATIONS = {
    "municipality_code": "'011002'",
    "no": "7",
    "made_at": "made_at + interval '1 microsecond'",
    "layout": "9",
    "cluster": "'1'",
    "sealed_below": "'3'",
    "entries": "entries + 1",
    "first_entry": "first_entry + 1",
    "last_entry": "last_entry + 1",
    "root": "sha256('')",
    "previous": "sha256('')",
    "digest": "sha256('')",
}


def test_封印のどこを直しても見つかる(trail, owner):
    assert set(SEAL_ALTERATIONS) == {field.column for field in AuditSeal._meta.get_fields()} - {"id"}
    for column, value in SEAL_ALTERATIONS.items():
        with undone(owner):
            owner.execute(f"UPDATE audit_seal SET {column} = {value} WHERE no = 2")
            assert (column, True) == (column, any(finding.what == "seal" for finding in audit.verify().findings))
    assert audit.verify().ok


def test_封印を抜いても見つかる(trail, owner):
    owner.execute("DELETE FROM audit_seal WHERE no = 2")
    assert ("seal", None) in found(audit.verify())


def test_鎖を初めから作り直しても持ち出した封印値で見つかる(trail, owner):
    """The owner removes an act, forgets all seals and seals anew: inside everything fits, outside it does not."""
    exported = audit.heads(last=3)
    owner.execute("DELETE FROM audit_entry WHERE id = %s", [trail[4]])
    owner.execute("TRUNCATE audit_seal, audit_leaf")
    seal_everything()
    assert audit.verify().ok
    report = audit.verify(exported)
    assert [finding.what for finding in report.findings] == ["head"] * 3


def test_鎖の終わりを切り落としても持ち出した封印値で見つかる(trail, owner):
    [exported] = audit.heads()
    owner.execute("DELETE FROM audit_entry WHERE id >= %s", [trail[6]])
    owner.execute("DELETE FROM audit_leaf WHERE seal_no = 3")
    owner.execute("DELETE FROM audit_seal WHERE no = 3")
    assert audit.verify().ok
    assert [(finding.what, finding.seal_no) for finding in audit.verify([exported]).findings] == [("head", 3)]


def test_正しい封印値は何度でも確かめられ_よその市の値は問わない(trail):
    exported = audit.heads(last=9)
    assert [head.no for head in exported] == [1, 2, 3]
    assert audit.verify([*exported, replace(exported[0], municipality_code="011002", digest="00")]).ok


def test_別の機械へ戻した履歴もつながる(trail, owner):
    """After a restore from a dump the transactions count anew; rows that were not sealed yet are not lost, nor called forged."""
    late = audit.record(CLERK, "residents:event:accept")
    owner.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_name_transaction")
    owner.execute("UPDATE audit_entry SET written_in = '99999999999' WHERE id = %s", [late])
    owner.execute("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_name_transaction")
    ready()
    assert audit.seal_once().entries == 1
    audit.record(CLERK, "residents:event:accept")
    ready()
    assert audit.seal_once().entries == 1
    assert audit.verify() == audit.Report(11, 5, 0, ())


def test_書いた者は取引の番号を名乗れない(committed_db):
    with connection.cursor() as cursor:
        audit.record(CLERK, "residents:event:accept")
        cursor.execute("SELECT written_in::text FROM audit_entry")
        [before] = cursor.fetchone()
        cursor.execute(
            'INSERT INTO audit_entry SELECT (jsonb_populate_record(e, \'{"id": 777777, "written_in": "3"}\')).* FROM audit_entry e RETURNING written_in::text'
        )
        assert int(cursor.fetchone()[0]) > int(before) > 3


def test_封印は取引の中では作れない(committed_db):
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        audit.seal_once()


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40), st.data())
def test_木の根は葉の一つでも順でも変われば変わる(leaves, data):
    root = root_of(leaves)
    place = data.draw(st.integers(0, len(leaves) - 1))
    assert root_of([*leaves[:place], sha256(leaves[place]).digest(), *leaves[place + 1 :]]) != root
    assert root_of([*leaves, leaves[-1]]) != root
    if len(leaves) > 1:
        assert root_of(leaves[:-1]) != root
    if leaves[0] != leaves[place]:
        assert root_of([leaves[place], *leaves[1:place], leaves[0], *leaves[place + 1 :]]) != root


def test_木の根は公開の例と同じ():
    """RFC 9162 2.1.1: seven leaves — the root joins the tree of the first four with that of the last three."""
    node = lambda left, right: sha256(b"\x01" + left + right).digest()  # noqa: E731, one line of the RFC
    a, b, c, d, e, f, g = leaves = [bytes([n]) * 32 for n in range(7)]
    assert root_of(leaves) == node(node(node(a, b), node(c, d)), node(node(e, f), g))
    assert root_of([a]) == a
    with pytest.raises(ValueError, match="no leaves"):
        root_of([])


def test_時計が一時間以内にずれた行は疑わない(trail, owner):
    copy_row(owner, trail[4], "at", "at - interval '50 minutes'")
    seal_everything()
    assert audit.verify().ok
    assert clock.now() - AuditEntry.objects.latest("id").at > timedelta(minutes=50)
