"""自動応答不可の人 — about whom no answer goes by itself today, and whom an officer may see. F-1-52; domain §7.

That somebody is protected comes with the replica, as 不開示; an officer's own setting counts too. Who may not know gets the same statements
whoever is asked for: these people are left out by the database, not by what was found.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from daicho import audit, clock
from daicho.chukan.models import Inquiry, Person, Replica, Withholding
from daicho.chukan.models.columns import municipality_code
from daicho.chukan.permissions import may_know


def persons_for(actor: audit.Actor) -> QuerySet[Person]:
    """Everybody whom the officer may know."""
    rows = Person.objects.filter(municipality_code=municipality_code())
    return rows if may_know(actor) else rows.exclude(pk__in=_told()).exclude(pk__in=_set_here())


def inquiries_for(actor: audit.Actor) -> QuerySet[Inquiry, Any]:  # Any: Django's rows
    """Inquiries about everybody whom the officer may know, or about nobody."""
    rows = Inquiry.objects.filter(municipality_code=municipality_code())
    return rows if may_know(actor) else rows.exclude(person__in=_told()).exclude(person__in=_set_here())


def _told() -> QuerySet[Replica, Any]:  # Any: Django's rows
    """By the register's word: the newest replica says so."""
    newer = Replica.objects.filter(municipality_code=municipality_code(), person=OuterRef("person"), version_no__gt=OuterRef("version_no"))
    return Replica.objects.filter(_today(), ~Exists(newer), municipality_code=municipality_code()).values("person_id")


def _set_here() -> QuerySet[Withholding, Any]:  # Any: as above
    """By an officer of this room."""
    return Withholding.objects.filter(_today(), municipality_code=municipality_code()).values("person_id")


def _today() -> Q:
    """rules/form.withheld_on, as the database says it."""
    today = clock.today()
    return Q(withheld_from__lte=today) & (Q(withheld_until__isnull=True) | Q(withheld_until__gt=today))
