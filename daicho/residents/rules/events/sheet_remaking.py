"""再製 — a sheet that was lost or spoiled is made again. 住民基本台帳法施行令第16条の2; std 1.2.2. Nothing of what it says changes, nobody is told."""

from __future__ import annotations

from daicho.residents.rules.renewing import renewal_event
from daicho.residents.rules.vocabulary import REMADE

SHEET_REMAKING = renewal_event(code=REMADE, ja="再製", article="住民基本台帳法施行令第16条の2")
