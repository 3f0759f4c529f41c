"""書面と支援措置の読み — by which cases people of a letter are protected, and where the other party lives. domain §7; 標準仕様3.4; rules/letters_of_events/guard.py."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import connection

from daicho import clock
from daicho.residents.queries.support import protected
from daicho.residents.rules.letters_of_events.guard import NOBODY, Cases
from daicho.values.address import Address

_OPPONENTS = """
    SELECT k.public_id::text, o.person_id, c.address
      FROM residents_supportcase k JOIN residents_supportopponent o ON o.case_id = k.id
      LEFT JOIN residents_sheetcurrent c ON c.person_id = o.person_id AND (c.closed_on IS NULL OR c.closed_on > %s)
     WHERE k.municipality_code = %s AND k.public_id = ANY(%s::uuid[])
"""


def cases_of(person_ids: Iterable[int]) -> Cases:
    """The caller records the reading. One statement where nobody is protected, else two."""
    found = protected(person_ids)
    if not found:
        return NOBODY
    protecting = {person: frozenset(one.case for one in standing) for person, standing in found.items()}
    wanted = sorted(frozenset[str]().union(*protecting.values()))
    opponents: dict[str, frozenset[int]] = {}
    homes: set[str] = set()
    with connection.cursor() as cursor:
        cursor.execute(_OPPONENTS, [clock.today(), settings.INSTALLATION.municipality_code, wanted])
        for case, person, address in cursor.fetchall():
            opponents[case] = opponents.get(case, frozenset()) | {person}
            if address:
                homes.add(home_of(address))
    return Cases(protecting, opponents, frozenset(homes))


def home_of(address: str) -> str:
    """The key by which two writings of one 地番 are the same."""
    return Address.parse(address).lot_key()
