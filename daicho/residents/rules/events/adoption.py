"""養子縁組 — an adoption was entered in the 戸籍. 住民基本台帳法第8条、令第12条第2項、戸籍法第66条; std 4.2.3.1.

続柄 is 子, whatever the adoption (N-1.1.11: 養子 is no word of it).
"""

from __future__ import annotations

from daicho.residents.rules.correcting import NAMES, REGISTER, Kind, correctable, correction
from daicho.residents.rules.filing_fields import OF_FAMILY_REGISTER
from daicho.residents.rules.vocabulary import FAMILY_REGISTER

ADOPTION = correction(
    Kind(
        code="adoption",
        ja="養子縁組",
        article="住民基本台帳法第8条、令第12条第2項、戸籍法第66条",
        fields=OF_FAMILY_REGISTER,
        member_fields=correctable(*NAMES, *REGISTER, "relationship"),
        group=FAMILY_REGISTER,
    )
)
