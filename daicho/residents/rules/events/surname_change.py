"""氏の変更 — a family's 氏 changed in the 戸籍, of all who are in it. 住民基本台帳法第8条、令第12条第2項、戸籍法第107条; std 4.2.3.1."""

from __future__ import annotations

from daicho.residents.rules.correcting import NAMES, REGISTER, Kind, correctable, correction
from daicho.residents.rules.filing_fields import OF_FAMILY_REGISTER
from daicho.residents.rules.vocabulary import FAMILY_REGISTER

SURNAME_CHANGE = correction(
    Kind(
        code="surname_change",
        ja="氏の変更",
        article="住民基本台帳法第8条、令第12条第2項、戸籍法第107条",
        fields=OF_FAMILY_REGISTER,
        member_fields=correctable(*NAMES, *REGISTER),
        group=FAMILY_REGISTER,
    )
)
