"""名の変更 — a 名 changed in the 戸籍. 住民基本台帳法第8条、令第12条第2項、戸籍法第107条の2; std 4.2.3.1."""

from __future__ import annotations

from daicho.residents.rules.correcting import NAMES, REGISTER, Kind, correctable, correction
from daicho.residents.rules.filing_fields import OF_FAMILY_REGISTER
from daicho.residents.rules.vocabulary import FAMILY_REGISTER

GIVEN_NAME_CHANGE = correction(
    Kind(
        code="given_name_change",
        ja="名の変更",
        article="住民基本台帳法第8条、令第12条第2項、戸籍法第107条の2",
        fields=OF_FAMILY_REGISTER,
        member_fields=correctable(*NAMES, *REGISTER),
        group=FAMILY_REGISTER,
    )
)
