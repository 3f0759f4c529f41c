"""コンビニ交付の履歴 — what konbini answered stands in the person's 交付履歴, once, and is never lost. std 1.3.8; S5-03, G-21."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from daicho import audit, clock
from daicho.audit.models import AuditEntry
from daicho.contracts import base
from daicho.outbox import intake
from daicho.outbox.envelope import Envelope, Reply
from daicho.residents.commands.convenience import record_convenience_issue
from daicho.residents.models import ConvenienceIssue
from daicho.residents.queries.certificates_issued import issued_to
from tests.cast import CLERK, FAMILY
from tests.contracts.convenience_samples import ISSUED
from tests.residents.counter import move_in_form, register

pytestmark = pytest.mark.django_db


def send(message: object, notice_id: str | None = None) -> Reply:
    definition = base.definition_of(message)
    envelope = Envelope(
        "konbini",
        "residents",
        str(uuid.UUID(int=1)),
        notice_id or str(uuid.uuid4()),
        definition.kind,
        1,
        (),
        clock.now(),
        "0" * 32,
        base.encode(message).decode(),
    )
    return intake.receive("konbini", envelope.to_bytes(), "127.0.0.1")


@pytest.fixture
def people():
    return [w.person for w in register("domestic_move_in", move_in_form(FAMILY[:2]))]


def history(person):
    return issued_to(replace(CLERK, visit_no="1"), person.public_id).convenience


def issued(people, **changes):
    return replace(ISSUED, atena_no=people[0].atena_no, on_paper=tuple(p.atena_no for p in people), **changes)


def test_交付は載った人全員の交付履歴に残る(people):
    """N-1.3.8-05: also of who is only on the paper."""
    assert send(issued(people)).status == "acknowledged"
    row = ConvenienceIssue.objects.get()
    assert (row.person_id, row.code, row.certificate_no, row.shop_code, row.fee_yen) == (people[0].pk, "A00", ISSUED.certificate_no, "S0001", 300)
    for person in people:
        assert [found.request_no for found in history(person)] == [ISSUED.request_no]
    trail = AuditEntry.objects.filter(action="residents:convenience:record").latest("id")
    assert set(trail.subjects) == {p.public_id for p in people}


def test_断りもその人の履歴に残り他の人には残らない(people):
    """F-1-43: refusals too."""
    refused = issued(
        people, code="K02", certificate_no=None, pages=None, fee_yen=None, document_digest=None, definition_digest=None, template_digest=None, font_digest=None
    )
    send(replace(refused, on_paper=()))
    assert [row.code for row in history(people[0])] == ["K02"]
    assert history(people[1]) == ()


def test_同じ知らせが二度届いても一度だけ残る(people):
    notice_id = str(uuid.uuid4())
    assert [send(issued(people), notice_id).status for _ in range(2)] == ["acknowledged", "duplicate"]
    assert ConvenienceIssue.objects.count() == 1


def test_知らない宛名番号の履歴は理由を付けて断る(people):
    refused = send(replace(issued(people), atena_no="9999999999"))
    assert (refused.status, refused.code) == ("refused", "unknown_person")
    assert "9999999999" not in refused.reason_ja


def test_履歴は消すことも直すこともできない(people):
    """N-1.3.8: INSERT only, kept by the database."""
    from django.db import ProgrammingError, transaction

    send(issued(people))
    for act in (lambda: ConvenienceIssue.objects.all().delete(), lambda: ConvenienceIssue.objects.update(code="K01")):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            act()


def test_受付口の権限のない者は書き込めない(people):
    with pytest.raises(audit.Refused):
        record_convenience_issue(issued(people), audit.Actor.system("somebody"))


def test_履歴を見れば閲覧として記録される(people):
    send(issued(people))
    history(people[0])
    seen = AuditEntry.objects.filter(action="residents:certificate:issue").latest("id")
    assert people[0].public_id in seen.subjects
