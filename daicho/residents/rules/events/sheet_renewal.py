"""改製 — a sheet is written anew because an officer thinks it better so; never by itself (N-1.1.4). 令第16条; std 1.1.4. Nothing of what it says changes, nobody is told."""

from __future__ import annotations

from daicho.residents.rules.renewing import renewal_event
from daicho.residents.rules.vocabulary import RENEWED

SHEET_RENEWAL = renewal_event(code=RENEWED, ja="改製", article="住民基本台帳法施行令第16条")
