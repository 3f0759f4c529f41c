"""戸籍訂正 — the 戸籍 was put right: whatever of it stands on the sheet. 住民基本台帳法第8条、令第12条第2項、戸籍法第113条から第117条まで; std 4.2.3.1."""

from __future__ import annotations

from daicho.residents.rules.correcting import NAMES, REGISTER, Kind, correctable, correction
from daicho.residents.rules.filing_fields import OF_FAMILY_REGISTER
from daicho.residents.rules.vocabulary import FAMILY_REGISTER

REGISTER_CORRECTION = correction(
    Kind(
        code="register_correction",
        ja="戸籍訂正",
        article="住民基本台帳法第8条、令第12条第2項、戸籍法第113条から第117条まで",
        fields=OF_FAMILY_REGISTER,
        member_fields=correctable(*NAMES, *REGISTER, "birth_date", "sex_code", "relationship"),
        group=FAMILY_REGISTER,
    )
)
