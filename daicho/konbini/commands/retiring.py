"""証明データの取下げ — those whose 宛名番号 the register lost in a restore get no paper any more: they come again under another. decision 0019; S5-01."""

from __future__ import annotations

from datetime import date, datetime

from daicho import audit, clock, vault
from daicho.konbini.models import CertifiedPerson, municipality_code
from daicho.konbini.permissions import KonbiniPermission
from daicho.numbering.columns import before_check_digit

RETIRED = "住民記録の復元で宛名番号が失われたため"


def retire_lost(first: str, last: str, told_at: datetime, actor: audit.Actor) -> int:
    """Take card, 世帯 and entries from whoever bears one of these 宛名番号; returns how many. Inside the caller's transaction, which holds the receipt.

    A card that is given back is free for its holder's new number, and nobody stands twice on a household's paper.
    """
    audit.require(actor, KonbiniPermission.DATA_TAKE)
    numbers = CertifiedPerson.objects.filter(municipality_code=municipality_code()).alias(serial=before_check_digit("atena_no"))
    lost = numbers.filter(serial__range=(int(first[:-1]), int(last[:-1]))).order_by("atena_no")
    rows = list(lost.select_for_update())
    sealed, on = [row.entries_ref for row in rows if row.entries_ref is not None], clock.jst(told_at).date()
    for row in rows:
        _retire(row, on, told_at)
    CertifiedPerson.objects.bulk_update(rows, ("household_no", "order_in_household", "card_ref", "closes_on", "entries_ref", "told_at", "taken_at"))
    people = [row.public_id for row in rows]
    if sealed:
        vault.erase_payloads(sealed, reason=RETIRED, actor=actor, subjects=people)
    audit.record(actor, KonbiniPermission.DATA_TAKE, people, detail={"lost_atena_nos": len(rows)})
    return len(rows)


def _retire(row: CertifiedPerson, on: date, told_at: datetime) -> None:
    row.household_no = row.order_in_household = row.card_ref = row.entries_ref = None
    row.closes_on, row.told_at, row.taken_at = on, told_at, clock.now()
