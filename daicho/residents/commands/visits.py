"""受付 — the spine of the counter: who came, with what right, how identified, for what. design §3; 住民基本台帳法第12条, 第27条; F-1-01."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from daicho import audit, clock, numbering
from daicho.audit.actor import Actor
from daicho.residents.errors import CannotDo
from daicho.residents.models import CertificateApplication, Visit
from daicho.residents.permissions import Permission
from daicho.residents.rules.visits import VisitForm, check_visit

_IN_HAND = "前の来庁者の受付が、まだ終わっていません。その受付を終えてから、次の受付を始めてください。"


@dataclass(frozen=True)
class Opened:
    """A visit that was opened, or what is wrong with it."""

    visit: Visit | None
    problems: tuple[tuple[str, str], ...] = ()


def open_visit(actor: Actor, form: VisitForm) -> Opened:
    """受付: numbered, at this office and terminal, by this officer. Problems are (field, message).

    CannotDo while another visit of this officer is open, also when both were sent at the same moment: the second waits for the
    first at the number and is refused by the table.
    """
    audit.require(actor, Permission.VISIT_OPEN)
    if problems := check_visit(form):
        return Opened(None, problems)
    try:
        with transaction.atomic():
            visit = _new(actor, form)
    except IntegrityError as error:
        if "visit_one_open" not in str(error):
            raise
        raise CannotDo(_IN_HAND) from None
    return Opened(visit)


@transaction.atomic
def record_arrival(actor: Actor, form: VisitForm) -> Visit:
    """受付 of what came by itself, a notice or an application: nobody stands at the counter, and whoever does is somebody else."""
    audit.require(actor, Permission.VISIT_OPEN)
    return _new(actor, form, ended=True)


def open_for_application(actor: Actor, application: CertificateApplication, form: VisitForm) -> Visit:
    """受付 of an officer's work on a 交付請求, in the caller's transaction: whoever asked need not stand there. CannotDo while another visit is open."""
    audit.require(actor, Permission.VISIT_OPEN)
    if Visit.objects.filter(municipality_code=application.municipality_code, opened_by_id_no=actor.account_id, closed_at__isnull=True).exists():
        raise CannotDo(_IN_HAND)
    return _new(actor, form, application=application)


def _new(actor: Actor, form: VisitForm, *, ended: bool = False, application: CertificateApplication | None = None) -> Visit:
    now = clock.now()
    visit = Visit.objects.create(
        municipality_code=settings.INSTALLATION.municipality_code, visit_no=numbering.take("visit_no")[0], visitor_name=form.visitor_name,
        standing=form.standing, identity_check=form.identity_check, identity_documents=list(form.identity_documents), purpose=form.purpose,
        authority=form.authority, authority_note=form.authority_note, application=application,
        office_code=actor.office_code, terminal=actor.terminal, opened_by=actor.name, opened_by_id_no=actor.account_id, opened_at=now,
        closed_at=now if ended else None,
    )  # fmt: skip
    audit.record(actor, Permission.VISIT_OPEN, detail={"visit_no": visit.visit_no, "step": "open"})
    return visit


@transaction.atomic
def close_visit(actor: Actor, public_id: UUID) -> None:
    """The visitor has left; the next may come."""
    audit.require(actor, Permission.VISIT_OPEN)
    closed = Visit.objects.filter(public_id=public_id, opened_by_id_no=actor.account_id, closed_at__isnull=True).update(closed_at=clock.now())
    if not closed:
        raise CannotDo("この受付は、もう終わっています。")
    audit.record(actor, Permission.VISIT_OPEN, detail={"step": "close"})
