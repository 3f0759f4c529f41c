"""国籍喪失 — a Japanese has lost the nationality, and is 経過滞在者 for 60 days unless a 在留資格 is granted. 令第12条第2項、国籍法第11条、戸籍法第103条; std 4.5.5.

What the sheet says of the time as a Japanese is nowhere passed on as 旧外登法による登録年月日 (N-4.5.5-05).
"""

from __future__ import annotations

from daicho.residents.rules.nationality import nationality_event
from daicho.residents.rules.vocabulary import FOREIGN, NATIONALITY_LOST

NATIONALITY_LOSS = nationality_event(
    code=NATIONALITY_LOST,
    ja="国籍喪失",
    article="住民基本台帳法第8条、令第12条第2項、国籍法第11条、戸籍法第103条",
    standard_code="職権記載（国籍喪失）",
    detail="nationality_lost",
    becomes=FOREIGN,
)
