"""部屋と部屋をつなぐ継手 — adapters where one shared room's port is served by another. 設計1章."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from daicho.city import queries as city
from daicho.staff.ports import Terminal


def terminals_on(on: date) -> Sequence[Terminal]:
    """The staff room asks which terminals there are; the city's settings know."""
    return [Terminal(code=one.code, name=one.name, office_code=one.office_code, office_name=one.office_name) for one in city.terminals_on(on)]
