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
from daicho.paper.fit import Overflow
from daicho.paper.press import open_press
from daicho.residents.models import SheetCurrent, Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.certificates import city_terms, read_sheet
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.on_certificate import resident_kind
from daicho.residents.rules.visits import check_asking

Asked = Callable[[CertificateDefinition, ResidentKind], CertificateRequest]


@dataclass(frozen=True)
class Excess:
    """文字超過リストの一行 (N-5.8-04): the item, what of it cannot be printed, and the whole text as it is recorded."""

    label: str
    what: str
    text: str


@dataclass(frozen=True)
class Preview:
    """`document` is None where `reasons` (entry, message) forbid to compose it. `alerts` forbid nothing; `excess` tells of both."""

    definition: CertificateDefinition
    kind: ResidentKind
    entries: SheetEntries
    request: CertificateRequest
    document: Document | None
    reasons: tuple[tuple[str, str], ...]
    fee_yen: int
    alerts: tuple[str, ...] = ()
    excess: tuple[Excess, ...] = ()


def preview(actor: Actor, visit: Visit, person: UUID, code: str, asked: Asked, purpose: str) -> Preview:
    """Read one person's sheet as a certificate. `asked` makes the request when the kind of resident is known. Http404 for an unknown person."""
    today = clock.today()
    definition = certificate(code, today)
    with audit.reading(actor, Permission.CERTIFICATE_ISSUE, subjects=(person,)) as seen:
        seen.note(kind=code, step="preview")
        request = asked(definition, _kind_of(person))
        sheet = read_sheet(person, request.shown, open_numbers=False)
        texts, fee, overflow = city_terms(definition, request)
    found = definition.check(sheet.record, request, texts)
    reasons = (*check_asking(visit.identity_check, purpose), *sheet.reasons, *((o.key, o.message) for o in found))
    if found or sheet.reasons:
        return Preview(definition, sheet.record.kind, sheet.row.entries, request, None, reasons, fee)
    document = definition.compose(sheet.record, request, texts, IssueNumber(settings.INSTALLATION.municipality_name, "", "", 0, ""))
    on_paper = _on_paper(document, overflow)
    return Preview(
        definition, sheet.record.kind, sheet.row.entries, request, document, (*reasons, *on_paper.reasons), fee, on_paper.alerts, on_paper.excess
    )  # fmt: skip


def _kind_of(person: UUID) -> ResidentKind:
    rows = SheetCurrent.objects.filter(person__public_id=person, municipality_code=settings.INSTALLATION.municipality_code)
    return resident_kind(rows.order_by("-history_no").values_list("resident_kind", flat=True).first())


@dataclass(frozen=True)
class _OnPaper:
    reasons: tuple[tuple[str, str], ...]
    alerts: tuple[str, ...] = ()
    excess: tuple[Excess, ...] = ()


_GOES_ON = {Overflow.AS_FAR_AS_IT_FITS: "入る所まで印字します", Overflow.BLANK: "空白にして印字します"}


def _on_paper(document: Document, overflow: Overflow) -> _OnPaper:
    """What the fonts and the boxes say: a character that cannot be printed, an entry that does not fit, each by its item (N-5.8-02 to -06)."""
    try:
        press = open_press(settings.FONTS_DIR, TEMPLATES)
    except PaperError as refused:
        return _OnPaper((("paper", str(refused)),))
    texts = {**dict(document.plain), **{cell.label: cell.text for cell in document.cells()}, document.flow.label: "\n".join(document.flow.paragraphs)}
    missing, too_long = press.missing(document), press.excess(document)
    reasons = [str(GlyphMissing(missing))] if missing else []
    alerts = []
    if too_long and overflow is Overflow.REFUSE:
        reasons.append(str(TextOverflow(too_long)))
    elif too_long:
        alerts.append(f"{TextOverflow(too_long).items_ja}が、文字を小さくしても欄に収まりません。{_GOES_ON[overflow]}（標準仕様5.8）。")
    excess = [Excess(label, f"未登録外字 {each.code_points}", texts.get(label, "")) for label, each in missing]
    excess += [Excess(each.label, f"{each.length}文字中{each.fitted}文字まで", texts[each.label]) for each in too_long]
    return _OnPaper(tuple(("paper", reason) for reason in reasons), tuple(alerts), tuple(excess))
