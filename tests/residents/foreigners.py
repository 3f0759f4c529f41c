"""外国人住民のことば — steps of tests about foreign residents: who they are, what the Commissioner tells, what 入管庁 is told."""

from __future__ import annotations

import uuid
from dataclasses import replace
from uuid import UUID

from daicho import audit, clock
from daicho.contracts import base
from daicho.contracts.commissioner_notice_v1 import CommissionerNoticeV1
from daicho.contracts.immigration_notice_v1 import ImmigrationNoticeV1
from daicho.outbox import intake
from daicho.outbox.envelope import Envelope, Reply
from daicho.residents.commands.commissioner import receive_commissioner_notice
from daicho.residents.commands.notices.immigration import messages_of
from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.models import CommissionerNotice, ImmigrationNotice, SheetCurrent
from daicho.residents.permissions import IntakePermission
from tests.cast import NGUYEN, Role
from tests.contracts.immigration_samples import EXTENDED
from tests.residents.counter import move_in_form, register

OFFICE = audit.Actor.system("residents.intake", IntakePermission.IMMIGRATION_RECEIVE)

LEE = Role(
    31, "", "", "1960年5月5日", "2", "世帯主",
    {"resident_kind": "2", "kana_notarised": "", "registered_domicile": "", "family_register_head_name": "", "foreign_name_alphabet": "LEE MIYOUNG",
     "article_30_45_class_code": "2", "nationality_code": "KOR", "residence_card_no": "EF12345678GH"},
)  # fmt: skip
"""特別永住者."""


def moved_in(role: Role = NGUYEN, **texts: str) -> UUID:
    return register("domestic_move_in", move_in_form([role], **texts))[0].person.public_id


def sheet(person: UUID) -> SheetCurrent:
    return SheetCurrent.objects.filter(person__public_id=person).order_by("-history_no")[0]


def told(person: UUID | None = None) -> list[ImmigrationNoticeV1]:
    """What 入管庁 is to be told, in order."""
    rows = ImmigrationNotice.objects.order_by("pk")
    rows = list(rows.filter(person__public_id=person) if person else rows)
    messages = messages_of(rows)
    return [messages[row.pk] for row in rows]


def kinds(person: UUID | None = None) -> list[tuple[str, str, str]]:
    """(law, effect, reason) of each."""
    return [(one.law_code, one.effect_code, one.event_reason) for one in told(person)]


def status_form(person: UUID, on: str = "令和8年4月8日", **fields: str) -> TypedForm:
    return TypedForm({"effective_on": on, "filed_on": "令和8年4月9日"}, (TypedPerson(str(person), fields),))


def ended_form(person: UUID, on: str = "令和8年4月8日", ending: str = "cancelled") -> TypedForm:
    return TypedForm({"effective_on": on, "filed_on": "令和8年4月9日", "ending": ending}, (TypedPerson(str(person), {}),))


def residence_form(person: UUID, on: str = "令和8年4月8日", filed_on: str = "令和8年4月10日") -> TypedForm:
    return TypedForm({"effective_on": on, "filed_on": filed_on, "filer": "self"}, (TypedPerson(str(person), {}),))


def certificate_form(person: UUID, number: str = "GH87654321EF", on: str = "令和8年4月10日") -> TypedForm:
    return TypedForm({"effective_on": on}, (TypedPerson(str(person), {"residence_card_no": number}),))


def commissioner(**changes: object) -> CommissionerNoticeV1:
    """在留期間更新許可 of NGUYEN, or what `changes` make of it."""
    return replace(EXTENDED, **changes)


def ending(**changes: object) -> CommissionerNoticeV1:
    told = commissioner(
        ground_code="2", ground_text="在留資格の取消し", card_no=None, residence_period=None, residence_expiry_on=None, notice_no="ISA202604000002"
    )
    return replace(told, **changes)


def receive(message: CommissionerNoticeV1) -> CommissionerNotice:
    return receive_commissioner_notice(OFFICE, message)


def bring(message: object, peer: str = "immigration") -> Reply:
    """A message of 入管庁 at the door of this system, its signature proven already."""
    definition = base.definition_of(message)
    envelope = Envelope(
        sender=peer, receiver="residents", epoch=str(uuid.uuid5(uuid.NAMESPACE_DNS, peer)), notice_id=str(uuid.uuid4()), kind=definition.kind, version=1,
        subjects=(), posted_at=clock.now(), salt="0" * 32, body=base.encode(message).decode(),
    )  # fmt: skip
    return intake.receive(peer, envelope.to_bytes(), "test")
