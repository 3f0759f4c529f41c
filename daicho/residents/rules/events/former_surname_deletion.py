"""旧氏の削除 — the former 氏 is taken off the sheet, on request. 住民基本台帳法施行令第30条の14; std 1.2.2."""

from __future__ import annotations

from daicho.residents.rules.correcting import Kind, correction
from daicho.residents.rules.definitions import Basis
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, REQUESTED_ON
from daicho.residents.rules.former_surname import check_deletion, said_of_deletion

FORMER_SURNAME_DELETION = correction(
    Kind(
        code="former_surname_deletion",
        ja="旧氏の削除",
        article="住民基本台帳法施行令第30条の14",
        fields=(EFFECTIVE_ON, REQUESTED_ON),
        member_fields=(),
        standard_code="旧氏の削除",
        basis=Basis.REQUEST,
        offered_to=lambda entries: entries.former_surname is not None,
        check_more=check_deletion,
        said_by=said_of_deletion,
    )
)
