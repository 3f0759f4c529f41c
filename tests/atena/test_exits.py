"""統合宛名の出口 — every screen that hides answers of somebody protected as of nobody. domain §7; daicho/site/exits.py."""

from datetime import date

import pytest

from daicho.atena.models import IntegratedPerson, NumberDouble
from daicho.atena.permissions import AtenaPermission as P
from tests.atena.departments import answer_to, question
from tests.atena.desks import signed_in
from tests.atena.sending import deliver
from tests.contracts.atena_samples import ATENA_NO, HANAKO, JIRO, told
from tests.contracts.block_samples import block
from tests.exits import Probe, nobody_there

pytestmark = pytest.mark.django_db
BLIND = (P.PERSON_SEARCH, P.PERSON_READ, P.NUMBER_REVEAL, P.DOUBLE_READ, P.INQUIRY_READ)


def test_対象者はどの画面でもいない人と同じである(allowed, settings):
    """Also in a double with somebody else, and among the questions of the departments."""
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    deliver(told(HANAKO, JIRO))
    answer_to(question())
    hanako, jiro = (IntegratedPerson.objects.get(name=who.name) for who in (HANAKO, JIRO))
    double = NumberDouble.objects.create(holder=hanako, claimant=jiro, individual_number_ref=1, affair_code="0401", found_at=hanako.numbered_at)
    deliver(block(ATENA_NO, date(2026, 4, 3)))
    client = signed_in(*BLIND)
    number = hanako.integrated_atena_no
    client.post("/search/found/", {"purpose": "person", "integrated_atena_no": number})  # a purpose is chosen
    probe = Probe(
        opened={"person": (hanako.public_id,), "person_number": (hanako.public_id,), "double": (double.public_id,)},
        form={"person_number": {"reason": "照合"}},
        typed={
            "search_results": (
                {"purpose": "person", "integrated_atena_no": number},
                {"purpose": "person", "integrated_atena_no": "000000000009024"},
            )
        },
        listed=("doubles", "inquiries"),
        words=(number, str(double.public_id)),
    )
    nobody_there("atena", client, probe)
    assert number in signed_in(*BLIND, P.PROTECTED_READ, login="k.otaru").get("/inquiries/").content.decode()
