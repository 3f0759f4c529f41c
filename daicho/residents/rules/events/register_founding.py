"""就籍 — somebody without a 戸籍 has got one and is entered. 戸籍法第110条、第111条; 住民基本台帳法第8条; 令第12条第2項; std 1.2.2."""

from __future__ import annotations

from daicho.residents.rules.entering import entry_ex_officio
from daicho.residents.rules.filing_fields import GROUND, NOTIFIED_ON
from daicho.residents.rules.vocabulary import FAMILY_REGISTER, REGISTER_FOUNDED

REGISTER_FOUNDING = entry_ex_officio(
    code=REGISTER_FOUNDED,
    ja="就籍",
    article="住民基本台帳法第8条、令第12条第2項、戸籍法第110条、第111条",
    detail="omission",
    first=(NOTIFIED_ON, GROUND),
    group=FAMILY_REGISTER,
)
