"""交付履歴の訂正 — written beside the record of an issue; the record itself nobody alters. std 1.3.8, 8.1.1 (N-8.1.1-05)."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from daicho import audit, clock, rows
from daicho.audit.actor import Actor
from daicho.residents.errors import CannotDo
from daicho.residents.models import CertificateIssue, IssueCorrection
from daicho.residents.permissions import Permission
from daicho.residents.queries.issue_corrections import asking_of, corrections_of
from daicho.residents.rules.issue_corrections import check_correction


@dataclass(frozen=True)
class CorrectionForm:
    """The item (rules/issue_corrections.Item), what it should have been, and how that became known."""

    item: str
    becomes: str
    reason: str


class NotCorrected(CannotDo):
    """All reasons as (field, message)."""

    def __init__(self, reasons: tuple[tuple[str, str], ...]) -> None:
        super().__init__("この内容では訂正できません。")
        self.reasons = reasons


@transaction.atomic
def correct(actor: Actor, issue: CertificateIssue, form: CorrectionForm) -> IssueCorrection:
    """Record it. NotCorrected with every reason. What both say stays in the table; the trail holds which item, never the words."""
    people = list(issue.subjects.order_by("place").values_list("person__public_id", flat=True))
    audit.require(actor, Permission.ISSUE_CORRECT, people)
    held = CertificateIssue.objects.select_related("visit").get(pk=issue.pk)  # a row that nobody alters needs no lock: the newest correction counts
    now = getattr(asking_of(held, corrections_of([held.pk]).get(held.pk, ())), form.item, "")
    becomes = form.becomes.strip()
    if reasons := check_correction(form.item, now, becomes, form.reason):
        raise NotCorrected(reasons)
    row = IssueCorrection(
        municipality_code=settings.INSTALLATION.municipality_code, certificate=held, item=form.item, was=now, becomes=becomes, reason=form.reason.strip(),
        recorded_by=actor.name, recorded_at=clock.now(), office_code=actor.office_code, terminal=actor.terminal,
    )  # fmt: skip
    rows.insert([row])
    audit.record(actor, Permission.ISSUE_CORRECT, people, detail={"certificate_no": held.certificate_no, "item": form.item})
    return row
