"""自動応答不可の人 — who may not know sees nobody; who must know is warned first. F-1-52; domain §7."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho import audit, clock
from daicho.chukan.commands import set_withholding
from daicho.chukan.models import Inquiry, Person
from daicho.chukan.permissions import ChukanPermission as Right
from tests.chukan.sending import OTHER_NO, ask, deliver, other, put, replica, someone_asked_about
from tests.contracts.chukan_samples import INTEGRATED_NO
from tests.staff.people import TODAY, signed_in
from tests.ui.alike import same_page, statements

pytestmark = pytest.mark.django_db
NOBODY = "000000000000991"
BLIND = (Right.PERSON_READ, Right.INQUIRY_READ, Right.PROVISION_READ)


@pytest.fixture(autouse=True)
def today(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    with clock.at(TODAY):
        yield


@pytest.fixture
def protected():
    """Asked about before and after the register said 不開示."""
    someone_asked_about()
    put(ask())
    with clock.at(clock.now() + timedelta(seconds=1)):
        assert deliver(replica(withheld_from=date(2026, 1, 1))).status == "acknowledged"
        put(ask())
    deliver(other())
    return Person.objects.get(integrated_atena_no=INTEGRATED_NO)


class Test知ってはならない職員:
    def test_番号でも記録でもいない人と同じである(self, protected):
        client = signed_in(*BLIND)
        same_page([(client.post("/replica/find/", {"integrated_atena_no": number}), number) for number in (INTEGRATED_NO, NOBODY)], status=422)
        nobody, record = uuid.uuid4(), Inquiry.objects.filter(result="answered").get().pk
        for one, path in (
            (protected.pk, "/replica/{}/"), (protected.pk, "/replica/{}/versions/1/"), (record, "/inquiries/{}/"), (record, "/inquiries/?before={}"),
        ):  # fmt: skip
            paths = [path.format(each) for each in (one, nobody)]
            same_page([(client.get(path), path) for path in paths])
        listed = client.get("/inquiries/").content.decode()
        assert "該当する記録はありません" in listed and "1件" not in listed

    def test_他の人は見える(self, protected):
        assert signed_in(*BLIND).post("/replica/find/", {"integrated_atena_no": OTHER_NO}).status_code == 302

    def test_不開示が解かれれば再び見える(self, protected):
        with clock.at(clock.now() + timedelta(seconds=2)):
            deliver(replica())
            assert signed_in(*BLIND).post("/replica/find/", {"integrated_atena_no": INTEGRATED_NO}).status_code == 302

    def test_職員が自動応答をしないと決めた人も同じである(self):
        deliver(replica())
        setter = audit.Actor.system("tests", Right.WITHHOLDING_SET)
        set_withholding(setter, Person.objects.get().pk, since=clock.today(), until=None, reason="確認中")
        assert signed_in(*BLIND).post("/replica/find/", {"integrated_atena_no": INTEGRATED_NO}).status_code == 422

    def test_問合せはだれを探しても同じである(self, protected):
        client, shapes = signed_in(*BLIND), []
        for number in (INTEGRATED_NO, NOBODY):
            with CaptureQueriesContext(connection) as queries:
                client.post("/replica/find/", {"integrated_atena_no": number})
            shapes.append(statements(queries, number))
        assert shapes[0] == shapes[1]


def test_知るべき職員には警告が最初に出る(protected):
    main = signed_in(*BLIND, Right.PROTECTED_READ).get(f"/replica/{protected.pk}/").content.decode().split("<main", 1)[1]
    assert main.index("自動応答をしない人です") < main.index(INTEGRATED_NO)
