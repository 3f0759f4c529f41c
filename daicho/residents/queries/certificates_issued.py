"""交付履歴 — which certificates showed a person, with everyone else on them, and what konbini answered. std 1.3.8, 2.2.2 (N-1.3.8-05, N-2.2.2-01); S5-03."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q

from daicho import audit, city, clock
from daicho.audit.actor import Actor
from daicho.residents.models import CertificateIssue, ConvenienceIssue, IssueCorrection, IssueDisposal
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import entries_of, entry_columns
from daicho.residents.queries.issue_corrections import corrections_of
from daicho.residents.rules.names_shown import shown_name
from daicho.values.deadlines import years_before


@dataclass(frozen=True)
class IssuedSubject:
    """One of those whom a certificate shows: by the name that it printed."""

    public_id: UUID
    name: str
    history_no: int


@dataclass(frozen=True)
class IssuedCertificate:
    """A line of 交付履歴."""

    issue: CertificateIssue
    subjects: tuple[IssuedSubject, ...]
    disposals: tuple[IssueDisposal, ...] = ()
    corrections: tuple[IssueCorrection, ...] = ()


@dataclass(frozen=True)
class IssueHistory:
    """交付履歴 of one person, newest first: of the counter, and of the shops: answers to this person's card, and papers that show them."""

    counter: tuple[IssuedCertificate, ...]
    convenience: tuple[ConvenienceIssue, ...]
    shop_disposals: Mapping[int, tuple[IssueDisposal, ...]] = field(default_factory=dict)  # by the id of what konbini answered


def issued_to(actor: Actor, public_id: UUID) -> IssueHistory:
    """交付履歴 of one person. Six statements and the record, which names everyone of the lines."""
    with audit.reading(actor, Permission.CERTIFICATE_ISSUE, subjects=(public_id,)) as seen:
        code, since = settings.INSTALLATION.municipality_code, kept_since()
        rows = CertificateIssue.objects.filter(subjects__person__public_id=public_id, municipality_code=code, issued_at__gte=since)
        issues = list(rows.select_related("visit").order_by("-issued_at"))
        subjects = subjects_of([issue.pk for issue in issues])
        convenience = _convenience(public_id, since)
        seen.add(*(subject.public_id for each in subjects.values() for subject in each), *(row.person.public_id for row in convenience))
        of_counter, of_shops = disposals_of([issue.pk for issue in issues], [row.pk for row in convenience])
        corrected = corrections_of([issue.pk for issue in issues])
        lines = tuple(IssuedCertificate(issue, tuple(subjects[issue.pk]), of_counter.get(issue.pk, ()), corrected.get(issue.pk, ())) for issue in issues)
        return IssueHistory(lines, convenience, of_shops)


def kept_since() -> datetime:
    """The moment from which on 交付履歴 is told: the city's period, counted from today (N-1.3.8-02). Nothing is deleted. One statement."""
    today = clock.today()
    years = int(city.setting("issue_history_years", today))
    return datetime.combine(years_before(today, years), time.min, clock.JST)


Disposals = dict[int, tuple[IssueDisposal, ...]]


def disposals_of(certificates: Sequence[int], convenience: Sequence[int]) -> tuple[Disposals, Disposals]:
    """処分情報 of these, by id, oldest first: of the counter's and of the shops'. One statement, none for nothing."""
    rows = IssueDisposal.objects.filter(municipality_code=settings.INSTALLATION.municipality_code)
    found: tuple[Disposals, Disposals] = ({}, {})
    for row in rows.filter(Q(certificate__in=certificates) | Q(convenience__in=convenience)).order_by("pk"):
        by_id, key = (found[0], row.certificate_id) if row.certificate_id is not None else (found[1], row.convenience_id)
        by_id[key] = (*by_id.get(key, ()), row)
    return found


def _convenience(public_id: UUID, since: datetime) -> tuple[ConvenienceIssue, ...]:
    rows = ConvenienceIssue.objects.filter(municipality_code=settings.INSTALLATION.municipality_code).select_related("person")
    return tuple(rows.filter(concerns__contains=[str(public_id)], answered_at__gte=since).order_by("-answered_at", "-pk"))


_SUBJECTS = f"""
    SELECT s.certificate_id, p.public_id, s.history_no, {entry_columns("v")}
      FROM residents_certificatesubject s JOIN residents_person p ON p.id = s.person_id
      JOIN residents_sheetversion v ON v.person_id = s.person_id AND v.history_no = s.history_no
     WHERE s.municipality_code = %s AND s.certificate_id = ANY(%s) ORDER BY s.certificate_id, s.place
"""


def subjects_of(certificates: Sequence[int]) -> dict[int, list[IssuedSubject]]:
    """Of each certificate everyone on it, in the order of the paper, by the version that it was made of. One statement."""
    found: dict[int, list[IssuedSubject]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SUBJECTS, [settings.INSTALLATION.municipality_code, list(certificates)])
        for certificate, public_id, history_no, *entries in cursor.fetchall():
            found.setdefault(certificate, []).append(IssuedSubject(public_id, shown_name(entries_of(entries)) or "（氏名空欄）", history_no))
    return found
