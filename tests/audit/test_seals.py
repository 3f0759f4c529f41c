"""封印と検証 — what is sealed cannot be changed unseen, not even by the owner of the database. F-1-14, 標準10.2."""

import threading
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from daicho import audit, clock
from daicho.audit.leaves import root_of
from daicho.audit.models import AuditEntry, AuditLeaf, AuditSeal
from tests.audit.cast import CLERK
from tests.audit.sealing import copy_row, ready, seal_everything


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
