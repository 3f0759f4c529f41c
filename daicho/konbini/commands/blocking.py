"""発行抑止の反映 — of whom nothing is handed out, as residents told last; a temporary lift is never told. 標準仕様3.1 (N-3.1-10, -18); S5-01."""

from __future__ import annotations

from django.db import connection

from daicho import audit
from daicho.contracts.issue_block_v1 import IssueBlockV1
from daicho.konbini.models import CertifiedPerson, municipality_code
from daicho.konbini.permissions import KonbiniPermission

_BLOCK = """
    INSERT INTO konbini_issueblock (municipality_code, atena_no, prohibited_from, told_at)
    SELECT %s, b.atena_no, b.prohibited_from, %s FROM unnest(%s::text[], %s::date[]) AS b (atena_no, prohibited_from)
    ON CONFLICT (municipality_code, atena_no) DO UPDATE SET prohibited_from = EXCLUDED.prohibited_from, told_at = EXCLUDED.told_at
     WHERE konbini_issueblock.told_at <= EXCLUDED.told_at
"""


def take_blocks(told: IssueBlockV1, actor: audit.Actor) -> None:
    """Note how these people stand; what was told before something newer changes nothing. Inside the caller's transaction, which holds the receipt.

    An answer in hand holds its people's rows: it is finished first, and whoever asks next finds the block. Two statements and the record.
    """
    audit.require(actor, KonbiniPermission.DATA_TAKE)
    days = {one.person_key: one.prohibited_from for one in told.persons}
    held = CertifiedPerson.objects.select_for_update().filter(municipality_code=municipality_code(), atena_no__in=days).order_by("atena_no")
    people = [row.public_id for row in held]
    with connection.cursor() as cursor:
        cursor.execute(_BLOCK, [municipality_code(), told.at, list(days), list(days.values())])
    audit.record(actor, KonbiniPermission.DATA_TAKE, people, detail={"issue_blocks": len(days)})
