"""法第30条の46の届出 — a foreigner of the table of 法30条の45 has taken an address here, coming from nowhere in the register. 住民基本台帳法第30条の46; std 4.5.1."""

from __future__ import annotations

from daicho.residents.rules.filed_entry import filed_entry
from daicho.residents.rules.vocabulary import ENTERED_30_46

ENTRY_30_46 = filed_entry(code=ENTERED_30_46, ja="法第30条の46の届出", article="住民基本台帳法第30条の46", day="住所を定めた日（異動日）")
