"""処分の記録 — what became of a copy given out by mistake, beside its 交付履歴. std 1.3.8 (N-1.3.8-11)."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import transaction

from daicho import audit, clock, rows
from daicho.audit.actor import Actor
from daicho.residents.errors import CannotDo
from daicho.residents.models import CertificateIssue, ConvenienceIssue, IssueDisposal
from daicho.residents.permissions import Permission
from daicho.residents.rules.disposals import DISPOSALS


@transaction.atomic
def dispose(actor: Actor, issue: CertificateIssue | ConvenienceIssue, kind: str, reason: str) -> IssueDisposal:
    """Record it. CannotDo without kind and reason, and of what konbini refused: nothing was given out."""
    audit.require(actor, Permission.ISSUE_DISPOSE)
    if kind not in dict(DISPOSALS) or not reason.strip():
        raise CannotDo("処分の種類を選び、処分の理由を入力してください。")
    if not issue.certificate_no:
        raise CannotDo("交付しなかった請求です。処分するものはありません。")
    of_counter = isinstance(issue, CertificateIssue)
    row = IssueDisposal(
        municipality_code=settings.INSTALLATION.municipality_code, certificate=issue if of_counter else None, convenience=None if of_counter else issue,
        kind=kind, reason=reason.strip(), recorded_by=actor.name, recorded_at=clock.now(), office_code=actor.office_code, terminal=actor.terminal,
    )  # fmt: skip
    rows.insert([row])
    audit.record(actor, Permission.ISSUE_DISPOSE, _people(issue), detail={"certificate_no": issue.certificate_no, "disposal": kind})
    return row


def _people(issue: CertificateIssue | ConvenienceIssue) -> list[UUID]:
    if isinstance(issue, ConvenienceIssue):
        return [UUID(one) for one in issue.concerns]
    return list(issue.subjects.order_by("place").values_list("person__public_id", flat=True))
