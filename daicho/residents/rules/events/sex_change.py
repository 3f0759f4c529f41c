"""性別の変更 — 性別 and mostly 名 change in the 戸籍 by a decision of the family court. 性同一性障害者特例法第4条; 戸籍法第20条の4; std 1.1.4, 4.2.3.1.

As after 特別養子縁組 the entries before it are not shown in the history of a certificate unless asked for (N-1.1.4).
"""

from __future__ import annotations

from daicho.residents.rules.correcting import NAMES, REGISTER, Kind, correctable, correction
from daicho.residents.rules.filing_fields import OF_FAMILY_REGISTER
from daicho.residents.rules.vocabulary import FAMILY_REGISTER

SEX_CHANGE = correction(
    Kind(
        code="sex_change",
        ja="性別の変更",
        article="住民基本台帳法第8条、令第12条第2項、戸籍法第20条の4",
        fields=OF_FAMILY_REGISTER,
        member_fields=correctable("sex_code", *NAMES, *REGISTER, "relationship"),
        shows_in_history=False,
        group=FAMILY_REGISTER,
    )
)
