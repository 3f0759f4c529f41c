"""支援対象者についての交付請求 — examined by a 支援措置責任者, other than who took it in; for who may not know, like every other. domain §7; 住民基本台帳法第12条; decision 0051."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from daicho.audit.models import AuditEntry
from daicho.certificates.request import CertificateRequest, Requester
from daicho.residents.commands import certificates
from daicho.residents.commands.application_decisions import Decision, decide
from daicho.residents.commands.applications import NotReceived, add_order, match, receive, take_in_hand
from daicho.residents.commands.handing_over import NotToBeIssued
from daicho.residents.errors import CannotDo
from daicho.residents.models import Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.applications import get_application, list_applications
from daicho.residents.queries.certificates import Wanted
from daicho.residents.rules.application_allowed import Allowed
from daicho.residents.rules.application_states import State
from daicho.residents.rules.applications import Ground, Stated, StatedLine, StatedSubject, Way
from daicho.residents.rules.money_orders import MoneyOrder
from tests.cast import CLERK, EXAMINER, HANAKO, TARO, Role, officer
from tests.residents.recording import family_of
from tests.residents.test_support import apply, mayor  # noqa: F401 — who certifies

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)
MAIL_ROOM = replace(officer(9, "郵便　係", frozenset({str(Permission.APPLICATION_RECEIVE)})))
WITHOUT_DETAIL = replace(EXAMINER, grants=EXAMINER.grants - {str(Permission.SUPPORT_READ)})


def by_mail(person: UUID, role: Role, number: str) -> UUID:
    """A complete request of their own, with the fee, and the sheet looked up."""
    address = "小樽市花園2丁目12番1号"
    stated = Stated(
        Ground.OWN, Way.MAIL, standing="self", requester_name=role.name, requester_address=address, identity=("driving_licence",),
        subjects=(StatedSubject(role.name),), lines=(StatedLine("juminhyo_personal", 1),), return_to=address, return_check="residence", has_envelope="yes",
    )  # fmt: skip
    row = receive(CLERK, stated, TODAY)
    add_order(CLERK, row.public_id, MoneyOrder(number, 300))
    match(CLERK, row.public_id, 1, person)
    return row.public_id


def approving(person: UUID, **more: bool) -> Decision:
    return Decision(Allowed(frozenset({str(person)}), {"juminhyo_personal": 1}, frozenset(), TODAY + timedelta(30)), "本人の住所あて", **more)


def test_支援対象者の請求は別の支援措置責任者が住所の伝わらないことを確かめて認め抑止はなお交付を止める():
    """Approval lifts nothing: the 抑止 is lifted for one 受付 by its own two officers."""
    [hanako] = family_of(replace(HANAKO, relationship="世帯主"))
    apply(hanako)
    request = by_mail(hanako, HANAKO, "い1")
    with pytest.raises(CannotDo, match="受け付けた職員と別の職員"):
        decide(CLERK, request, approving(hanako, is_safe=True))
    with pytest.raises(CannotDo, match="支援措置責任者"):
        decide(WITHOUT_DETAIL, request, approving(hanako, is_safe=True))
    with pytest.raises(NotReceived) as refused:
        decide(EXAMINER, request, approving(hanako))
    assert [field for field, _ in refused.value.reasons] == ["is_safe"]
    decide(EXAMINER, request, approving(hanako, is_safe=True))
    Visit.objects.filter(closed_at__isnull=True).update(closed_at="2026-04-10T00:00:00Z")
    came = take_in_hand(CLERK, request)
    with pytest.raises(NotToBeIssued) as stopped:
        certificates.issue(CLERK, came, Wanted("juminhyo_personal", hanako, frozenset({hanako})), CertificateRequest(TODAY, Requester.SELF), "提出")
    assert any("発行禁止" in message for _, message in stopped.value.reasons)


def test_見ることのできない職員には支援対象者の請求もほかの請求と同じに見える():
    """State, day and all that is shown are equal; the reading names nobody."""
    taro, hanako = family_of(TARO, HANAKO)
    apply(hanako)
    plain, protected = by_mail(taro, TARO, "い1"), by_mail(hanako, HANAKO, "い2")
    assert [(line.standing.state, line.standing.due_on) for line in list_applications(MAIL_ROOM)] == [(State.EXAMINING, TODAY + timedelta(3))] * 2
    seen = [get_application(MAIL_ROOM, one) for one in (plain, protected)]
    assert len({(one.named, one.strict, one.standing) for one in seen}) == 1
    assert seen[1].named == () and seen[1].people == {}
    assert not AuditEntry.objects.filter(login=MAIL_ROOM.login, subjects__len__gt=0).exists()
    assert get_application(EXAMINER, protected).strict and not get_application(EXAMINER, plain).strict
    decide(CLERK, plain, approving(taro))  # a request of their own: whoever took it in may
