"""対象者の更新 — takes what residents told of one person, and tells the departments, in one transaction. 番号法第9条第1項; G-25, S1-11."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from daicho import audit
from daicho.audit.actor import Actor
from daicho.contracts.transfer_info_v1 import TransferInfoV1, TransferPerson
from daicho.numbering.columns import before_check_digit
from daicho.outbox.errors import Refused
from daicho.outbox.models import CurrentTransaction
from daicho.transfers.commands.feeding import tell_at_once
from daicho.transfers.models import PERSON_COLUMNS, Person, municipality_code
from daicho.transfers.permissions import TransfersPermission


def accept_info(actor: Actor, info: TransferInfoV1) -> Person:
    """Write the person as told and post to the departments; returns the row. Inside the caller's transaction, which holds the receipt.

    Raises outbox Refused when a later row of the register was told before, audit.Refused when `actor` is not the intake.
    """
    audit.require(actor, TransfersPermission.PERSON_UPDATE)
    row = Person.objects.select_for_update().filter(municipality_code=municipality_code(), atena_no=info.atena_no).first()
    if row is not None and info.history_no < row.history_no:
        raise Refused("history_reversal", "この者の新しい履歴が先に届いています。住民記録と庁内連携の帳簿を照合してください。")
    row = row or Person(atena_no=info.atena_no)
    row.history_no, row.recorded_at = info.history_no, info.recorded_at
    _fill(row, info.person)
    _save(row)
    told = tell_at_once(actor, [row])
    audit.record(actor, TransfersPermission.PERSON_UPDATE, [row.public_id], detail={"history_no": row.history_no, "told": told})
    return row


def retire_lost(actor: Actor, first: str, last: str) -> int:
    """Whoever bears one of these 宛名番号 is nobody in the register, which lost them in a restore (decision 0019): hold nothing of them, and
    tell the departments that were told; returns of how many. Inside the caller's transaction, which holds the receipt.
    """
    audit.require(actor, TransfersPermission.PERSON_UPDATE)
    numbers = Person.objects.filter(municipality_code=municipality_code(), is_subject=True).alias(serial=before_check_digit("atena_no"))
    rows = list(numbers.filter(serial__range=(int(first[:-1]), int(last[:-1]))).order_by("pk").select_for_update())
    for row in rows:
        _fill(row, None)
        _save(row)
    told = tell_at_once(actor, rows)
    audit.record(actor, TransfersPermission.PERSON_UPDATE, [row.public_id for row in rows], detail={"lost_atena_nos": len(rows), "told": told})
    return len(rows)


def _fill(row: Person, person: TransferPerson | None) -> None:
    row.is_subject = person is not None
    for name in PERSON_COLUMNS:
        setattr(row, name, getattr(person, name) if person else None)


def _save(row: Person) -> None:
    if row.pk is None:
        row.save(force_insert=True)
    else:
        row.changed_xid = CurrentTransaction()
        row.save(force_update=True)


@transaction.atomic
def turn_day(actor: Actor, day: date) -> int:
    """転出予定日等の到来: who stops being a resident with `day` is told as such, although nothing came from the register; returns how many."""
    audit.require(actor, TransfersPermission.FEED_SEND)
    rows = list(Person.objects.select_for_update().filter(municipality_code=municipality_code(), removed_on=day, is_subject=True).order_by("pk"))
    if not rows:
        return 0
    Person.objects.filter(pk__in=[row.pk for row in rows]).update(changed_xid=CurrentTransaction())
    told = tell_at_once(actor, rows)
    audit.record(actor, TransfersPermission.FEED_SEND, [row.public_id for row in rows], detail={"day": day.isoformat(), "told": told})
    return len(rows)
