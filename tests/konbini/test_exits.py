"""コンビニ交付の出口 — every screen that hides answers of somebody protected as of nobody. domain §7; daicho/site/exits.py."""

from datetime import date

import pytest

from daicho.konbini.models import CertifiedPerson
from daicho.konbini.permissions import KonbiniPermission as P
from tests.contracts.block_samples import block
from tests.contracts.convenience_samples import HANAKO
from tests.exits import Probe, nobody_there
from tests.konbini.sending import HOUSEHOLD, ask, send
from tests.konbini.test_screens import signed_in

pytestmark = pytest.mark.django_db


def test_対象者はどの画面でもいない人と同じである(family, settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    send(block(HANAKO.atena_no, date(2026, 4, 10)))
    ask(user_certificate_serial=HANAKO.user_certificate_serial)
    ask(certificate_kind=HOUSEHOLD)
    hanako = CertifiedPerson.objects.get(atena_no=HANAKO.atena_no)
    probe = Probe(
        opened={"person": (hanako.public_id,)},
        typed={"person_find": ({"atena_no": HANAKO.atena_no}, {"atena_no": "1000009999"})},
        listed=("answers",),
        words=(str(hanako.public_id), "table__count"),
    )
    nobody_there("konbini", signed_in(P.PERSON_READ, P.ANSWER_READ), probe)
