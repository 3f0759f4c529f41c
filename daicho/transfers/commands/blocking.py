"""発行抑止の反映 — takes of whom nothing is handed out, tells the departments that hold them, and keeps which of them confirmed. 標準仕様3.2; domain §7."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.contracts.issue_block_v1 import IssueBlockV1
from daicho.outbox.models import CurrentTransaction
from daicho.transfers.commands.errors import refuse
from daicho.transfers.commands.feeding import tell_at_once
from daicho.transfers.models import BlockReflection, IssueBlock, Person, municipality_code
from daicho.transfers.permissions import TransfersPermission

_BLOCK = """
    INSERT INTO transfers_issueblock (municipality_code, public_id, atena_no, prohibited_from, told_at)
    SELECT %s, gen_random_uuid(), b.atena_no, b.prohibited_from, %s FROM unnest(%s::text[], %s::date[]) AS b (atena_no, prohibited_from)
    ON CONFLICT (municipality_code, atena_no) DO UPDATE SET prohibited_from = EXCLUDED.prohibited_from, told_at = EXCLUDED.told_at
     WHERE transfers_issueblock.told_at <= EXCLUDED.told_at
"""


def take_blocks(actor: Actor, told: IssueBlockV1) -> None:
    """Note how these people stand, also of whom this room does not know yet, and tell every department that may see them, by its own way.

    Something told earlier changes nothing. Inside the caller's transaction, which holds the receipt.
    """
    audit.require(actor, TransfersPermission.PERSON_UPDATE)
    days = {one.person_key: one.prohibited_from for one in told.persons}
    people = list(Person.objects.select_for_update().filter(municipality_code=municipality_code(), atena_no__in=days).order_by("pk"))
    with connection.cursor() as cursor:
        cursor.execute(_BLOCK, [municipality_code(), told.at, list(days), list(days.values())])
    Person.objects.filter(pk__in=[row.pk for row in people]).update(changed_xid=CurrentTransaction())  # the batches and pulls find them
    posted = tell_at_once(actor, people)
    audit.record(actor, TransfersPermission.PERSON_UPDATE, [row.public_id for row in people], detail={"issue_blocks": len(days), "told": posted})


@transaction.atomic
def confirm_reflection(actor: Actor, block: UUID, department_code: str, confirmed_with: str) -> None:
    """A department says that its own system has it now. Raises TransferRefused with what is wrong; audit.Refused."""
    audit.require(actor, TransfersPermission.BLOCK_CONFIRM)
    row = IssueBlock.objects.select_for_update().filter(municipality_code=municipality_code(), public_id=block).first()
    if row is None:
        raise refuse("この抑止の記録が見つかりません。一覧を開き直してください。")
    if not confirmed_with.strip():
        raise refuse("反映を確認した相手（課の担当者など）を入力してください。", "confirmed_with")
    BlockReflection.objects.get_or_create(
        municipality_code=municipality_code(), block=row, told_at=row.told_at, department_code=department_code,
        defaults={"confirmed_with": confirmed_with.strip(), "confirmed_by": actor.name, "confirmed_at": clock.now()},
    )  # fmt: skip
    people = Person.objects.filter(municipality_code=municipality_code(), atena_no=row.atena_no).values_list("public_id", flat=True)
    audit.record(actor, TransfersPermission.BLOCK_CONFIRM, list(people), detail={"block": str(block), "department": department_code})
