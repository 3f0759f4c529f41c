"""移転先の照会 — the departments and their names as of a day. D-R3, H-16. Nothing of a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Q

from daicho.transfers.models import Department, municipality_code


def departments_on(day: date) -> list[Department]:
    """Those of that day, by the assessment's number. One query."""
    rows = Department.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), municipality_code=municipality_code(), valid_from__lte=day)
    return sorted(rows, key=lambda row: (not row.transfer_no, row.transfer_no.zfill(4), row.code))


def names_on(day: date) -> Mapping[str, str]:
    """Id → name on that day. One query."""
    return {row.code: row.name for row in departments_on(day)}


def department_name(code: str, day: date) -> str:
    """The name on that day; the id itself when there is none. One query."""
    return names_on(day).get(code, code)
