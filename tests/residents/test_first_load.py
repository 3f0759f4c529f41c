"""初めの取込み — a whole city into an empty register, as its owner: nothing is judged less for being judged at once. C-07, F-1-01."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import transaction

from daicho.residents.commands import importing
from daicho.residents.commands.importing import import_register
from daicho.residents.models import CivilEvent, Household, Person, SheetCurrent, SheetVersion
from daicho.residents.queries.proof import prove
from daicho.values.made_up import made_up_basic_pension_no, made_up_individual_number
from daicho.vault.models import SealedNumber
from tests.harness import ROOT
from tests.residents.register_files import OPERATOR, Cells, person, write

_CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, contype, convalidated, condeferrable, condeferred, pg_get_constraintdef(oid), conindid::regclass::text
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2
"""
_INDEXES = """
SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid), indisvalid, indisready, indisunique, indisprimary
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1, 2
"""
_OWNERS = "SELECT relname, relowner::regrole::text, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1"


def catalog(name: str) -> list[list[tuple[object, ...]]]:
    """Every constraint, index and grant of the database."""
    at = settings.DAICHO.database
    with psycopg.connect(host=at.host, port=at.port, dbname=name, user=at.owner, password=at.owner_password) as owner:
        return [owner.execute(query).fetchall() for query in (_CONSTRAINTS, _INDEXES, _OWNERS)]


def townspeople(count: int, **of: Cells) -> list[Cells]:
    """So many people, every third with a move after the opening; `of` changes the cells of some (p7 = the seventh)."""
    rows = []
    for no in range(1, count + 1):
        first = person(no, household_no=f"{no:09}0", individual_number=str(made_up_individual_number(no)), **of.get(f"p{no}", {}))
        moved = {
            "address": "北海道小樽市色内1丁目1番1号",
            "recorded_at": "2020-05-01T09:00:00+09:00",
            "event_date": "R2-05-01",
            "event_history_changed_item": "address",
        }
        rows += [first, {**first, **moved}] if no % 3 == 0 else [first]
    return rows


def daicho_import(committed_db, file: Path) -> subprocess.CompletedProcess[str]:
    """`daicho import`, which works as the owner."""
    command = [sys.executable, "-m", "daicho.site.cli", "import", str(file), "--layout", "resident_register"]
    return subprocess.run(command, cwd=ROOT, env=committed_db.environment(), capture_output=True, text=True)


def test_初めの取込みの後も索引と制約はすべて元のとおり(committed_db, tmp_path):
    """design §4: what was laid aside for the load is made again, the same and validated; every row was judged by it."""
    before = catalog(committed_db.name)
    done = daicho_import(committed_db, write(tmp_path, townspeople(2_100)))
    assert done.returncode == 0, done.stdout + done.stderr
    assert catalog(committed_db.name) == before
    assert (Person.objects.count(), SheetVersion.objects.count(), Household.objects.count()) == (2_100, 2_800, 2_100)
    assert SheetCurrent.objects.filter(address="北海道小樽市色内1丁目1番1号").count() == 700
    assert prove().findings == []


def test_三千人の中の悪い行はどの人手が読んでも番号と項目で示され何も残らない(committed_db, tmp_path):
    """Three processes' portions hold one each; the row numbers are the file's, indexes and numbers are as if nothing had been."""
    before = catalog(committed_db.name)
    rows = townspeople(3_000, p4={"birth_date": "20250229"}, p1501={"sex_code": "男"}, p2999={"relationship_code": "長男の嫁"})
    done = daicho_import(committed_db, write(tmp_path, rows))
    places = [at for at, row in enumerate(rows, 2) if row["atena_no"] in ("0000000004", "0000001501", "0000002999")]
    assert done.returncode == 1
    told = [line for line in done.stdout.splitlines() if "行目" in line]
    assert [line.partition(":")[0] for line in told] == [
        f"{row_no}行目 {item}" for row_no, item in zip(places, ("3 生年月日", "5 性別", "6 続柄"), strict=False)
    ]
    assert not any(model.objects.exists() for model in (Person, SheetVersion, CivilEvent, Household, SealedNumber))
    assert catalog(committed_db.name) == before


def test_初めの取込みでも二人が同じ住民票番号なら何も残らない(committed_db, tmp_path):
    """Only the unique index can see it; it is made at the end and finds it then."""
    before = catalog(committed_db.name)
    done = daicho_import(committed_db, write(tmp_path, townspeople(5, p2={"juminhyo_no": "77"}, p5={"juminhyo_no": "77"})))
    assert done.returncode != 0
    assert not Person.objects.exists()
    assert catalog(committed_db.name) == before


@pytest.mark.django_db
@pytest.mark.parametrize("processes", [0, 1, 2])
def test_離れた所の同じ番号は一つの参照になる(tmp_path, monkeypatch, processes):
    """F-0-18: a number lies in the vault once, also when two portions of a file hold it."""
    monkeypatch.setattr(importing, "PEOPLE_AT_ONCE", 2)
    same = {"basic_pension_number": str(made_up_basic_pension_no(7))}
    rows = townspeople(9, p1=same, p9=same)
    with transaction.atomic():
        import_register(OPERATOR, write(tmp_path, rows), processes=processes)
    first, last = (SheetCurrent.objects.get(person__atena_no=f"{no:010}").basic_pension_number for no in (1, 9))
    assert first == last is not None
    assert SealedNumber.objects.filter(kind="basic_pension_number").count() == 1
    assert SealedNumber.objects.filter(kind="individual_number").count() == 9


@pytest.mark.django_db
def test_他の市の行があっても初めの取込みであり索引はその下から外さない(tmp_path, monkeypatch, settings):
    """design §2: tables are shared by cities. The rows are ours alone, but an index is the whole table's."""
    import_register(OPERATOR, write(tmp_path, [person(7)]), processes=0)
    settings.INSTALLATION = replace(settings.INSTALLATION, municipality_code="011002")
    monkeypatch.setattr(importing, "set_aside", lambda tables: pytest.fail("another city's rows lost their indexes"))
    monkeypatch.setattr(importing, "_known_people", lambda numbers: pytest.fail("nobody of this city is known yet"))
    import_register(OPERATOR, write(tmp_path, [person(7, opened_on="20100101")], "second.csv"), processes=0)
    assert sorted(Person.objects.values_list("municipality_code", "atena_no")) == [("011002", "0000000007"), ("012033", "0000000007")]


@pytest.mark.django_db
def test_登録のある市への取込みは知っている世帯番号を二度作らない(tmp_path):
    """The second file finds the households of the first, and its people are looked for."""
    import_register(OPERATOR, write(tmp_path, [person(7)]), processes=0)
    wife = person(8, household_no="0000000070", relationship_code="妻", order_in_household="2", opened_on=date(2010, 1, 1).strftime("%Y%m%d"))
    import_register(OPERATOR, write(tmp_path, [wife], "second.csv"), processes=0)
    assert (Person.objects.count(), Household.objects.count()) == (2, 1)
