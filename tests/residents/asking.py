"""交付請求のことば — a third party's request, taken in, matched, approved by another officer and in hand, for tests that need no more of it. 住民基本台帳法第12条の3."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from daicho import clock
from daicho.residents.commands.application_decisions import Decision, decide
from daicho.residents.commands.applications import match, receive, take_in_hand
from daicho.residents.models import Visit
from daicho.residents.rules.application_allowed import Allowed
from daicho.residents.rules.applications import NUMBERS, Ground, Stated, StatedLine, StatedSubject, Way
from tests.cast import CLERK, EXAMINER

COPIES = 9
CREDITOR = Stated(
    Ground.THIRD_PARTY, Way.COUNTER, requester_name="坂の上　三郎", requester_address="札幌市中央区南一条西一丁目1番地", identity=("driving_licence",),
    claim="right_or_duty", purpose="相続の手続のため", evidence="戸籍の写し", beyond_basic="同一人の確認のため",
)  # fmt: skip


def approved(kind: str, people: Sequence[UUID], shown: Iterable[str] = ()) -> Visit:
    """A 受付 of the clerk's on a request that another officer approved: these people, this certificate, these entries."""
    shown = tuple(code for code in shown if code not in NUMBERS)  # which no third party is ever allowed
    subjects = tuple(StatedSubject("だれか", "小樽市花園2丁目12番1号") for _ in people)
    stated = replace(CREDITOR, subjects=subjects, lines=(StatedLine(kind, COPIES),), shown=shown)
    row = receive(CLERK, stated, clock.today())
    for place, person in enumerate(people, 1):
        match(CLERK, row.public_id, place, person)
    given = Allowed(frozenset(map(str, people)), {kind: COPIES}, frozenset(shown), clock.today() + timedelta(30))
    decide(EXAMINER, row.public_id, Decision(given, "疎明資料を確認した", is_safe=True))
    Visit.objects.filter(opened_by_id_no=CLERK.account_id, closed_at__isnull=True).update(closed_at=clock.now())
    return take_in_hand(CLERK, row.public_id)
