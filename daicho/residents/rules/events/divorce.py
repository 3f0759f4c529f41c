"""離婚 — a divorce was entered in the 戸籍: who took the other's 氏 goes back to their own, or keeps it (戸籍法77条の2). 住民基本台帳法第8条、令第12条第2項、戸籍法第76条、第77条; std 4.2.3.1.

Those who go on living together are 同居人 or 縁故者; who parts files 世帯分離 or 転居.
"""

from __future__ import annotations

from daicho.residents.rules.correcting import NAMES, REGISTER, Kind, correctable, correction
from daicho.residents.rules.filing_fields import OF_FAMILY_REGISTER
from daicho.residents.rules.vocabulary import FAMILY_REGISTER

DIVORCE = correction(
    Kind(
        code="divorce",
        ja="離婚",
        article="住民基本台帳法第8条、令第12条第2項、戸籍法第76条、第77条",
        fields=OF_FAMILY_REGISTER,
        member_fields=correctable(*NAMES, *REGISTER, "relationship"),
        group=FAMILY_REGISTER,
    )
)
