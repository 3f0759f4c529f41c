"""職権記載 — somebody who lives here and was left out is entered ex officio. 住民基本台帳法第8条; 令第12条; std 4.2.0.1."""

from __future__ import annotations

from daicho.residents.rules.entering import entry_ex_officio
from daicho.residents.rules.vocabulary import ENTERED_EX_OFFICIO

EX_OFFICIO_ENTRY = entry_ex_officio(code=ENTERED_EX_OFFICIO, ja="職権記載（脱漏）", article="住民基本台帳法第8条、令第12条", detail="omission")
