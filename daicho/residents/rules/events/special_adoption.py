"""特別養子縁組 — an adoption that ends the tie with the natural parents, or its dissolution. 戸籍法第68条の2、第73条; 住民基本台帳法第8条; std 1.1.4, 4.2.3.1.

What it changed is shown on no certificate with history unless somebody asks for it and may: the former name would tell of the adoption (N-1.1.4).
"""

from __future__ import annotations

from daicho.residents.rules.correcting import NAMES, REGISTER, Kind, correctable, correction
from daicho.residents.rules.filing_fields import OF_FAMILY_REGISTER
from daicho.residents.rules.vocabulary import FAMILY_REGISTER

SPECIAL_ADOPTION = correction(
    Kind(
        code="special_adoption",
        ja="特別養子縁組",
        article="住民基本台帳法第8条、令第12条第2項、戸籍法第68条の2、第73条",
        fields=OF_FAMILY_REGISTER,
        member_fields=correctable(*NAMES, *REGISTER, "relationship"),
        shows_in_history=False,
        group=FAMILY_REGISTER,
    )
)
