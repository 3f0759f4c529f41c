"""認知 — a father recognised a child: 続柄 to him becomes 子. 住民基本台帳法第8条、令第12条第2項、戸籍法第60条から第62条まで; std 4.2.3.1.

The child of a 妻（未届） is 子 of the 世帯主 from now on (domain §3.1).
"""

from __future__ import annotations

from daicho.residents.rules.correcting import NAMES, REGISTER, Kind, correctable, correction
from daicho.residents.rules.filing_fields import OF_FAMILY_REGISTER
from daicho.residents.rules.vocabulary import FAMILY_REGISTER

RECOGNITION = correction(
    Kind(
        code="recognition",
        ja="認知",
        article="住民基本台帳法第8条、令第12条第2項、戸籍法第60条から第62条まで",
        fields=OF_FAMILY_REGISTER,
        member_fields=correctable(*NAMES, *REGISTER, "relationship"),
        group=FAMILY_REGISTER,
    )
)
