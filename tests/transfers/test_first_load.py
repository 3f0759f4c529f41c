"""初期登録 — the made-up city in the room: the same people as the register's file, without those who died; a bad file leaves nothing. G-25; 評価書II(1)2③."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.staff.models import Account
from daicho.transfers.commands.importing import BadFile, import_people
from daicho.transfers.models import Person, TransferGrant, TransferRecord
from daicho.transfers.permissions import TransfersPermission
from synthetic import accounts, city, grants, transfer_file
from tests.transfers.city_hall import NOBODY
from tests.transfers.sending import posted, pull_all

pytestmark = pytest.mark.django_db
OPERATOR = Actor.system("import", TransfersPermission.PERSON_UPDATE)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    return city.write_files(tmp_path, 3, 300, ("residents", "transfers"))


def change(file: Path, row_no: int, **cells: str) -> None:
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))
    rows[row_no - 2].update(cells)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, transfer_file.COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def newest_rows(file: Path) -> dict[str, dict[str, str]]:
    """The last row of each person in the register's file, and how many there are."""
    found: dict[str, dict[str, str]] = {}
    with file.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            row["history_no"] = str(int(found.get(row["atena_no"], {"history_no": "0"})["history_no"]) + 1)
            found[row["atena_no"]] = row
    return found


def test_住民記録の資料と同じ人が同じ履歴番号で入り死亡した者は入らない(files: dict[str, Path]):
    count = import_people(OPERATOR, files["transfers"])
    register = newest_rows(files["residents"])
    wanted = {no: row for no, row in register.items() if row["removal_reason_code"] != "death"}
    assert count == len(wanted) < len(register)
    for person in Person.objects.all():
        row = wanted[person.atena_no]
        assert (str(person.history_no), person.address, person.household_no or "") == (row["history_no"], row["address"], row["household_no"])
        assert (f"{person.removed_on:%Y%m%d}" if person.removed_on else "") == row["closed_on"]
        assert person.birth_date == row["birth_date"]


def test_取り込んでも誰にも知らせず許可のある課は全件を取り出せる(files: dict[str, Path]):
    """N-7.2.3-03."""
    with clock.at(date(2026, 4, 10)):
        made = accounts.make_accounts(lambda key: "umi-to-saka-1884")
        accounts.load(made)
        assert grants.load() == 2
        count = import_people(OPERATOR, files["transfers"])
        assert (posted(), TransferRecord.objects.count()) == ([], 0)
        found, _ = pull_all()
        assert len(found) == len(set(found)) == count


def test_見本の許可は二人の職員が入れ二度目は何も変えない():
    """F-1-41: also in the demo."""
    accounts.load(accounts.make_accounts(lambda key: "umi-to-saka-1884"))
    assert (grants.load(), grants.load()) == (2, 0)
    row = TransferGrant.objects.get(purpose_code="005")
    assert (row.proposed_by, row.approved_by) == ("小川　直樹", "本間　隆")
    assert {row.proposed_by_id_no, row.approved_by_id_no} <= set(Account.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("cells", "item"),
    [
        ({"atena_no": ""}, "atena_no"),
        ({"atena_no": "12a"}, "atena_no"),
        ({"history_no": "x"}, "history_no"),
        ({"recorded_at": "昨日"}, "recorded_at"),
        ({"birth_date": "1985-13-01"}, "birth_date"),
        ({"sex_code": "5"}, "sex_code"),
        ({"opened_on": "20260230"}, "opened_on"),
        ({"address": "花" * 301}, "address"),
        ({"event_reason": ""}, "event_reason"),
    ],
)
def test_誤りのある資料は一人も取り込まず全ての誤りを示す(files: dict[str, Path], cells: dict[str, str], item: str):
    change(files["transfers"], 5, **cells)
    change(files["transfers"], 9, sex_code="7")
    with pytest.raises(BadFile) as refused:
        import_people(OPERATOR, files["transfers"])
    assert {(bad.row_no, bad.item) for bad in refused.value.bad} == {(5, item), (9, "sex_code")}
    assert not Person.objects.exists()


def test_見出しが様式と違えば断る(tmp_path: Path):
    file = tmp_path / "x.csv"
    file.write_text("atena_no,individual_number\n1,2\n", "utf-8")
    with pytest.raises(ValueError, match="heading"):
        import_people(OPERATOR, file)


def test_すでにいる人の資料は断り権限のない者は取り込めない(files: dict[str, Path]):
    with pytest.raises(audit.Refused):
        import_people(NOBODY, files["transfers"])
    import_people(OPERATOR, files["transfers"])
    with pytest.raises(IntegrityError):
        import_people(OPERATOR, files["transfers"])
