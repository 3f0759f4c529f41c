"""改ざんの発見 — whatever the owner of the database alters, removes or moves is found and named. F-1-14, 標準10.2."""

from daicho import audit
from daicho.audit.models import AuditEntry, AuditSeal
from tests.audit.conftest import undone
from tests.audit.sealing import copy_row, found, seal_everything

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
