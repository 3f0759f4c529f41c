"""付けた番号の読み — where the 発行番号 of a day stand, for the check that none is lost. 標準5.5."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from daicho.konbini.models import Answer, municipality_code
from daicho.numbering.columns import at_the_end


def certificate_serials(on: date) -> QuerySet[Any, Any]:  # Any: rows of one number
    rows = Answer.objects.filter(municipality_code=municipality_code(), certificate_no__startswith=f"{on:%Y%m%d} ")
    return rows.annotate(serial=at_the_end("certificate_no")).values_list("serial")
