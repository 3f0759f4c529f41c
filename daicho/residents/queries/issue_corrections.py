"""交付履歴の訂正の照会 — the corrections of issues, and what the record of an asking says now. std 1.3.8, 8.1.1 (N-8.1.1-05)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from daicho.residents.models import CertificateIssue, IssueCorrection
from daicho.residents.rules.issue_corrections import Correction, Item, as_corrected

Corrections = dict[int, tuple[IssueCorrection, ...]]


@dataclass(frozen=True)
class Asking:
    """Who asked, by what right, for what, as it is known today."""

    requester: str
    standing: str
    purpose: str


def corrections_of(certificates: Sequence[int]) -> Corrections:
    """By the id of the issue, oldest first. One statement, none for nothing. The caller records the reading."""
    if not certificates:
        return {}
    found: Corrections = {}
    rows = IssueCorrection.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, certificate__in=certificates)
    for row in rows.order_by("pk"):
        found[row.certificate_id] = (*found.get(row.certificate_id, ()), row)
    return found


def asking_of(issue: CertificateIssue, corrections: Sequence[IssueCorrection]) -> Asking:
    """As corrected. `issue` with its 受付 (select_related); of what nobody came for the requester is ""."""
    each = [Correction(row.item, row.becomes) for row in corrections]
    name = issue.visit.visitor_name if issue.visit is not None else ""
    return Asking(as_corrected(Item.REQUESTER, name, each), as_corrected(Item.STANDING, issue.standing, each), as_corrected(Item.PURPOSE, issue.purpose, each))
