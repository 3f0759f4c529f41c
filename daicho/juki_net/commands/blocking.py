"""発行抑止の反映 — of whom nothing is handed out, as residents told last; nobody else is told of it. 標準仕様3.1 (N-3.1-19); F-2-02, F-2-07."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import connection

from daicho import audit, vault
from daicho.contracts.issue_block_v1 import IssueBlockV1
from daicho.juki_net.commands.refusal import refuse_if
from daicho.juki_net.models import IdentityRecord, IssueBlock, municipality_code
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.rules.problems import Problem
from daicho.values.numbers import BadNumber, JuminhyoCode

_BLOCK = """
    INSERT INTO juki_net_issueblock (municipality_code, juminhyo_code_ref, prohibited_from, told_at)
    SELECT %s, b.ref, b.prohibited_from, %s FROM unnest(%s::bigint[], %s::date[]) AS b (ref, prohibited_from)
    ON CONFLICT (municipality_code, juminhyo_code_ref) DO UPDATE SET prohibited_from = EXCLUDED.prohibited_from, told_at = EXCLUDED.told_at
     WHERE juki_net_issueblock.told_at <= EXCLUDED.told_at
"""


def take_blocks(told: IssueBlockV1, actor: audit.Actor) -> None:
    """Note how these people stand, also of whom the file does not know yet. Something told earlier changes nothing; file (2) is not touched.

    Inside the caller's transaction, which holds the receipt. Raises outbox Refused for what is no 住民票コード.
    """
    audit.require(actor, JukiNetPermission.BLOCK_TAKE)
    days = {one.person_key: one.prohibited_from for one in told.persons}
    refuse_if([*_problems(days)])
    refs = vault.keep_many(vault.NumberKind.JUMINHYO_CODE, list(days))
    with connection.cursor() as cursor:
        cursor.execute(_BLOCK, [municipality_code(), told.at, refs, list(days.values())])
    people = IdentityRecord.objects.filter(municipality_code=municipality_code(), juminhyo_code_ref__in=refs).values_list("public_id", flat=True)
    audit.record(actor, JukiNetPermission.BLOCK_TAKE, list(people), detail={"issue_blocks": len(days)})


def follow_new_code(old_ref: int, new_ref: int) -> None:
    """The block of somebody whose 住民票コード was changed goes on under the new one. Inside the caller's transaction; one statement or two."""
    if not IssueBlock.objects.filter(municipality_code=municipality_code(), juminhyo_code_ref=new_ref).exists():
        IssueBlock.objects.filter(municipality_code=municipality_code(), juminhyo_code_ref=old_ref).update(juminhyo_code_ref=new_ref)


def _problems(codes: Iterable[str]) -> Iterator[Problem]:
    for code in codes:
        try:
            JuminhyoCode.parse(code)
        except BadNumber as bad:
            yield Problem("number", "juminhyo_code", f"発行抑止の対象者を特定できません。{bad}")
