"""架空の一市の副本 — the made-up city fills this room too: the same people, under the numbers that atena's file has. S3-06; design §10."""

import csv

import pytest

from daicho import audit
from daicho.chukan.commands import import_replicas
from daicho.chukan.commands.replicas import opened
from daicho.chukan.models import Person, Replica
from daicho.chukan.permissions import ChukanPermission
from synthetic import atena_file, city, replica_file
from tests.chukan.sending import deliver, replica

LOADER = audit.Actor.system("import", ChukanPermission.REPLICA_ACCEPT)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("city")
    people = list(city.people(1, 400))
    replica_file.write(people, folder / "replica.csv")
    atena_file.write(people, folder / "atena.csv")
    return folder


def rows_of(file):
    with file.open(encoding="utf-8", newline="") as opened_file:
        return list(csv.DictReader(opened_file))


@pytest.mark.django_db
def test_全員が一つの誤りもなく取り込まれる(files):
    rows = rows_of(files / "replica.csv")
    assert import_replicas(LOADER, files / "replica.csv") == len(rows) > 400
    assert Replica.objects.filter(state="removed").count() == sum(row["state"] == "removed" for row in rows) > 10
    told = {opened(kept).name_kanji for kept in Replica.objects.select_related("person")[:50]}
    assert told <= {row["name_kanji"] for row in rows}


def test_統合宛名の表と同じ人が同じ番号で載る(files):
    """The same people in every system, the same number in both files, no number twice."""
    mine = {row["integrated_atena_no"]: (row["name_kanji"], row["address"]) for row in rows_of(files / "replica.csv")}
    theirs = {row["integrated_atena_no"]: (row["name"], row["address"]) for row in rows_of(files / "atena.csv")}
    assert mine == theirs


@pytest.mark.django_db
def test_原本照合の鍵のない人は次の副本で鍵を得る(files):
    """A first load has no key of the register's; what atena relays next brings it (G-20)."""
    import_replicas(LOADER, files / "replica.csv")
    person = Person.objects.order_by("integrated_atena_no").first()
    assert person.register_key is None
    told = opened(Replica.objects.get(person=person))
    same = replica(**{name: value for name, value in vars(told).items() if name not in ("as_of", "register_key")}, register_key="a" * 32)
    assert deliver(same).status == "acknowledged"
    person.refresh_from_db()
    assert (person.register_key, person.replicas.count()) == ("a" * 32, 2)
