"""発行抑止の照会 — of whom nothing is handed out, and whom an officer may see. 標準仕様3.1 (N-3.1-19); domain §7.

Who may not know gets the same statements whoever is asked for: the protected are left out by the database, not by what was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from daicho import audit, clock
from daicho.juki_net.models import IdentityRecord, IssueBlock, municipality_code
from daicho.juki_net.permissions import may_know


def hidden_from(actor: audit.Actor) -> list[int]:
    """The records of whom this officer may not know. One statement, none for who may know."""
    if may_know(actor):
        return []
    refs = _blocks().values("juminhyo_code_ref")
    return list(IdentityRecord.objects.filter(municipality_code=municipality_code(), juminhyo_code_ref__in=refs).values_list("pk", flat=True))


def records_but(hidden: Sequence[int]) -> QuerySet[IdentityRecord]:
    """Everybody of the file but these, with `is_blocked`: whether a 抑止 stands today."""
    rows = IdentityRecord.objects.filter(municipality_code=municipality_code()).exclude(pk__in=hidden)
    return rows.annotate(is_blocked=Exists(_blocks().filter(juminhyo_code_ref=OuterRef("juminhyo_code_ref"))))


def _blocks() -> QuerySet[IssueBlock, Any]:  # Any: Django's rows
    return IssueBlock.objects.filter(municipality_code=municipality_code(), prohibited_from__lte=clock.today())
