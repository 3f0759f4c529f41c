"""国籍取得 — a foreign resident has become Japanese by notification, on the day of it. 令第12条第2項、国籍法第3条、第17条、戸籍法第102条; std 4.5.4."""

from __future__ import annotations

from daicho.residents.rules.nationality import nationality_event
from daicho.residents.rules.vocabulary import JAPANESE, NATIONALITY_ACQUIRED

NATIONALITY_ACQUISITION = nationality_event(
    code=NATIONALITY_ACQUIRED,
    ja="国籍取得",
    article="住民基本台帳法第8条、令第12条第2項、国籍法第3条、第17条、戸籍法第102条",
    standard_code="職権記載（帰化等）",
    detail="naturalised",
    becomes=JAPANESE,
)
