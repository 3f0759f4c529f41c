"""統合宛名の初期登録 — the made-up city in atena: everybody under the number of the file, the removed too; a bad file leaves nothing. S4-01, S4-02."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from daicho import audit, clock, vault
from daicho.atena.commands.importing import BadFile, import_persons
from daicho.atena.models import AffairAtena, HeldNumber, IntegratedPerson
from daicho.atena.permissions import AtenaPermission
from daicho.atena.queries.persons import _found
from daicho.atena.rules.search import SearchForm, read_search
from daicho.numbering.queries import unexplained
from daicho.outbox.models import Notice
from daicho.values.numbers import IntegratedAtenaNo
from synthetic import atena_file, city
from tests.atena.sending import deliver, to_chukan
from tests.contracts.atena_samples import HANAKO, told

pytestmark = pytest.mark.django_db
OPERATOR = audit.Actor.system("import", AtenaPermission.INFO_UPDATE)


@pytest.fixture(autouse=True)
def after_the_made_up_city():
    with clock.at(date(2026, 4, 10)):
        yield


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return city.write_files(tmp_path, 3, 300, ("atena",))["atena"]


def change(file: Path, changes: dict[int, dict[str, str]]) -> None:
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))
    for row_no, cells in changes.items():
        rows[row_no - 2].update(cells)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, atena_file.COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_全員がファイルの番号で入り誰にも知らされない(file: Path) -> None:
    people = list(city.people(3, 300))
    assert import_persons(OPERATOR, file) == len(people)
    rows = {row.integrated_atena_no: row for row in IntegratedPerson.objects.all()}
    assert set(rows) == {person.integrated_atena_no for person in people}
    assert sum(row.removed_on is not None for row in rows.values()) == len(people) - 300
    assert (AffairAtena.objects.count(), HeldNumber.objects.count(), Notice.objects.count()) == (len(people), len(people), 0)
    one = people[0]
    row = rows[one.integrated_atena_no]
    assert (row.name, row.birth_date) == (one.shown_name, one.birth_code)
    [number] = HeldNumber.objects.filter(person=row).values_list("individual_number_ref", flat=True)
    assert vault.reveal(number, because="試験") == one.rows[0].entries["individual_number"]


def test_入った人は住民記録の次の通知で同じ番号のまま続く(file: Path) -> None:
    import_persons(OPERATOR, file)
    one = next(city.people(3, 300))
    before = IntegratedPerson.objects.get(integrated_atena_no=one.integrated_atena_no)
    moved = replace(HANAKO, atena_no=one.atena_no, individual_number=str(one.rows[0].entries["individual_number"]), address="色内一丁目")
    deliver(told(moved, at=before.as_of + timedelta(days=1)))
    after = IntegratedPerson.objects.get(pk=before.pk)
    assert (after.integrated_atena_no, after.address) == (one.integrated_atena_no, "色内一丁目")
    assert [type(message).__name__ for message in to_chukan()] == ["ReplicaV1"]  # the 符号 was asked for by the system before


def test_新しい人には入った番号より上の番号が付き欠番は説明される(file: Path) -> None:
    """S4-01: never reused, gaps explained."""
    import_persons(OPERATOR, file)
    highest = max(IntegratedAtenaNo.parse(no).serial for no in IntegratedPerson.objects.values_list("integrated_atena_no", flat=True))
    deliver(told(HANAKO))
    newest = IntegratedPerson.objects.order_by("-pk").first()
    assert IntegratedAtenaNo.parse(newest.integrated_atena_no).serial == highest + 1
    in_use = [IntegratedAtenaNo.parse(no).serial for no in IntegratedPerson.objects.values_list("integrated_atena_no", flat=True)]
    assert unexplained("integrated_atena_no", in_use) == []


def test_番号の空欄のファイルでは順に付番する(file: Path) -> None:
    rows = len(file.read_text("utf-8").splitlines()) - 1
    change(file, {row_no: {"integrated_atena_no": "", "individual_number": ""} for row_no in range(2, rows + 2)})
    import_persons(OPERATOR, file)
    serials = [IntegratedAtenaNo.parse(no).serial for no in IntegratedPerson.objects.order_by("pk").values_list("integrated_atena_no", flat=True)]
    assert serials == list(range(1, rows + 1))
    assert HeldNumber.objects.count() == 0


def test_入った人は氏名と生年月日で見つかる(file: Path) -> None:
    import_persons(OPERATOR, file)
    one = next(person for person in city.people(3, 300) if person.name is not None and not person.uncertain_birth)
    keys, problems = read_search(SearchForm(name=one.name.kana, birth=f"{one.birth:%Y-%m-%d}"))
    assert problems == ()
    assert one.integrated_atena_no in [row.integrated_atena_no for row in _found(OPERATOR, keys)]


def test_悪い行はすべて示され値は示されず何も残らない(file: Path) -> None:
    first, second = list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))[:2]
    faults = {
        2: {"individual_number": "123456789012"}, 4: {"birth_date": "20250229"}, 5: {"sex_code": "x"}, 6: {"integrated_atena_no": ""},
        7: {"individual_number": second["individual_number"]}, 8: {"as_of": "2026-04-01T10:00:00"}, 9: {"integrated_atena_no": "999999999999999"},
    }  # fmt: skip
    change(file, faults)
    with pytest.raises(BadFile) as caught:
        import_persons(OPERATOR, file)
    assert [(b.row_no, b.item) for b in caught.value.bad] == [(row_no, next(iter(cells))) for row_no, cells in faults.items()]
    assert not any(value in b.reason for b in caught.value.bad for value in ("123456789012", "20250229", second["individual_number"], first["name"]))
    assert IntegratedPerson.objects.count() == 0


def test_様式にない見出しは断る(tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("atena_no,nationality_code\n", "utf-8")
    with pytest.raises(ValueError, match="nationality_code"):
        import_persons(OPERATOR, file)


def test_既にいる人は入らない(file: Path) -> None:
    import_persons(OPERATOR, file)
    with pytest.raises(IntegrityError):
        import_persons(OPERATOR, file)


def test_権限がなければ入らない(file: Path) -> None:
    with pytest.raises(audit.Refused):
        import_persons(replace(OPERATOR, grants=frozenset()), file)


def test_問合せの数は人数によらない(tmp_path: Path) -> None:
    counted = []
    for seed, size in ((5, 50), (6, 400)):
        file = city.write_files(tmp_path / str(seed), seed, size, ("atena",))["atena"]
        rows = len(file.read_text("utf-8").splitlines()) - 1
        cells = {no: {"integrated_atena_no": "", "individual_number": "", "atena_no": f"{seed}{no:06}"} for no in range(2, rows + 2)}
        change(file, cells)
        with CaptureQueriesContext(connection) as queries:
            import_persons(OPERATOR, file)
        counted.append(len(queries))
    assert counted[0] == counted[1], counted
