"""証明書の交付 — one certificate composed from the register, printed, put on record, handed over. 住民基本台帳法第12条; std 5.1, 1.3.8; F-1-13.

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
from daicho.certificates.city_texts import CityTexts, IssueNumber
from daicho.certificates.definitions import CertificateDefinition
from daicho.certificates.request import CertificateRequest
from daicho.city.queries import find_terminal
from daicho.paper.errors import PaperError
from daicho.paper.fit import Overflow
from daicho.paper.press import Printed, open_press
from daicho.residents.errors import CannotDo
from daicho.residents.models import CertificateIssue, Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.certificates import ReadSheet, city_terms, read_sheet
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


def issue(actor: Actor, visit: Visit, person: UUID, code: str, request: CertificateRequest, purpose: str, once: UUID | None = None) -> Issued:
    """Issue one copy. Raises NotToBeIssued with every reason: what the law omits, a glyph that the font lacks (by name), an overflow.

    `once` names this copy: a second issue under the same name raises AlreadyIssued, also at the same moment.
    """
    audit.require(actor, Permission.CERTIFICATE_ISSUE, (person,))
    if reasons := check_asking(visit.identity_check, purpose):
        raise NotToBeIssued(reasons)
    try:
        with transaction.atomic():
            return _issue(actor, visit, person, code, request, purpose.strip(), once or uuid4())
    except IntegrityError:
        if once is None or not CertificateIssue.objects.filter(public_id=once).exists():
            raise
        raise AlreadyIssued from None


def _issue(actor: Actor, visit: Visit, person: UUID, code: str, request: CertificateRequest, purpose: str, once: UUID) -> Issued:
    sheet = read_sheet(person, request.shown, open_numbers=True)
    definition = certificate(code, request.issued_on)
    texts, fee_yen, overflow = city_terms(definition, request)
    number = _issue_number(actor, numbering.take("certificate_no")[0], request.issued_on)
    printed = _print(definition, sheet, request, texts, number, overflow)
    issued = CertificateIssue(
        municipality_code=settings.INSTALLATION.municipality_code, public_id=once, certificate_no=number.page_mark, kind=code, person_id=sheet.row.person_id,
        visit=visit, history_no=sheet.row.history_no, definition_digest=definition.digest, chosen=sorted(s.value for s in request.shown), purpose=purpose,
        standing=request.requester.value, pages=printed.pages, fee_yen=fee_yen, font_digest=printed.font_digest,
        template_digest=printed.template_digest, document_digest=printed.document_digest, issued_at=clock.now(), issued_by=actor.name,
        office_code=actor.office_code, terminal=actor.terminal,
    )  # fmt: skip
    with rows.together():
        rows.insert([issued])
        audit.record(
            actor, Permission.CERTIFICATE_ISSUE, (person,), digests={"document": printed.document_digest, "template": printed.template_digest},
            detail={
                "certificate_no": number.page_mark, "kind": code, "chosen": issued.chosen, "history_no": sheet.row.history_no,
                **({"without_room": [each.key for each in printed.excess]} if printed.excess else {}),
            },
        )  # fmt: skip
    return Issued(printed.pdf, number.page_mark, printed.pages, issued.fee_yen)


def _issue_number(actor: Actor, serial: int, on: date) -> IssueNumber:
    here = find_terminal(actor.terminal, on)
    name, printer = (here.name, here.printer) if here else (actor.terminal, "")
    return IssueNumber(settings.INSTALLATION.municipality_name, name, printer, serial, on.strftime("%Y%m%d"))


def _print(
    definition: CertificateDefinition, sheet: ReadSheet, request: CertificateRequest, texts: CityTexts, number: IssueNumber, overflow: Overflow
) -> Printed:
    if reasons := (*sheet.reasons, *((o.key, o.message) for o in definition.check(sheet.record, request, texts))):
        raise NotToBeIssued(reasons)
    try:
        document = definition.compose(sheet.record, request, texts, number)
        return open_press(settings.FONTS_DIR, TEMPLATES).print(document, overflow)
    except PaperError as refused:
        raise NotToBeIssued((("paper", str(refused)),)) from None
