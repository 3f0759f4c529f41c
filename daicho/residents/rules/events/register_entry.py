"""入籍 — somebody entered the 戸籍 of a parent: 氏, 本籍, 筆頭者. 住民基本台帳法第8条、令第12条第2項、戸籍法第98条、第99条; std 4.2.3.1."""

from __future__ import annotations

from daicho.residents.rules.correcting import NAMES, REGISTER, Kind, correctable, correction
from daicho.residents.rules.filing_fields import OF_FAMILY_REGISTER
from daicho.residents.rules.vocabulary import FAMILY_REGISTER

REGISTER_ENTRY = correction(
    Kind(
        code="register_entry",
        ja="入籍",
        article="住民基本台帳法第8条、令第12条第2項、戸籍法第98条、第99条",
        fields=OF_FAMILY_REGISTER,
        member_fields=correctable(*NAMES, *REGISTER, "relationship"),
        group=FAMILY_REGISTER,
    )
)
