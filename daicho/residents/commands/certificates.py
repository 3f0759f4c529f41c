"""証明書の交付 — one certificate, of one person or several, composed from the register, printed, put on record, handed over. 住民基本台帳法第12条; std 5.1, 1.3.8; F-1-13.

The paper itself is not kept: request, version, definition, font and document digests are (design §7).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction

from daicho import audit, clock, numbering, rows
from daicho.audit.actor import Actor
from daicho.certificates import TEMPLATES
from daicho.certificates.catalogue import certificate
from daicho.certificates.city_texts import IssueNumber
from daicho.certificates.definitions import CertificateDefinition
from daicho.certificates.document import Document
from daicho.certificates.request import CertificateRequest
from daicho.city.queries import find_terminal
from daicho.paper.errors import PaperError
from daicho.paper.press import Printed, open_press
from daicho.residents.errors import CannotDo
from daicho.residents.models import CertificateIssue, CertificateSubject, Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.certificate_terms import CityTerms, city_terms
from daicho.residents.queries.certificates import ReadPeople, choose, read_people
from daicho.residents.queries.current import CurrentRow
from daicho.residents.rules.blocks import CONFIRM_ALERT
from daicho.residents.rules.visits import check_asking


@dataclass(frozen=True)
class Issued:
    """A certificate that was issued and is on record; `pdf` lives only in the answer."""

    pdf: bytes
    certificate_no: str
    pages: int
    fee_yen: int


class NotToBeIssued(CannotDo):
    """Why a certificate cannot be issued as asked: all reasons as (entry, message)."""

    def __init__(self, reasons: tuple[tuple[str, str], ...]) -> None:
        super().__init__("この内容では交付できません。")
        self.reasons = reasons


class AlreadyIssued(CannotDo):
    """The same page was sent twice: one certificate was issued, not two."""

    def __init__(self) -> None:
        super().__init__("この画面からの交付は済んでいます。交付履歴を確認してください。もう1部必要なときは、画面を開き直してください。")


@dataclass(frozen=True)
class Wanted:
    """What is to be issued: the certificate's code, a person, and those of the household who shall stand on it; None = all of it."""

    code: str
    person: UUID
    people: frozenset[UUID] | None = None


def issue(actor: Actor, visit: Visit, wanted: Wanted, request: CertificateRequest, purpose: str, once: UUID | None = None, confirmed: str = "") -> Issued:
    """Issue one copy. Raises NotToBeIssued with every reason: what the law omits, a glyph that the font lacks (by name), an overflow.

    `once` names this copy: a second issue under the same name raises AlreadyIssued, also at the same moment. `confirmed`: what the officer made
    sure of where a 抑止 warns (アラート); it is kept with the issue in the trail.
    """
    audit.require(actor, Permission.CERTIFICATE_ISSUE, (wanted.person,))
    if reasons := check_asking(visit.identity_check, purpose):
        raise NotToBeIssued(reasons)
    try:
        with transaction.atomic():
            return _issue(actor, visit, wanted, request, purpose.strip(), once or uuid4(), confirmed)
    except IntegrityError:
        if once is None or not CertificateIssue.objects.filter(public_id=once).exists():
            raise
        raise AlreadyIssued from None


def _issue(actor: Actor, visit: Visit, wanted: Wanted, request: CertificateRequest, purpose: str, once: UUID, confirmed: str) -> Issued:
    chosen = choose(wanted.person, wanted.people, request.issued_on, visit.pk)
    if chosen.alerts and not confirmed.strip():
        raise NotToBeIssued((("confirmed", CONFIRM_ALERT),))
    read = read_people(chosen, request.shown, open_numbers=True)
    definition = certificate(wanted.code, request.issued_on)
    terms = city_terms(definition, request)
    number = _issue_number(actor, numbering.take("certificate_no")[0], request.issued_on)
    document, printed = _print(definition, read, request, terms, number)
    issued = CertificateIssue(
        municipality_code=settings.INSTALLATION.municipality_code, public_id=once, certificate_no=number.page_mark, kind=wanted.code, visit=visit,
        whole_household=chosen.is_whole, definition_digest=definition.digest, chosen=sorted(s.value for s in request.shown), purpose=purpose,
        standing=request.requester.value, pages=printed.pages, fee_yen=terms.fee_yen, tally=document.tally, font_digest=printed.font_digest,
        template_digest=printed.template_digest, document_digest=printed.document_digest, issued_at=clock.now(), issued_by=actor.name,
        user_id=actor.login, office_code=actor.office_code, terminal=actor.terminal,
    )  # fmt: skip
    rows.insert([issued])
    with rows.together():
        rows.insert([_subject(issued, place, row) for place, row in enumerate(chosen.people, 1)])
        audit.record(
            actor, Permission.CERTIFICATE_ISSUE, tuple(row.public_id for row in chosen.people),
            digests={"document": printed.document_digest, "template": printed.template_digest},
            detail={
                "certificate_no": number.page_mark, "kind": wanted.code, "chosen": issued.chosen, "history_no": [row.history_no for row in chosen.people],
                **({"confirmed_alert": confirmed.strip()} if chosen.alerts else {}),
                **({"without_room": [each.key for each in printed.excess]} if printed.excess else {}),
            },
        )  # fmt: skip
    return Issued(printed.pdf, number.page_mark, printed.pages, issued.fee_yen)


def _subject(issued: CertificateIssue, place: int, row: CurrentRow) -> CertificateSubject:
    return CertificateSubject(
        municipality_code=issued.municipality_code, certificate=issued, person_id=row.person_id, place=place, history_no=row.history_no
    )  # fmt: skip


def _issue_number(actor: Actor, serial: int, on: date) -> IssueNumber:
    here = find_terminal(actor.terminal, on)
    name, printer = (here.name, here.printer) if here else (actor.terminal, "")
    return IssueNumber(settings.INSTALLATION.municipality_name, name, printer, serial, on.strftime("%Y%m%d"))


def _print(definition: CertificateDefinition, read: ReadPeople, request: CertificateRequest, terms: CityTerms, number: IssueNumber) -> tuple[Document, Printed]:
    found = definition.check(read.subjects, request, terms.texts)
    if reasons := (*read.reasons, *((o.key, o.message) for o in found)):
        raise NotToBeIssued(reasons)
    try:
        document = definition.compose(read.subjects, request, terms.texts, number)
        return document, open_press(settings.FONTS_DIR, TEMPLATES).print(document, terms.overflow)
    except PaperError as refused:
        raise NotToBeIssued((("paper", str(refused)),)) from None
