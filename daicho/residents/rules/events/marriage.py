"""婚姻 — a marriage was entered in the 戸籍: 氏, 本籍, 筆頭者 and 続柄 of one or both. 住民基本台帳法第8条、令第12条第2項、戸籍法第74条; std 4.2.3.1.

After it a 妻（未届） is 妻; of the child of one of them the 続柄 becomes 子 only by 養子縁組 (domain §3.2).
"""

from __future__ import annotations

from daicho.residents.rules.correcting import NAMES, REGISTER, Kind, correctable, correction
from daicho.residents.rules.filing_fields import OF_FAMILY_REGISTER
from daicho.residents.rules.vocabulary import FAMILY_REGISTER

MARRIAGE = correction(
    Kind(
        code="marriage",
        ja="婚姻",
        article="住民基本台帳法第8条、令第12条第2項、戸籍法第74条",
        fields=OF_FAMILY_REGISTER,
        member_fields=correctable(*NAMES, *REGISTER, "relationship"),
        group=FAMILY_REGISTER,
    )
)
