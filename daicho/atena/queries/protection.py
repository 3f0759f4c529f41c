"""発行抑止の照会 — of whom nothing is handed out, and whom an officer may see. 標準仕様3.2 (N-3.2-01); domain §7.

Who may not know gets the same statements whoever is asked for: the protected are left out by the database, not by what was found.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from daicho import audit, clock
from daicho.atena.models import AffairAtena, IntegratedPerson, IssueBlock, NumberDouble, municipality_code
from daicho.atena.permissions import may_know
from daicho.atena.rules.vocabulary import REGISTER


def persons_for(actor: audit.Actor) -> QuerySet[IntegratedPerson]:
    """Everybody whom the officer may know, with `is_blocked`: whether a 抑止 stands today. A number that was given up is its person's still."""
    rows = IntegratedPerson.objects.filter(municipality_code=municipality_code())
    rows = rows.annotate(is_blocked=Exists(_links().filter(Q(person=OuterRef("pk")) | Q(person=OuterRef("united_with")))))
    return rows if may_know(actor) else rows.exclude(hidden())


def doubles_for(actor: audit.Actor) -> QuerySet[NumberDouble]:
    """Doubles of two people whom the officer may know."""
    rows = NumberDouble.objects.filter(municipality_code=municipality_code())
    return rows if may_know(actor) else rows.exclude(hidden("holder__")).exclude(hidden("claimant__"))


def hidden(person: str = "") -> Q:
    """That `person` of a row (a path with its underscores, "" for the row itself) is one of whom nothing is handed out today."""
    people = _links().values("person_id")
    return Q(**{f"{person}pk__in": people}) | Q(**{f"{person}united_with__in": people})


def blocked_among(people: list[int]) -> frozenset[int]:
    """Those of them of whom nothing is handed out today. One statement."""
    return frozenset(_links().filter(person__in=people).values_list("person_id", flat=True))


def _links() -> QuerySet[AffairAtena, Any]:  # Any: Django's rows
    """The 宛名番号 of the register that are blocked, each with its person here."""
    blocks = IssueBlock.objects.filter(municipality_code=municipality_code(), prohibited_from__lte=clock.today())
    return AffairAtena.objects.filter(municipality_code=municipality_code(), affair_code=REGISTER, atena_no__in=blocks.values("atena_no"))
