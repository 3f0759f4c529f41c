"""二重の記載の消除と市町村CS — a double's removal is not told there when the person goes on under the same 住民票コード. 住民基本台帳法第30条の6; decision 0038."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from daicho.residents.commands.writing import Written
from daicho.residents.models import SheetCurrent
from daicho.residents.rules.vocabulary import DUPLICATE


def borne_by_another(told: Sequence[Written]) -> set[int]:
    """Person ids of doubles, removed or given back, whose 住民票コード stands on another's open sheet. One statement, none where nobody is a double."""
    doubles = {w.entries.juminhyo_code: w.person.pk for w in told if w.entries.juminhyo_code is not None and _is_of_a_double(w)}
    if not doubles:
        return set()
    rows = SheetCurrent.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, juminhyo_code__in=doubles, closed_on__isnull=True)
    return {doubles[code] for code, person in rows.values_list("juminhyo_code", "person_id") if doubles[code] != person}


def _is_of_a_double(w: Written) -> bool:
    return DUPLICATE in (w.entries.removal_reason_code, w.before.removal_reason_code if w.before else None)
