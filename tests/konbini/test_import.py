"""証明データの初期登録 — a file of a whole city is taken in, all or nothing, and the notices go on from there. S5-01; `daicho import`."""

from __future__ import annotations

import csv
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError

from daicho import audit
from daicho.contracts.certificate_data_v1 import CertifiedEntries
from daicho.contracts.certificate_data_v1 import CertifiedPerson as Told
from daicho.konbini.commands.importing import BadFile, import_certificate_data
from daicho.konbini.models import CertifiedPerson
from daicho.konbini.permissions import KonbiniPermission
from daicho.konbini.rules.import_row import layout
from synthetic import certificate_file
from synthetic.city import people
from tests.contracts.convenience_samples import FAMILY, MINH, TARO
from tests.konbini.sending import ask, beat, paper_of, tell

pytestmark = pytest.mark.django_db
IMPORTER = audit.Actor.system("import", KonbiniPermission.DATA_TAKE)


def written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, date):
        return f"{value:%Y%m%d}"
    return " ".join(value) if isinstance(value, tuple) else str(value)


def write(file: Path, *persons: Told, **cells: str) -> Path:
    """A file of these people; `cells` overwrites cells of every row."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(layout()), lineterminator="\n")
        writer.writeheader()
        for one in persons:
            row = {f.name: written(getattr(one, f.name)) for f in fields(Told) if f.name != "entries"}
            if one.entries is not None:
                row |= {f.name: written(getattr(one.entries, f.name)) for f in fields(CertifiedEntries)}
            writer.writerow({**row, **cells})
    return file


def test_取り込んだ人に通知で届いた人と同じ証明書を交付する(city, tmp_path):
    """The same paper as from a notice, but for its 発行番号 and 契印 at the foot."""
    tell(*FAMILY)
    beat()
    from_notice = paper_of(ask(shown=("01", "02", "03"))).split("コンビニ")[0]
    other = [replace(one, atena_no=f"30000000{at}", user_certificate_serial=f"CARD{at}") for at, one in enumerate(FAMILY)]
    assert import_certificate_data(IMPORTER, write(tmp_path / "file.csv", *other)) == 3
    assert paper_of(ask(user_certificate_serial="CARD0", shown=("01", "02", "03"))).split("コンビニ")[0] == from_notice


def test_取り込んだ後の通知は取り込んだ記録に替わる(city, tmp_path):
    import_certificate_data(IMPORTER, write(tmp_path / "file.csv", *FAMILY, MINH))
    tell(replace(TARO, history_no=2, entries=replace(TARO.entries, address="北海道小樽市色内1丁目3番5号")))
    beat()
    assert "色内" in paper_of(ask())
    assert CertifiedPerson.objects.count() == 4


def test_消除された人はカードと消除日だけで取り込む(tmp_path):
    import_certificate_data(IMPORTER, write(tmp_path / "file.csv", replace(TARO, closes_on=date(2026, 4, 1), entries=None)))
    row = CertifiedPerson.objects.get()
    assert (row.entries_ref, row.closes_on) == (None, date(2026, 4, 1))


@pytest.mark.parametrize(
    ("cells", "item"),
    [
        ({"atena_no": ""}, "atena_no"),
        ({"atena_no": "12x"}, "atena_no"),
        ({"history_no": "一"}, "history_no"),
        ({"is_prohibited": "yes"}, "is_prohibited"),
        ({"closes_on": "20260230"}, "closes_on"),
        ({"birth_date": "昭和"}, "birth_date"),
        ({"user_certificate_serial": "あいう"}, "user_certificate_serial"),
        ({"sex_code": "12"}, "sex_code"),
    ],
)
def test_読めない行は行と項目を示し何も取り込まない(tmp_path, cells, item):
    file = write(tmp_path / "file.csv", TARO, **cells)
    with pytest.raises(BadFile) as bad:
        import_certificate_data(IMPORTER, file)
    [fault] = bad.value.bad
    assert (fault.row_no, fault.item, CertifiedPerson.objects.count()) == (2, item, 0)
    assert not any(value and value in fault.reason for value in cells.values() if len(value) > 2)


def test_一行でも誤りがあれば全ての誤りを示し一人も取り込まない(tmp_path):
    file = write(tmp_path / "file.csv", *FAMILY)
    lines = file.read_text("utf-8").splitlines()
    lines[2] = lines[2].replace(",1,", ",x,", 1)
    lines[3] = lines[3].replace(",1,", ",x,", 1)
    file.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(BadFile) as bad:
        import_certificate_data(IMPORTER, file)
    assert [fault.row_no for fault in bad.value.bad] == [3, 4]
    assert CertifiedPerson.objects.count() == 0


def test_知らない列のある様式は取り込まない(tmp_path):
    file = write(tmp_path / "file.csv", TARO)
    file.write_text(file.read_text("utf-8").replace("remarks", "memo", 1), "utf-8")
    with pytest.raises(ValueError, match="memo"):
        import_certificate_data(IMPORTER, file)


def test_既にいる人のある様式は取り込まない(tmp_path):
    from django.db import transaction

    tell(TARO)
    with pytest.raises(IntegrityError), transaction.atomic():
        import_certificate_data(IMPORTER, write(tmp_path / "file.csv", TARO))


def test_権限のない者は取り込めない(tmp_path):
    with pytest.raises(audit.Refused):
        import_certificate_data(audit.Actor.system("somebody"), write(tmp_path / "file.csv", TARO))


def test_架空の市をまるごと取り込み住んでいる人だけがいる(city, tmp_path):
    """The same people, the same 宛名番号 as the resident register's file."""
    made = list(people(1, 400))
    certificate_file.write(made, tmp_path / "file.csv")
    assert import_certificate_data(IMPORTER, tmp_path / "file.csv") == CertifiedPerson.objects.count() >= 395
    atena_nos = {one.atena_no for one in made}
    assert set(CertifiedPerson.objects.values_list("atena_no", flat=True)) < atena_nos
    beat()
    from synthetic.register_file import newest

    holders = [one for one in made if newest(one).get("user_certificate_serial") and not newest(one).get("removal_reason_code")]
    one = holders[7]
    paper = paper_of(ask(user_certificate_serial=str(newest(one)["user_certificate_serial"]), shown=("01", "02")))
    assert "".join(one.shown_name.split()) in paper
