"""印刷 — a certificate from what the register told, made in memory and kept nowhere. 住民基本台帳法第12条; std 5.1, 5.5; S5-02.

The same people, choice, number and day give the same bytes: what is about to leave is made a second time and compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from daicho import city
from daicho.certificates import TEMPLATES
from daicho.certificates.catalogue import certificate
from daicho.certificates.city_texts import IssueNumber
from daicho.certificates.definitions import NotIssuable
from daicho.certificates.record import CertificateRecord, Subjects
from daicho.certificates.request import CertificateRequest, Omissible, Requester
from daicho.city.certificate_terms import NoCertifier, city_terms
from daicho.konbini.rules.asked import HOUSEHOLD
from daicho.konbini.rules.binding import Paper
from daicho.paper.errors import PaperError
from daicho.paper.press import open_press

TERMINAL = "コンビニ"  # 端末名番号 of the 発行番号; the shop itself is not told on paper (N-5.5-06)


class CannotPrint(Exception):
    """This cannot be put on paper. English, with codes alone: it goes to the operator's log."""


@dataclass(frozen=True)
class Order:
    """What is to be printed: the kind, the people in their order, the choice, the number of the day and the day."""

    kind: str
    people: tuple[CertificateRecord, ...]
    shown: frozenset[Omissible]
    serial_no: int
    issued_on: date

    @property
    def number(self) -> IssueNumber:
        return IssueNumber(settings.INSTALLATION.municipality_name, TERMINAL, "", self.serial_no, self.issued_on.strftime("%Y%m%d"))


def serial_of(certificate_no: str) -> int:
    """The day's number in a 発行番号."""
    return int(certificate_no.rsplit(" ", 1)[1])


def print_paper(order: Order) -> Paper:
    """Make the paper. Raises CannotPrint: the font, a box, or what the certificate's own rules forbid. Three queries, for the city's part."""
    definition = certificate(order.kind, order.issued_on)
    subjects = Subjects(order.people, whole_household=order.kind == HOUSEHOLD)
    theirs = frozenset(choice.omissible for choice in definition.choices_for(subjects.kinds))  # a terminal does not know who is a foreign resident
    request = CertificateRequest(order.issued_on, Requester.SELF, order.shown & theirs)
    try:
        terms = city_terms(definition, request)
        document = definition.compose(subjects, request, terms.texts, order.number)
        printed = open_press(settings.FONTS_DIR, TEMPLATES).print(document, terms.overflow)
    except (NotIssuable, NoCertifier, PaperError) as refused:
        keys = [each.key for each in refused.objections] if isinstance(refused, NotIssuable) else []
        raise CannotPrint(f"{order.kind}: {type(refused).__name__} {' '.join(keys)}".rstrip()) from None
    return Paper(
        pdf=printed.pdf,
        certificate_no=order.number.page_mark,
        pages=printed.pages,
        fee_yen=int(city.setting("fee_konbini_juminhyo_yen", order.issued_on)),
        document_digest=printed.document_digest,
        definition_digest=definition.digest,
        template_digest=printed.template_digest,
        font_digest=printed.font_digest,
    )


def in_order(places: Sequence[int | None]) -> list[int] | None:
    """The positions in the order of 世帯内順序; None when the register told no order, or the same place twice: then only the counter can tell."""
    known = [place for place in places if place is not None]
    if len(known) != len(places) or len(set(known)) != len(known):
        return None
    return sorted(range(len(places)), key=lambda at: known[at])
