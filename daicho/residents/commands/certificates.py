"""証明書の交付 — one certificate composed from the register, printed, put on record, handed over. 住民基本台帳法第12条; std 5.1, 1.3.8; F-1-13.

The paper itself is not kept: request, version, definition, font and document digests are (design §7).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import Http404

import daicho.certificates
from daicho import audit, city, clock, numbering, vault
from daicho.audit.actor import Actor
from daicho.certificates.catalogue import certificate
from daicho.certificates.city_texts import CityTexts, IssueNumber
from daicho.certificates.definitions import CertificateDefinition, NotIssuable
from daicho.certificates.record import CertificateRecord
from daicho.certificates.request import CertificateRequest, Omissible
from daicho.city.queries import terminals_on
from daicho.paper.errors import PaperError
from daicho.paper.press import Printed, open_press
from daicho.residents.errors import CannotDo
from daicho.residents.models import CertificateIssue, SheetCurrent, Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.certificates import city_texts
from daicho.residents.rules.on_certificate import OpenNumbers, certificate_record
from daicho.values.numbers import IndividualNumber, JuminhyoCode, ResidenceCardNo

TEMPLATES = Path(daicho.certificates.__file__).parent / "templates"
_OPENED = {Omissible.JUMINHYO_CODE: "juminhyo_code", Omissible.INDIVIDUAL_NUMBER: "individual_number", Omissible.CARD_NO: "residence_card_no"}


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


@transaction.atomic
def issue(actor: Actor, visit: Visit, person: UUID, code: str, request: CertificateRequest, purpose: str) -> Issued:
    """Issue one copy. Raises NotToBeIssued with every reason: what the law omits, a glyph that the font lacks (by name), an overflow."""
    audit.require(actor, Permission.CERTIFICATE_ISSUE, (person,))
    if not visit.identity_check:
        raise NotToBeIssued((("visit", "本人確認が記録されていません。受付で記録してください（法第12条第3項）。"),))
    if not purpose.strip():
        raise NotToBeIssued((("purpose", "使用目的が入力されていません。入力してください。"),))
    row, record = read_record(person, request.shown)
    texts, definition = city_texts(request.issued_on), certificate(code, request.issued_on)
    serial = numbering.take("certificate_no")[0]
    number = _issue_number(actor, serial, request.issued_on)
    printed = _print(definition, record, request, texts, number)
    fee = int(city.setting(definition.fee_key, request.issued_on))
    issued = CertificateIssue.objects.create(
        municipality_code=settings.INSTALLATION.municipality_code, certificate_no=number.page_mark, kind=code, person=row.person, visit=visit,
        history_no=row.history_no, definition_digest=definition.digest, chosen=sorted(s.value for s in request.shown), purpose=purpose.strip(),
        standing=request.requester.value, pages=printed.pages, fee_yen=0 if request.for_official_use else fee, font_digest=printed.font_digest,
        document_digest=printed.document_digest, issued_at=clock.now(), issued_by=actor.name, office_code=actor.office_code, terminal=actor.terminal,
    )  # fmt: skip
    audit.record(
        actor, Permission.CERTIFICATE_ISSUE, (person,), digests={"document": printed.document_digest},
        detail={"certificate_no": number.page_mark, "kind": code, "chosen": issued.chosen, "history_no": row.history_no},
    )  # fmt: skip
    return Issued(printed.pdf, number.page_mark, printed.pages, issued.fee_yen)


def read_record(person: UUID, shown: frozenset[Omissible]) -> tuple[SheetCurrent, CertificateRecord]:
    """The newest sheet of a person as a certificate's record; only the numbers that shall be shown are opened."""
    rows = SheetCurrent.objects.filter(person__public_id=person, municipality_code=settings.INSTALLATION.municipality_code)
    row = rows.select_related("person").order_by("-history_no").first()
    if row is None:
        raise Http404
    entries = row.to_entries()
    refs = {name: getattr(entries, name) for omissible, name in _OPENED.items() if omissible in shown and getattr(entries, name) is not None}
    clear = vault.reveal_many(list(refs.values()), because="住民票の写しの交付") if refs else {}
    opened = {name: clear[ref] for name, ref in refs.items()}
    numbers = OpenNumbers(
        JuminhyoCode(opened["juminhyo_code"]) if "juminhyo_code" in opened else None,
        IndividualNumber(opened["individual_number"]) if "individual_number" in opened else None,
        ResidenceCardNo(opened["residence_card_no"]) if "residence_card_no" in opened else None,
    )
    return row, certificate_record(entries, numbers)


def _issue_number(actor: Actor, serial: int, on: date) -> IssueNumber:
    printer = next((t.printer for t in terminals_on(on) if t.code == actor.terminal or t.name == actor.terminal), "")
    return IssueNumber(settings.INSTALLATION.municipality_name, actor.terminal, printer, serial, on.strftime("%Y%m%d"))


def _print(definition: CertificateDefinition, record: CertificateRecord, request: CertificateRequest, texts: CityTexts, number: IssueNumber) -> Printed:
    try:
        document = definition.compose(record, request, texts, number)
        return open_press(Path(settings.FONTS_DIR), TEMPLATES).print(document)
    except NotIssuable as refused:
        raise NotToBeIssued(tuple((o.key, o.message) for o in refused.objections)) from None
    except PaperError as refused:
        raise NotToBeIssued((("paper", str(refused)),)) from None
