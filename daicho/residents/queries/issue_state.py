"""交付した写しの状態の照会 — whether copies still hold, by what became of them. Nothing here is about a person. std 1.3.8 (N-1.3.8-11); A-05."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db.models import Value

from daicho.residents.models import CertificateIssue, IssueDisposal
from daicho.residents.rules.issue_state import Happened, IssueState, state_of


def issue_states(issues: Sequence[CertificateIssue]) -> dict[int, IssueState]:
    """By the id of the copy, each of them. Two statements, whatever there are."""
    happened: dict[int, list[Happened]] = {issue.pk: [] for issue in issues}
    code = settings.INSTALLATION.municipality_code
    disposals = IssueDisposal.objects.filter(municipality_code=code, certificate__in=list(happened)).values_list("certificate_id", "kind", "recorded_at")
    replaced = CertificateIssue.objects.filter(municipality_code=code, replaces__in=list(happened)).values_list("replaces_id", Value(""), "issued_at")
    for pk, kind, at in (*disposals, *replaced):
        happened[pk].append(Happened(kind, at))
    return {pk: state_of(sorted(found, key=lambda one: one.at)) for pk, found in happened.items()}


def issue_state(issue: CertificateIssue) -> IssueState:
    """Of one copy. Two statements."""
    return issue_states([issue])[issue.pk]
