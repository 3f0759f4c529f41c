"""住民記録の出口 — every screen of the register that hides answers of somebody hidden as of nobody. domain §7; daicho/site/exits.py."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.http import Http404

from daicho.outbox.models import Notice
from daicho.residents.commands import blocks
from daicho.residents.commands.blocks import BlockForm
from daicho.residents.models import ImmigrationNotice, Person
from daicho.residents.queries.immigration import get_immigration_notice
from daicho.residents.rules.blocks import BlockKind, Process, Strength, Term
from daicho.site import exits
from daicho.site.exits import Decision
from tests.cast import CLERK, NGUYEN, TARO
from tests.exits import Probe, nobody_there
from tests.residents.screens.reading_steps import desk, family

pytestmark = pytest.mark.django_db
BLIND = (
    "residents:visit:open", "residents:person:search", "residents:person:read", "residents:history:read", "residents:number:reveal", "residents:number:search",
    "residents:audit:read", "residents:notice:read",
)  # fmt: skip
POSTED = ("notice_resend", "notice_withdraw", "immigration_resend", "immigration_send")
"""Steps that need a right beside the one to look, by which the officer must know."""
ASKED = (
    "applications", "application", "application_edit", "application_find", "application_money", "application_new", "application_step",
)  # fmt: skip
"""交付請求 by who may not know: test_applications_of_protected.py holds a request about somebody hidden against one about nobody."""


def test_隠された人はどの画面でもいない人と同じである(monkeypatch: pytest.MonkeyPatch):
    """Of a Japanese resident with notices, and of a foreign one with a message of 入管庁."""
    [taro], [an] = family(TARO), family(NGUYEN)
    for person in (taro, an):
        term = Term(Process.INQUIRY, Strength.ERROR, date(2026, 4, 10))
        blocks.set_block(CLERK, person, BlockForm(BlockKind.OTHER, "照会の抑止", (term,)))
    notice = Notice.objects.filter(because_event__isnull=False).earliest("pk").notice_id
    message = ImmigrationNotice.objects.get(person__public_id=an).public_id
    own = dict.fromkeys(("person", "person_audit", "person_number", "history", "household_history", "notes", "column", "as_of"), (taro,))
    number = Person.objects.get(public_id=taro).atena_no
    monkeypatch.setattr(
        exits, "ROUTES", {name: one for name, one in exits.ROUTES.items() if name.removeprefix("residents:") not in (*POSTED, *ASKED, "history_compare")}
    )
    probe = Probe(
        opened={**own, "history_spell": (taro, 1), "notice": (notice,), "immigration_notice": (message,)},
        typed={
            "search_results": ({"name": TARO.name, "birth": TARO.birth}, {"name": TARO.name, "birth": "昭和55年3月8日"}),
            "events_found": ({"atena_no": number}, {"atena_no": "1000009999"}),
        },
        listed=("search", "residence_terms", "notices", "immigration"),
        words=(str(taro), str(an), NGUYEN.texts["foreign_name_alphabet"]),
        form={"person_number": {"entry": "juminhyo_code"}, "as_of": {"day": "令和8年4月10日"}},
    )
    nobody_there("residents", desk(*BLIND), probe)
    assert {name.removeprefix("residents:") for name, one in exits.ROUTES.items() if one.decision is Decision.HIDES and name.startswith("residents:")} >= set(
        own
    )


def test_見る権限のある職員には同じ画面がその人を示す():
    """The other half: the probe above asks screens that do show somebody."""
    [taro], [an] = family(TARO), family(NGUYEN)
    clerk = desk()
    message = ImmigrationNotice.objects.get(person__public_id=an).public_id
    shown = [f"/person/{taro}/", f"/person/{taro}/history/", f"/person/{taro}/household/history/", f"/person/{taro}/notes/", f"/person/{taro}/column/"]
    assert [clerk.get(address).status_code for address in shown] == [200] * len(shown)
    assert get_immigration_notice(CLERK, message).listed.row.person.public_id == an
    with pytest.raises(Http404):
        get_immigration_notice(CLERK, UUID(int=uuid4().int))
