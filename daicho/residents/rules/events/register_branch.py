"""分籍 — somebody founded a 戸籍 of their own: 本籍 and 筆頭者. 住民基本台帳法第8条、令第12条第2項、戸籍法第100条; std 4.2.3.1."""

from __future__ import annotations

from daicho.residents.rules.correcting import REGISTER, Kind, correctable, correction
from daicho.residents.rules.filing_fields import OF_FAMILY_REGISTER
from daicho.residents.rules.vocabulary import FAMILY_REGISTER

REGISTER_BRANCH = correction(
    Kind(
        code="register_branch",
        ja="分籍",
        article="住民基本台帳法第8条、令第12条第2項、戸籍法第100条",
        fields=OF_FAMILY_REGISTER,
        member_fields=correctable(*REGISTER),
        group=FAMILY_REGISTER,
    )
)
