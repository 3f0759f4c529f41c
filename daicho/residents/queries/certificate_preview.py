"""交付前の確認 — what a certificate would say, and everything that forbids it, before it is issued. 住民基本台帳法第12条; std 5.1, 5.8; F-1-13.

No number is opened for it: where one will be printed, the preview shows that it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.certificates import TEMPLATES
from daicho.certificates.catalogue import of_such_a_sheet
from daicho.certificates.city_texts import IssueNumber
from daicho.certificates.definitions import CertificateDefinition
from daicho.certificates.document import Block, Document
from daicho.certificates.entries_certificate import to_compare
from daicho.certificates.fees import Exemption
from daicho.certificates.record import ResidentKind
from daicho.certificates.request import CertificateRequest
from daicho.paper.errors import GlyphMissing, PaperError, TextOverflow
from daicho.paper.fit import Overflow
from daicho.paper.press import open_press
from daicho.residents.models import Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.asking_rights import asking_settings, objections_to_asking
from daicho.residents.queries.certificate_terms import city_terms
from daicho.residents.queries.certificates import Chosen, Wanted, choose, read_people
from daicho.residents.queries.principal_notices import registered_among
from daicho.residents.rules.blocks import CONFIRM_ALERT, alert_text
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.on_certificate import CODED
from daicho.residents.rules.visits import check_asking

WORDS_OF_CODES = frozenset(coded.omissible for coded in CODED)
Asked = Callable[[CertificateDefinition, frozenset[ResidentKind]], CertificateRequest]


@dataclass(frozen=True)
class Excess:
    """文字超過リストの一行 (N-5.8-04): 対象者, the item, what of it cannot be printed, and the whole text as it is recorded.

    `whose` is "" for what is nobody's: words of the city, and what is told of all together.
    """

    whose: str
    label: str
    what: str
    text: str


@dataclass(frozen=True)
class Preview:
    """`document` is None where `reasons` (entry, message) forbid to compose it. `alerts` forbid nothing; `excess` tells of both.

    `compared`: of a form that was brought along, what the sheets say beside it.
    """

    definition: CertificateDefinition
    chosen: Chosen
    request: CertificateRequest
    document: Document | None
    reasons: tuple[tuple[str, str], ...]
    fee_yen: int
    alerts: tuple[str, ...] = ()
    excess: tuple[Excess, ...] = ()
    registered: frozenset[int] = frozenset()  # person ids of the household: 本人通知の事前登録者 (N-8.1.2-01)
    remissions: tuple[Exemption, ...] = ()
    compared: tuple[Block, ...] = ()

    @property
    def entries(self) -> SheetEntries:
        """Of the person whose page it is."""
        return self.chosen.asked_for.entries


@dataclass(frozen=True)
class Said:
    """What the officer typed beside the choices: 使用目的, and what they made sure of where a 抑止 warns."""

    purpose: str
    confirmed: str = ""


def preview(actor: Actor, visit: Visit, wanted: Wanted, asked: Asked, said: Said) -> Preview:
    """Read the people as a certificate; everyone of the household is shown by name, to be chosen from.

    Where the certificate is none of such a sheet, the like one that is: of a 除票 that was turned to, its copy. `asked` makes the request when it is
    known which certificate it is and which kinds of residents they are. Http404 for an unknown person.
    """
    today = clock.today()
    with audit.reading(actor, Permission.CERTIFICATE_ISSUE, subjects=(wanted.person,)) as seen:
        chosen = choose(wanted.person, wanted.people, today, visit.pk, wanted.sheet)
        definition = of_such_a_sheet(wanted.code, chosen.state, today)
        seen.note(kind=definition.code, step="preview")
        seen.add(*(row.public_id for row in chosen.household))
        request = asked(definition, chosen.kinds)
        read = read_people(chosen, request.shown | (WORDS_OF_CODES if definition.attests else frozenset()), open_numbers=False)
        terms = city_terms(definition, request)
        registered = registered_among((row.person_id for row in chosen.household), today)
        said_of_asking = asking_settings(today)
        rights = objections_to_asking(visit, definition.code, chosen.people, request, said_of_asking)
    found = definition.check(read.subjects, request, terms.texts)
    warned = tuple(alert_text(block) for block, _ in chosen.alerts)
    reasons = (*check_asking(visit.identity_check, said.purpose), *rights, *read.reasons, *((o.key, o.message) for o in found))
    if warned and not said.confirmed.strip():
        reasons += (("confirmed", CONFIRM_ALERT),)
    compared = to_compare(definition, read.subjects, request, terms.texts) if definition.attests else ()
    if found or read.reasons:
        return Preview(
            definition, chosen, request, None, reasons, terms.fee_yen, warned, registered=registered, remissions=said_of_asking.remissions, compared=compared
        )
    number = IssueNumber(settings.INSTALLATION.municipality_name, "", "", 0, "")
    document = definition.compose(read.subjects, request, terms.texts, number)
    paper = on_paper(document, terms.overflow, [shown_name(row.entries) or "（氏名空欄）" for row in chosen.people])
    alerts, reasons = (*warned, *paper.alerts), (*reasons, *paper.reasons)
    return Preview(definition, chosen, request, document, reasons, terms.fee_yen, alerts, paper.excess, registered, said_of_asking.remissions, compared)


@dataclass(frozen=True)
class OnPaper:
    """What the paper itself forbids, warns of, and has no room for."""

    reasons: tuple[tuple[str, str], ...]
    alerts: tuple[str, ...] = ()
    excess: tuple[Excess, ...] = ()


def _whose(key: str, names: Sequence[str]) -> str:
    """The name of the one whose box it is; "" of what is nobody's alone (the form that is attested)."""
    if "." in key:
        return names[int(key.partition(".")[0]) - 1]
    return "" if key.startswith("form_") else names[0]


_GOES_ON = {Overflow.AS_FAR_AS_IT_FITS: "入る所まで印字します", Overflow.BLANK: "空白にして印字します"}


def on_paper(document: Document, overflow: Overflow, names: Sequence[str]) -> OnPaper:
    """What the fonts and the boxes say: a character that cannot be printed, an entry that does not fit, each by its item (N-5.8-02 to -06)."""
    try:
        press = open_press(settings.FONTS_DIR, TEMPLATES)
    except PaperError as refused:
        return OnPaper((("paper", str(refused)),))
    flows = {leaf.flow.label: "\n".join(document.paragraphs) for leaf in document.leaves if leaf.flow}
    texts = {**dict(document.plain), **flows, **{cell.called: cell.text for cell in document.cells()}}
    whose = {cell.called: _whose(cell.key, names) for cell in document.cells()}
    missing, too_long = press.missing(document), press.excess(document)
    reasons = [str(GlyphMissing(missing))] if missing else []
    alerts = []
    if too_long and overflow is Overflow.REFUSE:
        reasons.append(str(TextOverflow(too_long)))
    elif too_long:
        alerts.append(f"{TextOverflow(too_long).items_ja}が、文字を小さくしても欄に収まりません。{_GOES_ON[overflow]}（標準仕様5.8）。")
    excess = [Excess(whose.get(label, ""), label, f"未登録外字 {each.code_points}", texts.get(label, "")) for label, each in missing]
    excess += [Excess(whose[each.label], each.label, f"{each.length}文字中{each.fitted}文字まで", texts[each.label]) for each in too_long]
    return OnPaper(tuple(("paper", reason) for reason in reasons), tuple(alerts), tuple(excess))
