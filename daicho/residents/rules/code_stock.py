"""空き番の残り — whether the stock of 住民票コード lasts for what is filed. 住民基本台帳法第30条の3; std 4.3.1 (N-4.3.1-06, -07)."""

from __future__ import annotations

from daicho.residents.rules.changes import NEW_CODE
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import Situation


def check_stock(situation: Situation, sheets: list[SheetEntries]) -> list[Problem]:
    """An error when the stock is too small, an alert when what is left falls below the city's number."""
    wanted, stock = sum(sheet.juminhyo_code == NEW_CODE for sheet in sheets), situation.code_stock
    if not wanted or stock is None:
        return []
    left = stock.left - wanted
    if left < 0:
        return [problem("J001", "members")]
    if left < stock.low:
        return [problem("J101", "members", left=left, low=stock.low)]
    return []
