"""中間サーバーの出口 — every screen that hides answers of somebody protected as of nobody. domain §7; daicho/site/exits.py."""

from datetime import date, timedelta

import pytest

from daicho import clock
from daicho.chukan.models import Inquiry, Person
from daicho.chukan.permissions import ChukanPermission as Right
from tests.chukan.sending import ask, deliver, put, replica, someone_asked_about
from tests.contracts.chukan_samples import INTEGRATED_NO
from tests.exits import Probe, nobody_there
from tests.staff.people import TODAY, signed_in

pytestmark = pytest.mark.django_db


def test_対象者はどの画面でもいない人と同じである(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    with clock.at(TODAY):
        someone_asked_about()
        put(ask())
        with clock.at(clock.now() + timedelta(seconds=1)):
            deliver(replica(withheld_from=date(2026, 1, 1)))
            put(ask())
        person, record = Person.objects.get(), Inquiry.objects.filter(result="answered").get()
        probe = Probe(
            opened={"person": (person.pk,), "version": (person.pk, 1), "inquiry": (record.pk,)},
            typed={"find": ({"integrated_atena_no": INTEGRATED_NO}, {"integrated_atena_no": "000000000000991"})},
            listed=("inquiries",),
            words=(INTEGRATED_NO, str(person.pk), str(record.pk), "札幌市長　"),
        )
        nobody_there("chukan", signed_in(Right.PERSON_READ, Right.INQUIRY_READ), probe)
