"""入力の候補 — 町字 of the city and of Japan, the 方書 at an address, municipalities and countries, offered while an address is typed.

N-1.3.3-02, -12, N-4.0.7-01, -02, N-4.1.3.0.2-03; no person is in them.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from daicho import clock
from daicho.city.dictionaries import COUNTRY, SUBSTITUTES, VARIANTS
from daicho.city.dictionary_queries import character_table, lots_of, names_below, town_at
from daicho.city.queries import buildings_at, codes, towns_anywhere
from daicho.city.queries import towns as towns_of
from daicho.ui import address_steps
from daicho.ui.address_steps import STEPS, Chosen
from daicho.ui.characters import CityTables, register_city_tables
from daicho.ui.echo import Candidate, register_dictionary, register_dictionary_beside
from daicho.values.kana import to_katakana
from daicho.values.municipalities import municipalities as all_municipalities
from daicho.values.search_key import SearchKind, search_key


def towns(typed: str, most: int) -> Sequence[Candidate]:
    """町字 that begin with what was typed, in kanji or kana; behind a whole 町字 its 番地 (N-1.3.2-01, -02). One query, two behind a whole 町字."""
    kana, known = to_katakana(typed), towns_of(clock.today(), municipality=settings.INSTALLATION.municipality_name)
    found = []
    for town in known:
        name = town.oaza + town.koaza
        reading = town.kana.split()[-1] if town.kana else ""
        if name.startswith(typed) or reading.startswith(kana):
            found.append(Candidate(name, _postal(town.postal_code)))
    within = max((town for town in known if typed.startswith(town.oaza + town.koaza)), key=lambda town: len(town.written), default=None)
    if within is not None and len(found) < most:
        name = within.oaza + within.koaza
        lots = lots_of(within.town_code, clock.today(), begins=typed.removeprefix(name), most=most)
        found += [Candidate(name + lot, _postal(within.postal_code)) for lot in lots]
    return found[:most]


def addresses(typed: str, most: int) -> Sequence[Candidate]:
    """Addresses of all Japan down to their 町字, as the dictionary has them (N-4.1.3.0.2-03). One query."""
    return [Candidate(f"{t.prefecture}{t.municipality}{t.oaza}{t.koaza}", _postal(t.postal_code)) for t in towns_anywhere(typed, clock.today(), most)]


def buildings(typed: str, beside: str, most: int) -> Sequence[Candidate]:
    """方書 at the 住所 beside it that begin with what was typed; without a 住所 none, so that no address can be had from a 方書. One query."""
    if not beside:
        return ()
    key = search_key(typed, SearchKind.ADDRESS)
    at = buildings_at([beside], clock.today())[beside]
    return [Candidate(name) for name in at if search_key(name, SearchKind.ADDRESS).startswith(key)][:most]


def _postal(code: str) -> str:
    return f"{code[:3]}-{code[3:]}" if code else ""


def municipalities(typed: str, most: int) -> Sequence[Candidate]:
    """Municipalities whose name holds what was typed, those that begin with it first. No query."""
    found = [(name, code) for code, name in all_municipalities().items() if typed in name]
    return [Candidate(name, code) for name, code in sorted(found, key=lambda one: (not one[0].startswith(typed), one[1]))[:most]]


def countries(typed: str, most: int) -> Sequence[Candidate]:
    """Countries of the city's table of today whose name holds what was typed, those that begin with it first; another may be written (N-1.3.3-02). One query."""
    known = (code.ja for code in codes(COUNTRY, clock.today()))
    return [Candidate(name) for name in sorted((name for name in known if typed in name), key=lambda name: not name.startswith(typed))][:most]


def address_step(path: Sequence[str]) -> Chosen:
    """What the dictionary has below the names chosen. One query, another where the 町字 is chosen."""
    today, ours, names = clock.today(), settings.INSTALLATION, [name.strip(" 　") for name in path]
    below = names_below(names, today) if len(names) < len(STEPS) else []
    if len(names) == len(STEPS) - 1 and below in ([], [""]):  # a 大字 without 小字
        names, below = [*names, ""], []
    town = town_at(names, today) if len(names) == len(STEPS) else None
    text = "".join(names)
    inside = text.removeprefix(ours.prefecture_name + ours.municipality_name)
    return Chosen(tuple(below), text, inside if inside != text else "", _postal(town.postal_code) if town else "")


def city_tables() -> CityTables:
    """Two queries."""
    today = clock.today()
    return CityTables(character_table(SUBSTITUTES, today), character_table(VARIANTS, today))


def register() -> None:
    """Called once at start by site/wiring."""
    address_steps.register(address_step)
    register_city_tables(city_tables)
    register_dictionary("towns", towns)
    register_dictionary_beside("buildings", buildings)
    register_dictionary("addresses", addresses)
    register_dictionary("municipalities", municipalities)
    register_dictionary("countries", countries)
