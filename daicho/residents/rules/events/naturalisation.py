"""帰化 — a foreign resident has become Japanese by permission, on the day of the notice in 官報. 令第12条第2項、国籍法第4条、戸籍法第102条の2; std 4.5.3."""

from __future__ import annotations

from daicho.residents.rules.nationality import nationality_event
from daicho.residents.rules.vocabulary import JAPANESE, NATURALISED

NATURALISATION = nationality_event(
    code=NATURALISED,
    ja="帰化",
    article="住民基本台帳法第8条、令第12条第2項、国籍法第4条、戸籍法第102条の2",
    standard_code="職権記載（帰化等）",
    detail="naturalised",
    becomes=JAPANESE,
)
