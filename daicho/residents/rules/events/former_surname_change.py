"""旧氏の変更 — the former 氏 becomes the one given up last, on request. 住民基本台帳法施行令第30条の14; std 1.2.2."""

from __future__ import annotations

from daicho.residents.rules.correcting import Kind, correction
from daicho.residents.rules.definitions import Basis
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, REQUESTED_ON
from daicho.residents.rules.former_surname import FORMER_SURNAME, check_change

FORMER_SURNAME_CHANGE = correction(
    Kind(
        code="former_surname_change",
        ja="旧氏の変更",
        article="住民基本台帳法施行令第30条の14",
        fields=(EFFECTIVE_ON, REQUESTED_ON),
        member_fields=FORMER_SURNAME,
        standard_code="旧氏の変更",
        basis=Basis.REQUEST,
        offered_to=lambda entries: entries.former_surname is not None,
        check_more=check_change,
    )
)
