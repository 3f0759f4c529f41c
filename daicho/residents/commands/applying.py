"""届出の効果 — what a judged filing does to the register, with what follows from the names and addresses it records. 標準1.3.3, 30.2; items 64–68."""

from __future__ import annotations

from functools import cache

from daicho import clock
from daicho.city.dictionaries import SUBSTITUTES
from daicho.city.dictionary_queries import character_table
from daicho.city.queries import find_town_of
from daicho.residents.commands.filings import Judged
from daicho.residents.rules.changes import Changes
from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.districts import TownCodes, with_districts
from daicho.residents.rules.substitutes import with_substitutes


def changes_of(definition: EventDefinition, judged: Judged) -> Changes:
    """What a judged filing does to the register, with the 代替文字 of the names and the codes of the addresses it records. One query where a name
    needs any, and one for each address.
    """
    changes = definition.apply(judged.situation, judged.filing)
    return with_districts(with_substitutes(changes, lambda: character_table(SUBSTITUTES, clock.today())), cache(_town_of))


def _town_of(address: str) -> TownCodes | None:
    town = find_town_of(address, clock.today())
    if town is None:
        return None
    return TownCodes(town.town_code, town.jurisdiction, town.school_district, town.junior_high_school_district, town.polling_district)
