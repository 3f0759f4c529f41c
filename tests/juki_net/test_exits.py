"""住基ネットの出口 — every screen that hides answers of somebody protected as of nobody. domain §7; daicho/site/exits.py."""

import pytest

from daicho import clock
from daicho.contracts.issue_block_v1 import BlockedPerson, IssueBlockV1
from daicho.values.numbers import JuminhyoCode
from tests.contracts.juki_samples import CODE
from tests.exits import Probe, nobody_there
from tests.juki_net.searching import CASE, HANAKO, P, public_id, search, signed_in
from tests.juki_net.sending import deliver
from tests.staff.people import TODAY

pytestmark = pytest.mark.django_db


def test_対象者はどの画面でもいない人と同じである(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    with clock.at(TODAY):
        deliver(HANAKO)
        deliver(IssueBlockV1(clock.now(), (BlockedPerson(CODE, clock.today()),)))
        client = signed_in(P.SEARCH_BY_CODE, P.SEARCH_BY_NUMBER, P.SEARCH_BY_ITEMS, P.IDENTITY_READ, P.NUMBER_REVEAL)
        search(client, juminhyo_code=CODE)  # the case is in hand
        typed = tuple({**CASE, "sex": "any", "juminhyo_code": code} for code in (CODE, str(JuminhyoCode.from_body("9999999998"))))
        probe = Probe(
            opened={"identity_card": (public_id(),), "identity_number": (public_id(),)},
            form={"identity_number": {"item": "juminhyo_code"}},
            typed={"identity_found": typed},
        )
        nobody_there("juki_net", client, probe)
