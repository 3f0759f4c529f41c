"""付けた番号の読み — where the 団体内統合宛名番号 stand, for the check that none is lost. S4-01."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from daicho.atena.models import IntegratedPerson, municipality_code
from daicho.numbering.columns import before_check_digit


def integrated_serials(on: date) -> QuerySet[Any, Any]:  # Any: rows of one number
    rows = IntegratedPerson.objects.filter(municipality_code=municipality_code())
    return rows.annotate(serial=before_check_digit("integrated_atena_no")).values_list("serial")
