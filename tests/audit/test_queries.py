"""操作履歴の照会 — who looked at this person; and that looking is seen too. N-10.2-18, N-10.2-27."""

import argparse
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho import audit, clock
from daicho.audit import cli, queries
from tests.audit.cast import CLERK, READ
from tests.audit.test_seals import seal_everything


@pytest.mark.django_db
def test_その人を見た職員が新しい順に載り_次にはその照会も載る():
    hanako, taro = uuid4(), uuid4()
    jiro = audit.Actor(9, "otaru.jiro", "小樽次郎", "0101", "戸籍住民課", "main", "window-4", frozenset({READ}))
    for officer, people in ((CLERK, [hanako, taro]), (jiro, [taro]), (jiro, [hanako])):
        with audit.reading(officer, READ, purpose="写しの交付") as seen:
            seen.add(*people)
    traces = queries.of_person(CLERK, hanako, purpose="本人からの照会")
    assert [(trace.login, trace.terminal, trace.purpose, trace.subject_count) for trace in traces] == [
        ("otaru.jiro", "window-4", "写しの交付", 1),
        ("otaru.hanako", "window-3", "写しの交付", 2),
    ]
    again = queries.of_person(CLERK, hanako, purpose="本人からの照会")
    assert [trace.action for trace in again] == ["audit:entry:read", READ, READ]


@pytest.mark.django_db
def test_権限のない照会は拒否としてその人の履歴に載る():
    hanako = uuid4()
    nobody = audit.Actor(9, "otaru.jiro", "小樽次郎", "0200", "税務課", "main", "tax-1", frozenset())
    with pytest.raises(audit.Refused):
        queries.of_person(nobody, hanako, purpose="興味")
    [trace] = queries.of_person(CLERK, hanako, purpose="点検")
    assert (trace.login, trace.outcome) == ("otaru.jiro", "refused")


@pytest.mark.django_db
def test_期間と頁で区切れて問合せの数は行数によらない():
    hanako, start = uuid4(), clock.now()
    for day in range(10):
        with clock.at(start + timedelta(days=day)), audit.reading(CLERK, READ, purpose="写しの交付", subjects=(hanako,)):
            pass
    within = queries.of_person(CLERK, hanako, purpose="点検", since=start + timedelta(days=2), until=start + timedelta(days=5))
    assert [trace.at for trace in within] == [start + timedelta(days=day) for day in (4, 3, 2)]
    with CaptureQueriesContext(connection) as asked:
        page = queries.of_person(CLERK, hanako, purpose="点検", before_id=within[0].id, limit=3)
    assert [trace.id for trace in page] == [within[0].id - step for step in (1, 2, 3)]
    assert [query["sql"].split()[0] for query in asked if "SAVEPOINT" not in query["sql"]] == ["SELECT", "INSERT"]


def command(*words):
    parser = argparse.ArgumentParser()
    cli.arguments(parser)
    return cli.run(parser.parse_args(words))


def test_運用者は封じ持ち出し確かめられる(committed_db, owner, capsys, tmp_path):
    """`daicho audit` seal, heads, verify: exit 0 when all is well, 1 and the row's id when not."""
    ids = [audit.record(CLERK, "residents:event:accept") for _ in range(3)]
    seal_everything()
    assert command("seal") == command("heads", "--last", "5") == 0
    heads = tmp_path / "heads.jsonl"
    heads.write_text("\n".join(capsys.readouterr().out.splitlines()[1:]))
    assert command("verify", "--heads", str(heads)) == 0
    assert "3 rows under 1 seals, 0 not sealed yet: nothing altered" in capsys.readouterr().out
    owner.execute("UPDATE audit_entry SET login = 'x' WHERE id = %s", [ids[1]])
    assert command("verify") == 1
    said = capsys.readouterr().out
    assert f"altered: entry {ids[1]}, seal 1" in said
    assert f"first bad row: {ids[1]}" in said
    heads.write_text(heads.read_text().replace('"digest": "', '"digest": "00'))
    assert command("verify", "--heads", str(heads)) == 1
    assert "head: entry -, seal 1" in capsys.readouterr().out
