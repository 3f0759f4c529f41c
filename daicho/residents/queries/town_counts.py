"""町字ごとの住民数 — how many residents live in each 町字, for who keeps the address dictionary. 標準1.3.5. Nobody is shown, so nothing is recorded."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import connection

from daicho import city, clock
from daicho.values.address import lot_follows

_ADDRESSES = """
    SELECT address, count(*) FROM residents_sheetcurrent
     WHERE municipality_code = %s AND address IS NOT NULL AND (closed_on IS NULL OR closed_on > %s) GROUP BY address
"""


def residents_in(names: Sequence[str]) -> dict[str, int]:
    """By 町字, written from the prefecture: how many residents' addresses lie in it, each in the longest 町字 that it begins with. Two statements."""
    today, ours = clock.today(), settings.INSTALLATION
    known = {town.written for town in city.queries.towns(today, municipality=ours.municipality_name)} | set(names)
    found = dict.fromkeys(names, 0)
    with connection.cursor() as cursor:
        cursor.execute(_ADDRESSES, [ours.municipality_code, today])
        for address, count in cursor.fetchall():
            town = next((address[:at] for at in range(len(address), 0, -1) if address[:at] in known and (at == len(address) or lot_follows(address, at))), "")
            if town in found:
                found[town] += count
    return found
