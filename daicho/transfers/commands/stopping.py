"""送信前の停止 — what was posted by a grant that has ended meanwhile does not leave, on record. D-R1, F-1-41."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.transfers.commands.records import keep_stopped
from daicho.transfers.models import TransferRecord, municipality_code
from daicho.transfers.permissions import TransfersPermission
from daicho.transfers.queries.in_force import is_in_force

GRANT_ENDED = "grant_ended"


@transaction.atomic
def stop_if_ended(actor: Actor, grant_no: int, notice_id: UUID) -> bool:
    """Whether the grant has ended, so that the notice must not leave; then its people are recorded as not told. Asked again, it records once."""
    audit.require(actor, TransfersPermission.FEED_SEND)
    if is_in_force(grant_no, clock.today()):
        return False
    of_notice = TransferRecord.objects.filter(municipality_code=municipality_code(), notice_id=notice_id).select_related("person")
    if not of_notice.filter(outcome=TransferRecord.Outcome.STOPPED).exists():
        records = list(of_notice)
        keep_stopped(records, GRANT_ENDED, actor.login)
        subjects = [record.person.public_id for record in records if record.person]
        detail = {"grant": grant_no, "notice_id": str(notice_id), "reason": GRANT_ENDED}
        audit.record(actor, TransfersPermission.FEED_SEND, subjects, audit.Outcome.REFUSED, detail=detail)
    return True
