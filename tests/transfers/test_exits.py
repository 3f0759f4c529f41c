"""庁内連携の出口 — every screen that hides answers of somebody protected as of nobody. domain §7; daicho/site/exits.py."""

from dataclasses import replace
from datetime import date

import pytest

from daicho.transfers.models import Person, WriteBack
from daicho.transfers.permissions import TransfersPermission as P
from tests.contracts.block_samples import block
from tests.contracts.transfer_samples import ATENA, ENTRY, MOVE_IN, OTHER_ATENA
from tests.exits import Probe, nobody_there
from tests.transfers.city_hall import granted, may_write
from tests.transfers.officers import signed_in
from tests.transfers.sending import deliver, told

pytestmark = pytest.mark.django_db


def test_対象者はどの画面でもいない人と同じである():
    granted()
    may_write()
    told(MOVE_IN, replace(MOVE_IN, atena_no=OTHER_ATENA))
    deliver(ENTRY, sender="departments")
    told(block(ATENA, date(2026, 4, 10)))
    person, entry = Person.objects.get(atena_no=ATENA), WriteBack.objects.get()
    probe = Probe(
        opened={"person": (person.public_id,), "write_back": (entry.public_id,)},
        typed={
            "person_found": ({"atena_no": ATENA}, {"atena_no": "1000009990"}),
            "records_found": ({"outcome": "any", "atena_no": ATENA}, {"outcome": "any", "atena_no": "1000009990"}),
        },
        listed=("write_backs",),
        words=(ATENA, str(entry.public_id), "E-0001"),
    )
    nobody_there("transfers", signed_in("n.ogawa", (P.PERSON_READ, P.RECORD_READ, P.WRITE_BACK_READ)), probe)
