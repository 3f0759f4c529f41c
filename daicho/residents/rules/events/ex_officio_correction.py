"""職権修正 — what a sheet says is put right because it changed or was never so, on papers or a petition. 住民基本台帳法第8条; 令第12条; std 4.2.3.1.

What was wrong from the beginning is 誤記修正 (mend.py), what changes in writing alone 軽微な修正 (minor_correction.py).
"""

from __future__ import annotations

from daicho.residents.rules.correcting import CORRECTABLE, Kind, correction
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, WHY

EX_OFFICIO_CORRECTION = correction(
    Kind(
        code="ex_officio_correction",
        ja="職権修正",
        article="住民基本台帳法第8条、令第12条",
        fields=(EFFECTIVE_ON, WHY),
        member_fields=CORRECTABLE,
    )
)
