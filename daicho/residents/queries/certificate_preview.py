"""交付前の確認 — what a certificate would say, and everything that forbids it, before it is issued. 住民基本台帳法第12条; std 5.1, 5.8; F-1-13.

No number is opened for it: where one will be printed, the preview shows that it is there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.certificates import TEMPLATES
from daicho.certificates.catalogue import certificate
from daicho.certificates.city_texts import IssueNumber
from daicho.certificates.definitions import CertificateDefinition
from daicho.certificates.document import Document
from daicho.certificates.record import ResidentKind
from daicho.certificates.request import CertificateRequest
from daicho.paper.errors import GlyphMissing, PaperError, TextOverflow
from daicho.paper.press import open_press
from daicho.residents.models import SheetCurrent, Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.certificates import city_terms, read_sheet
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.on_certificate import resident_kind
from daicho.residents.rules.visits import check_asking

Asked = Callable[[CertificateDefinition, ResidentKind], CertificateRequest]


@dataclass(frozen=True)
class Preview:
    """`document` is None where `reasons` (entry, message) forbid to compose it."""

    definition: CertificateDefinition
    kind: ResidentKind
    entries: SheetEntries
    request: CertificateRequest
    document: Document | None
    reasons: tuple[tuple[str, str], ...]
    fee_yen: int


def preview(actor: Actor, visit: Visit, person: UUID, code: str, asked: Asked, purpose: str) -> Preview:
    """Read one person's sheet as a certificate. `asked` makes the request when the kind of resident is known. Http404 for an unknown person."""
    today = clock.today()
    definition = certificate(code, today)
    with audit.reading(actor, Permission.CERTIFICATE_ISSUE, subjects=(person,)) as seen:
        seen.note(kind=code, step="preview")
        request = asked(definition, _kind_of(person))
        sheet = read_sheet(person, request.shown, open_numbers=False)
        texts, fee = city_terms(definition, request)
    found = definition.check(sheet.record, request, texts)
    reasons = (*check_asking(visit.identity_check, purpose), *sheet.reasons, *((o.key, o.message) for o in found))
    document = None
    if not found and not sheet.reasons:
        document = definition.compose(sheet.record, request, texts, IssueNumber(settings.INSTALLATION.municipality_name, "", "", 0, ""))
        reasons = (*reasons, *_on_paper(document))
    return Preview(definition, sheet.record.kind, sheet.row.entries, request, document, reasons, fee)


def _kind_of(person: UUID) -> ResidentKind:
    rows = SheetCurrent.objects.filter(person__public_id=person, municipality_code=settings.INSTALLATION.municipality_code)
    return resident_kind(rows.order_by("-history_no").values_list("resident_kind", flat=True).first())


def _on_paper(document: Document) -> tuple[tuple[str, str], ...]:
    """What the fonts and the boxes say: a character that cannot be printed, an entry that does not fit, each by its item."""
    try:
        press = open_press(settings.FONTS_DIR, TEMPLATES)
    except PaperError as refused:
        return (("paper", str(refused)),)
    found = []
    if missing := press.missing(document):
        found.append(("paper", str(GlyphMissing(missing))))
    if excess := press.excess(document):
        found.append(("paper", str(TextOverflow(excess))))
    return tuple(found)
