"""発行抑止の照会 — of whom nothing is handed out, and whom an officer may see. 標準仕様3.1; domain §7.

Who may not know gets the same statements whoever is asked for: the protected are left out by the database, not by what was found.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from daicho import audit, clock
from daicho.konbini.models import Answer, CertifiedPerson, IssueBlock, municipality_code
from daicho.konbini.permissions import may_know
from daicho.konbini.rules.refusal import Refusal


def persons_for(actor: audit.Actor) -> QuerySet[CertifiedPerson]:
    """Everybody whom the officer may know, with `is_blocked`: whether a 抑止 stands today."""
    rows = CertifiedPerson.objects.filter(municipality_code=municipality_code())
    rows = rows.annotate(is_blocked=Exists(_blocks().filter(atena_no=OuterRef("atena_no"))))
    return rows if may_know(actor) else rows.filter(is_prohibited=False).exclude(atena_no__in=_blocks().values("atena_no"))


def answers_for(actor: audit.Actor) -> QuerySet[Answer]:
    """Every answer of whom the officer may know. That somebody on the paper is protected is told by the refusal alone: that answer is left out too."""
    rows = Answer.objects.filter(municipality_code=municipality_code())
    if may_know(actor):
        return rows
    protected = CertifiedPerson.objects.filter(municipality_code=municipality_code(), atena_no__in=_blocks().values("atena_no"))
    return rows.exclude(code=Refusal.PROHIBITED.value).exclude(person__is_prohibited=True).exclude(person__in=protected.values("pk"))


def _blocks() -> QuerySet[IssueBlock, Any]:  # Any: Django's rows
    return IssueBlock.objects.filter(municipality_code=municipality_code(), prohibited_from__lte=clock.today())
