"""照合の記録 — the outcome of a comparison at the counter goes into the trail, and nowhere else: file (2) has its 40 items and no more. A-10, F-2-02."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import Http404

from daicho import audit
from daicho.juki_net.models import IdentityRecord, municipality_code
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.rules.case import Case
from daicho.juki_net.rules.comparison import METHODS, OUTCOMES


def record_comparison(actor: audit.Actor, public_id: UUID, method: str, outcome: str, case: Case) -> None:
    """That this person's items were compared with `method`, and with which outcome. Http404 when there is no such person; KeyError for other words."""
    audit.require(actor, JukiNetPermission.IDENTITY_COMPARE, (public_id,))
    detail = {"method": METHODS[method], "outcome": OUTCOMES[outcome], "case_no": case.case_no}
    with transaction.atomic():
        if not IdentityRecord.objects.filter(municipality_code=municipality_code(), public_id=public_id).exists():
            raise Http404
        audit.record(actor, JukiNetPermission.IDENTITY_COMPARE, (public_id,), purpose=case.text, detail=detail)
