"""付番の状況の画面 — the last number of each series, every gap with its reason, and what has none. 標準1.1.13, 5.5."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from daicho import clock, numbering
from daicho.numbering import registry
from daicho.numbering.permissions import NumberingPermission
from daicho.residents.models import Household
from daicho.values.numbers import HouseholdNo
from tests.staff.people import TODAY, signed_in

pytestmark = pytest.mark.django_db
READ = NumberingPermission.READ


@pytest.fixture(autouse=True)
def today(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    with clock.at(TODAY):
        yield


def words(answer: HttpResponse) -> str:
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"[✓✕!●]", " ", re.sub(r"<[^>]+>", " ", main)).split())


def found(*serials: int) -> None:
    """Households under these serials of the series."""
    code, now = settings.INSTALLATION.municipality_code, clock.now()
    numbers = [str(HouseholdNo.from_serial(serial, 10)) for serial in serials]
    Household.objects.bulk_create([Household(municipality_code=code, household_no=number, founded_at=now) for number in numbers])


def test_住民記録は七つの系列を付ける():
    """標準1.1.13, 5.5; 交付請求 (decision 0051): what `take` is called for in this system."""
    assert registry.drawn() == ("atena_no", "household_no", "filing_no", "visit_no", "application_no", "certificate_no", "juminhyo_no")


def test_使われている番号と理由のある欠番だけなら正常():
    numbering.take("household_no", 3)
    found(1, 2, 3)
    numbering.leap(1000, "復元：機器の故障", "restore")
    numbering.take("household_no", 2)
    found(1004, 1005)
    page = words(signed_in(READ).get("/numbers/"))
    assert "世帯番号の連番部 標準1.1.13 1,005 1か所 正常" in page
    assert "世帯番号の連番部 4から1,003 1,000 復元：機器の故障 控えからの復元" in page
    assert "説明のない欠番" not in page


def test_説明のない欠番は目立つ():
    """A number that was given out and stands nowhere: something was lost."""
    numbering.take("household_no", 9)
    found(1, 2, 4, 5, 6)
    numbering.leave_out("household_no", 8, 8, "世帯の設定を取りやめた", "t.honma")
    page = words(signed_in(READ).get("/numbers/"))
    assert "説明のない欠番があります" in page
    assert "世帯番号の連番部 標準1.1.13 9 1か所 説明のない欠番 3、7、9" in page
    assert "世帯番号の連番部 8 1 世帯の設定を取りやめた t.honma" in page


def test_発行番号はその日の分を調べる():
    """標準5.5: it begins again each day."""
    numbering.take("certificate_no", 2)
    client = signed_in(READ)
    assert "発行番号の連番 令和8年7月1日の分 標準5.5（発行された順に付された番号） 2 0か所 説明のない欠番 1から2" in words(client.get("/numbers/"))
    assert "発行番号の連番 令和8年6月30日の分 標準5.5（発行された順に付された番号） （空欄） 0か所 正常" in words(client.get("/numbers/?on=R8.6.30"))


def test_権限がなければ見られない():
    assert signed_in().get("/numbers/").status_code == 403


def test_問合せの数は番号の数によらない():
    client = signed_in(READ)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/numbers/").status_code == 200
        return sum("numbering_" in query["sql"] for query in seen.captured_queries)

    before = asked()
    numbering.take("household_no", 50)
    found(*range(1, 50, 2))
    assert (before, asked()) == (9, 9)
