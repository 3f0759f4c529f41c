"""出した通知書 — which letters were put out about a case, so that none is sent twice unseen. 標準1.3.8; decision 0050."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.db.models import Count

from daicho.residents.models import CertificateIssue, CertificateSubject

ON_PAPER = ("move_in_notice", "fuhyo_notice")
"""The notices by wire that another city can be told on paper too."""


def letters_of(cases: Collection[str]) -> dict[str, tuple[CertificateIssue, ...]]:
    """By case, oldest first. The caller records the reading; nobody is named by it. One statement, none for nothing."""
    if not cases:
        return {}
    found: dict[str, tuple[CertificateIssue, ...]] = {}
    rows = CertificateIssue.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, case__in=sorted(cases))
    for row in rows.order_by("pk"):
        found[row.case] = (*found.get(row.case, ()), row)
    return found


def letters_by_person(cases: Collection[str]) -> dict[tuple[str, int], tuple[CertificateIssue, ...]]:
    """By case and person id, where a case is about several people of whom each has letters of their own. One statement, none for nothing."""
    found: dict[tuple[str, int], tuple[CertificateIssue, ...]] = {}
    code = settings.INSTALLATION.municipality_code
    rows = CertificateSubject.objects.filter(municipality_code=code, certificate__case__in=sorted(cases)).select_related("certificate") if cases else ()
    for row in sorted(rows, key=lambda row: row.certificate_id):
        key = (row.certificate.case, row.person_id)
        found[key] = (*found.get(key, ()), row.certificate)
    return found


def letters_count(case: str) -> list[tuple[str, int]]:
    """(kind, how many) of a case that has hundreds of them. One statement."""
    rows = CertificateIssue.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, case=case)
    return list(rows.values_list("kind").annotate(count=Count("pk")).order_by("kind"))


def copy_case(issue_id: UUID | str) -> str:
    return f"issue:{issue_id}"


def registration_case(entry_id: UUID | str) -> str:
    return f"principal_notice:{entry_id}"


def survey_case(survey_id: UUID | str) -> str:
    return f"survey:{survey_id}"


def support_case(case_id: UUID | str) -> str:
    return f"support:{case_id}"


def renaming_case(renaming_id: UUID | str) -> str:
    return f"renaming:{renaming_id}"


def notice_case(notice_id: UUID | str) -> str:
    return f"notice:{notice_id}"


def fuhyo_case(public_id: UUID | str) -> str:
    return f"fuhyo:{public_id}"


def received_case(received_id: UUID | str) -> str:
    return f"received:{received_id}"


def term_case(pk: int) -> str:
    return f"residence_term:{pk}"
