"""証明書の交付 — one certificate, of one person or several, composed from the register, printed, put on record, handed over. 住民基本台帳法第12条; std 5.1, 1.3.8; F-1-13.

The paper itself is not kept: request, version, definition, font and document digests are (design §7).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.conf import settings

from daicho import audit, numbering
from daicho.audit.actor import Actor
from daicho.certificates.catalogue import certificate
from daicho.certificates.city_texts import IssueNumber
from daicho.certificates.definitions import CertificateDefinition
from daicho.certificates.record import Subjects
from daicho.certificates.request import CertificateRequest
from daicho.city.queries import find_terminal
from daicho.paper.errors import PaperError
from daicho.residents.commands.application_decisions import count, hold
from daicho.residents.commands.handing_over import Click, Copy, Issued, NotToBeIssued, Shown, issued_once, put_on_record, require_going_on
from daicho.residents.commands.printing import MadeCopy, print_copy
from daicho.residents.models import Visit
from daicho.residents.models.counter import Output
from daicho.residents.permissions import Permission
from daicho.residents.queries.asking_rights import Reasons, asking_settings, objections_to_asking
from daicho.residents.queries.certificate_terms import CityTerms, city_terms
from daicho.residents.queries.certificates import ReadPeople, Wanted, choose, read_people
from daicho.residents.rules.blocks import CONFIRM_ALERT
from daicho.residents.rules.visits import check_asking


@dataclass(frozen=True)
class Printing:
    """Where it is printed: the printer by its number (None: the terminal's own, "" = not known, N-5.5-04) and its tray. `held_until` as handing_over.Copy."""

    printer: str | None = None
    tray: str = ""
    held_until: datetime | None = None


def issue(
    actor: Actor, visit: Visit, wanted: Wanted, request: CertificateRequest, purpose: str, click: Click | None = None, confirmed: str = "",
    printing: Printing | None = None,
) -> Issued:  # fmt: skip
    """Issue one copy. Raises NotToBeIssued with every reason: what the law omits, a glyph that the font lacks (by name), an overflow.

    `click` names this copy and what was asked: a second issue under the same name raises AlreadyIssued, also at the same moment. `confirmed`: what
    the officer made sure of where a 抑止 warns (アラート); it is kept with the issue in the trail.
    """
    audit.require(actor, Permission.CERTIFICATE_ISSUE, (wanted.person,))
    if reasons := check_asking(visit.identity_check, purpose):
        raise NotToBeIssued(reasons)
    click = click or Click(uuid4(), "")
    with issued_once(click.once):
        return _issue(actor, visit, wanted, request, purpose.strip(), click, confirmed, printing or Printing())


def _issue(actor: Actor, visit: Visit, wanted: Wanted, request: CertificateRequest, purpose: str, click: Click, confirmed: str, printing: Printing) -> Issued:
    require_going_on()
    held = hold(visit)
    chosen = choose(wanted.person, wanted.people, request.issued_on, visit.pk, wanted.sheet)
    if chosen.alerts and not confirmed.strip():
        raise NotToBeIssued((("confirmed", CONFIRM_ALERT),))
    rights = objections_to_asking(visit, wanted.code, chosen.people, request, asking_settings(request.issued_on), held)
    read = read_people(chosen, request.shown, open_numbers=not rights)
    definition = certificate(wanted.code, request.issued_on)
    terms = city_terms(definition, request)
    number = issue_number(actor, numbering.take("certificate_no")[0], request.issued_on, printing.printer)
    made = printed(definition, read, request, terms, number, rights)
    copy = Copy(
        click, wanted.code, number.page_mark, made.document, made.printed, [Shown(row.person_id, row.public_id, row.history_no) for row in chosen.people],
        visit=visit, standing=request.requester, purpose=purpose, chosen=request.chosen, whole_household=chosen.is_whole,
        fee_yen=terms.fee_yen, exemption=request.free_by, output=Output(request.output), delivered=made.delivered, check_code=made.check_code,
        held_until=printing.held_until,
        detail={**({"confirmed_alert": confirmed.strip()} if chosen.alerts else {}), **({"tray": printing.tray} if printing.tray else {})},
    )  # fmt: skip
    issued = put_on_record(actor, copy)
    count(visit)
    return issued


def issue_number(actor: Actor, serial: int, on: date, chosen: str | None = None) -> IssueNumber:
    """発行番号 of a paper at this terminal (N-5.5-03), printed where it always is or on the `chosen` printer. One query."""
    here = find_terminal(actor.terminal, on)
    name, own = (here.name, here.printer) if here else (actor.terminal, "")
    printer = own if chosen is None else chosen
    return IssueNumber(settings.INSTALLATION.municipality_name, name, printer, serial, on.strftime("%Y%m%d"))


def printed(
    definition: CertificateDefinition, read: ReadPeople, request: CertificateRequest, terms: CityTerms, number: IssueNumber, rights: Reasons = ()
) -> MadeCopy:
    """The paper of these people, composed and made. Raises NotToBeIssued with every reason."""
    found = definition.check(read.subjects, request, terms.texts)
    if reasons := (*rights, *read.reasons, *((o.key, o.message) for o in found)):
        raise NotToBeIssued(reasons)
    return made_of(definition, read.subjects, request, terms, number)


def made_of(definition: CertificateDefinition, subjects: Subjects, request: CertificateRequest, terms: CityTerms, number: IssueNumber) -> MadeCopy:
    """The paper of what was judged already. Raises NotToBeIssued for a glyph that the font lacks, and an overflow."""
    try:
        document = definition.compose(subjects, request, terms.texts, number)
        return print_copy(document, terms.overflow, output=Output(request.output), ja=definition.ja, not_said=(terms.texts.wording.omitted,))
    except PaperError as refused:
        raise NotToBeIssued((("paper", str(refused)),)) from None
