"""転籍 — a 戸籍 moved: 本籍 of all who are in it. 住民基本台帳法第8条、令第12条第2項、戸籍法第108条; std 4.2.3.1."""

from __future__ import annotations

from daicho.residents.rules.correcting import REGISTER, Kind, correctable, correction
from daicho.residents.rules.filing_fields import OF_FAMILY_REGISTER
from daicho.residents.rules.vocabulary import FAMILY_REGISTER

REGISTER_TRANSFER = correction(
    Kind(
        code="register_transfer",
        ja="転籍",
        article="住民基本台帳法第8条、令第12条第2項、戸籍法第108条",
        fields=OF_FAMILY_REGISTER,
        member_fields=correctable(*REGISTER),
        group=FAMILY_REGISTER,
    )
)
