"""本人確認情報ファイルの取込み — the made-up city in file (2): everybody with 更新順番号 1, the removed as removed; a bad file leaves nothing."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from daicho import clock, vault
from daicho.audit.actor import Actor
from daicho.juki_net.commands.importing import BadFile, import_identity
from daicho.juki_net.models import IdentityRecord, IdentityVersion
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.rules.items import CURRENT, REMOVED
from synthetic import city, identity_file

pytestmark = pytest.mark.django_db
OPERATOR = Actor.system("import", JukiNetPermission.IDENTITY_UPDATE)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return city.write_files(tmp_path, 3, 300, ("juki_net",))["juki_net"]


def change(file: Path, row_no: int, **cells: str) -> None:
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))
    rows[row_no - 2].update(cells)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, identity_file.COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_全員が更新順番号1で入り除かれた者は消除になる(file: Path) -> None:
    """S2-01: nobody is told; file (2) holds the same people as the register."""
    people = list(city.people(3, 300))
    with clock.at(date(2026, 4, 10)):
        assert import_identity(OPERATOR, file) == len(people)
    records = IdentityRecord.objects.all()
    assert set(records.values_list("update_sequence_no", flat=True)) == {1}
    assert records.filter(record_status_flag=CURRENT).count() == 300
    assert records.filter(record_status_flag=REMOVED).count() == len(people) - 300
    assert IdentityVersion.objects.count() == len(people)
    code = str(people[0].rows[0].entries["juminhyo_code"])
    row = records.get(juminhyo_code_ref=vault.find(vault.NumberKind.JUMINHYO_CODE, code))
    assert (row.name_kanji, row.birth_date.encode()) == (people[0].shown_name, people[0].birth_code)


def test_悪い行はすべて示され何も残らない(file: Path) -> None:
    change(file, 2, juminhyo_code="12345678901")
    change(file, 5, event_reason_code="99")
    change(file, 9, birth_date="20250229")
    with pytest.raises(BadFile) as caught:
        import_identity(OPERATOR, file)
    assert [(b.row_no, b.item) for b in caught.value.bad] == [(2, "juminhyo_code"), (5, "event_reason_code"), (9, "birth_date")]
    assert not any("12345678901" in b.reason or "20250229" in b.reason for b in caught.value.bad)
    assert IdentityRecord.objects.count() == 0


def test_様式にない見出しは断る(tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("juminhyo_code,no_such_column\n", "utf-8")
    with pytest.raises(ValueError, match="no_such_column"):
        import_identity(OPERATOR, file)
