"""発行抑止の反映 — of whom nothing is handed out, as residents told last. 標準仕様3.2 (N-3.2-01); decision 0042.

That answers about them wait for an officer in chukan travels with the replica (atena_info, F-1-52), not from here.
"""

from __future__ import annotations

from django.db import connection

from daicho import audit
from daicho.atena.models import IntegratedPerson, municipality_code
from daicho.atena.permissions import AtenaPermission
from daicho.atena.rules.vocabulary import REGISTER
from daicho.contracts.issue_block_v1 import IssueBlockV1

_BLOCK = """
    INSERT INTO atena_issueblock (municipality_code, atena_no, prohibited_from, told_at)
    SELECT %s, b.atena_no, b.prohibited_from, %s FROM unnest(%s::text[], %s::date[]) AS b (atena_no, prohibited_from)
    ON CONFLICT (municipality_code, atena_no) DO UPDATE SET prohibited_from = EXCLUDED.prohibited_from, told_at = EXCLUDED.told_at
     WHERE atena_issueblock.told_at <= EXCLUDED.told_at
"""


def take_blocks(told: IssueBlockV1, actor: audit.Actor) -> None:
    """Note how these people stand, also of whom this room does not know yet; something told earlier changes nothing.

    Inside the caller's transaction, which holds the receipt. Two statements and the record.
    """
    audit.require(actor, AtenaPermission.INFO_UPDATE)
    days = {one.person_key: one.prohibited_from for one in told.persons}
    with connection.cursor() as cursor:
        cursor.execute(_BLOCK, [municipality_code(), told.at, list(days), list(days.values())])
    people = IntegratedPerson.objects.filter(municipality_code=municipality_code(), affairs__affair_code=REGISTER, affairs__atena_no__in=days)
    audit.record(actor, AtenaPermission.INFO_UPDATE, list(people.values_list("public_id", flat=True)), detail={"issue_blocks": len(days)})
