"""転出証明書の確認 — what the paper would say, and everything that forbids it, before it is issued. 住民基本台帳法第22条第2項; std 4.1.3.0.3, 5.8.

No number is opened for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.conf import settings

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.certificates.catalogue import certificate
from daicho.certificates.city_texts import IssueNumber
from daicho.certificates.definitions import CertificateDefinition
from daicho.certificates.document import Document
from daicho.certificates.request import CertificateRequest, Requester
from daicho.residents.models import Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.certificate_preview import Excess, on_paper
from daicho.residents.queries.certificate_terms import CityTerms, city_terms
from daicho.residents.queries.move_out_paper import Leavers, leavers, read_leavers
from daicho.residents.rules.blocks import alert_text
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.visits import check_asking

TO_MOVE_IN = "転入届に添付するため"
"""使用目的: there is no other."""


@dataclass(frozen=True)
class MoveOutPreview:
    """`document` is None where `reasons` (entry, message) forbid to compose it. `alerts` forbid nothing once they are answered."""

    definition: CertificateDefinition
    found: Leavers
    document: Document | None
    reasons: tuple[tuple[str, str], ...]
    fee_yen: int
    alerts: tuple[str, ...] = ()
    excess: tuple[Excess, ...] = ()


def definition_and_terms(found: Leavers, request: CertificateRequest) -> tuple[CertificateDefinition, CityTerms]:
    """By which definition, and with which words of the city: of 再交付 those of the first issue; who certifies and what it costs is of today. Four queries."""
    on = clock.jst(found.first.issued_at).date() if found.first else request.issued_on
    definition = certificate(found.code, on)
    terms = city_terms(definition, request)
    if on == request.issued_on:
        return definition, terms
    then = city_terms(definition, replace(request, issued_on=on)).texts
    return definition, replace(terms, texts=replace(terms.texts, wording=then.wording, foreign_kana=then.foreign_kana))


def request_of(visit: Visit, found: Leavers, on: date) -> CertificateRequest:
    return CertificateRequest(on, Requester(visit.standing), is_reissue=found.first is not None)


def preview_move_out(actor: Actor, visit: Visit, person: UUID, people: frozenset[UUID] | None = None) -> MoveOutPreview:
    """Read those who left as the paper: today's for the first copy, the first's for 再交付. Http404 for an unknown person."""
    today = clock.today()
    with audit.reading(actor, Permission.CERTIFICATE_ISSUE, subjects=(person,)) as seen:
        found = leavers(person, people, today, visit.pk)
        seen.note(kind=found.code, step="preview")
        seen.add(*(row.public_id for row in found.chosen.household))
        request = request_of(visit, found, today)
        definition, terms = definition_and_terms(found, request)
        read = read_leavers(found, open_numbers=False).read
    against = definition.check(read.subjects, request, terms.texts)
    warned = tuple(alert_text(block) for block, _ in found.chosen.alerts)
    reasons = (*check_asking(visit.identity_check, TO_MOVE_IN), *read.reasons, *((o.key, o.message) for o in against))
    if against or read.reasons:
        return MoveOutPreview(definition, found, None, reasons, terms.fee_yen, warned)
    document = definition.compose(read.subjects, request, terms.texts, IssueNumber(settings.INSTALLATION.municipality_name, "", "", 0, ""))
    paper = on_paper(document, terms.overflow, [shown_name(row.entries) or "（氏名空欄）" for row in found.chosen.people])
    return MoveOutPreview(definition, found, document, (*reasons, *paper.reasons), terms.fee_yen, (*warned, *paper.alerts), paper.excess)
