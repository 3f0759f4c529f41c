"""離縁 — an adoption was dissolved in the 戸籍. 住民基本台帳法第8条、令第12条第2項、戸籍法第70条から第73条まで; std 4.2.3.1."""

from __future__ import annotations

from daicho.residents.rules.correcting import NAMES, REGISTER, Kind, correctable, correction
from daicho.residents.rules.filing_fields import OF_FAMILY_REGISTER
from daicho.residents.rules.vocabulary import FAMILY_REGISTER

ADOPTION_DISSOLVED = correction(
    Kind(
        code="adoption_dissolved",
        ja="離縁",
        article="住民基本台帳法第8条、令第12条第2項、戸籍法第70条から第73条まで",
        fields=OF_FAMILY_REGISTER,
        member_fields=correctable(*NAMES, *REGISTER, "relationship"),
        group=FAMILY_REGISTER,
    )
)
