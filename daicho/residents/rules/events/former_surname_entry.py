"""旧氏の記載 — a former 氏 stands beside the name, on request. 住民基本台帳法施行令第30条の13; std 1.2.2."""

from __future__ import annotations

from daicho.residents.rules.correcting import Kind, correction
from daicho.residents.rules.definitions import Basis
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, REQUESTED_ON
from daicho.residents.rules.former_surname import FORMER_SURNAME, check_entry
from daicho.residents.rules.vocabulary import FOREIGN

FORMER_SURNAME_ENTRY = correction(
    Kind(
        code="former_surname_entry",
        ja="旧氏の記載",
        article="住民基本台帳法施行令第30条の13",
        fields=(EFFECTIVE_ON, REQUESTED_ON),
        member_fields=FORMER_SURNAME,
        standard_code="旧氏の記載",
        basis=Basis.REQUEST,
        offered_to=lambda entries: entries.resident_kind != FOREIGN and entries.former_surname is None,
        check_more=check_entry,
    )
)
