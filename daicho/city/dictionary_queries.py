"""辞書の読み — a dictionary as of a day, the periods of a row, what waits and what was decided about it, whom districts concern. 標準1.3.2–1.3.5.

None of this is personal data, so nothing here is recorded as a reading.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q, QuerySet

from daicho.city.dictionaries import DICTIONARIES, DISTRICTS, LOTS, TOWNS, VARIANTS, Dictionary, Row
from daicho.city.differences import Difference
from daicho.city.models import DictionaryChange, Lot, Town
from daicho.city.queries import towns
from daicho.values.characters import characters
from daicho.values.kana import to_katakana
from daicho.values.kanji import variants_of

PAGE = 50
_CHARACTERS = """
    SELECT code, ja FROM city_codeentry
     WHERE municipality_code = %s AND "table" = %s AND valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s)
"""
_ResidentsIn = Callable[[Sequence[str]], Mapping[str, int]]
_residents_in: list[_ResidentsIn] = []


@dataclass(frozen=True)
class Held:
    """A row of a dictionary with its period. `no`: the number of the dated row."""

    no: int
    row: Row
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Overview:
    """A dictionary in the list of all: how many rows are in force, how many changes wait."""

    of: Dictionary
    rows: int
    waiting: int


def register_residents_in(count: _ResidentsIn) -> None:
    """Who counts the residents of 町字, by their whole names: the room that keeps residents, at start."""
    _residents_in[:] = [count]


def overview(on: date) -> list[Overview]:
    """Every dictionary. Five queries: one for each table, and one for what waits."""
    waiting = dict(_changes().filter(outcome="").values_list("dictionary").annotate(Count("id")))
    counted: dict[str, int] = {}
    for of in DICTIONARIES.values():
        if not of.is_ordered:
            counted[of.code] = _on(of, on).count()
    coded = [of for of in DICTIONARIES.values() if of.is_ordered]
    tables = {of.code for of in coded}
    rows = coded[0].model._default_manager.filter(_holds(on), municipality_code=settings.INSTALLATION.municipality_code, table__in=tables)
    counted |= dict(rows.values_list("table").annotate(Count("id")))
    return [Overview(of, counted.get(of.code, 0), waiting.get(of.code, 0)) for of in DICTIONARIES.values()]


def rows_on(of: Dictionary, on: date, typed: str = "", most: int = PAGE + 1) -> list[Held]:
    """The rows in force on that day that hold what was typed, in the dictionary's order. One query."""
    found = _on(of, on)
    if typed:
        kana = to_katakana(typed)
        found = found.filter(Q(*((f"{column.name}__contains", text) for column in of.columns for text in {typed, kana}), _connector=Q.OR))
    return [_held(of, row) for row in found.order_by(*_order(of))[:most]]


def find_row(of: Dictionary, no: int) -> Held | None:
    """A dated row by its number. One query."""
    row = _ours(of).filter(pk=no).first()
    return None if row is None else _held(of, row)


def periods_of(of: Dictionary, row: Row) -> list[Held]:
    """Every period of a row, newest first. One query."""
    key = dict(zip(of.known_by, of.key_of(row), strict=True))
    return [_held(of, one) for one in _ours(of).filter(**key).order_by("-valid_from", "-id")]


def changes_of(of: Dictionary, row: Row | None = None) -> list[DictionaryChange]:
    """The last changes of a dictionary, or of one of its rows, newest first. One query."""
    found = _changes().filter(dictionary=of.code)
    if row is not None:
        said = {name: row[name] for name in _known_columns(of)}
        found = found.filter(Q(differences__contains=[{"after": said}]) | Q(differences__contains=[{"before": said}]))
    return list(found.order_by("-id")[:PAGE])


def waiting_changes() -> list[DictionaryChange]:
    """What nobody has decided, oldest first. One query."""
    return list(_changes().filter(outcome="").order_by("id"))


def decided_changes() -> list[DictionaryChange]:
    """The last that were decided, newest first. One query."""
    return list(_changes().exclude(outcome="").order_by("-decided_at", "-id")[:PAGE])


def find_change(no: int) -> DictionaryChange | None:
    return _changes().filter(pk=no).first()


def residents_concerned(of: Dictionary, differences: Sequence[Difference]) -> dict[str, int]:
    """By 町字 of this city whose districts change, how many residents live there. {} where no districts change or no room keeps residents."""
    if of.code != TOWNS.code or not _residents_in:
        return {}
    ours = settings.INSTALLATION.prefecture_name + settings.INSTALLATION.municipality_name
    names = [
        of.title_of(one.before) for one in differences if one.before is not None and any(one.before[name] != (one.after or {}).get(name) for name in DISTRICTS)
    ]
    inside = [name for name in names if name.startswith(ours)]
    found = _residents_in[0](inside) if inside else {}
    return {name: found[name] for name in inside if found.get(name)}


def residents_by_district(name: str, on: date) -> dict[str, int]:
    """How many residents live in each district of that kind: those of the 町字 that are assigned to it (N-1.3.5-01). Two queries."""
    assigned = {town.written: getattr(town, name) for town in towns(on, municipality=settings.INSTALLATION.municipality_name) if getattr(town, name)}
    counted = _residents_in[0](list(assigned)) if _residents_in and assigned else {}
    found: dict[str, int] = dict.fromkeys(assigned.values(), 0)
    for town, code in assigned.items():
        found[code] += counted.get(town, 0)
    return found


def lots_of(town_code: str, on: date, begins: str = "", most: int = 1000) -> list[str]:
    """The 番地 of a 町字 on that day, by their numbers (N-1.3.2-03). One query."""
    rows = Lot.objects.filter(_holds(on), municipality_code=settings.INSTALLATION.municipality_code, town_code=town_code, lot__startswith=begins)
    return list(rows.order_by("before_numbers", "numbers").values_list("lot", flat=True)[:most])


_STEPS = ("prefecture", "municipality", "oaza", "koaza")


def names_below(path: Sequence[str], on: date) -> list[str]:
    """The next step of 都道府県 → 市区町村 → 大字 → 小字: what the dictionary has under those chosen (N-1.3.3-13); "" = a 大字 without 小字. One query."""
    wanted, by = _STEPS[len(path)], "town_code" if len(path) < 2 else "kana"
    found = _towns_at(path, on).values(wanted).annotate(first=Min(by)).order_by("first", wanted)
    return list(found.values_list(wanted, flat=True))


def town_at(path: Sequence[str], on: date) -> Town | None:
    """The 町字 of these four names. One query."""
    return _towns_at(path, on).order_by("-valid_from").first()


def _towns_at(path: Sequence[str], on: date) -> QuerySet[Town]:
    return Town.objects.filter(_holds(on), municipality_code=settings.INSTALLATION.municipality_code, **dict(zip(_STEPS, path, strict=False)))


def character_table(code: str, on: date) -> dict[str, str]:
    """代替文字 (SUBSTITUTES) or 異体字 (VARIANTS) of the city on that day, by character. One query."""
    with connection.cursor() as cursor:  # by hand, since every search asks it
        cursor.execute(_CHARACTERS, [settings.INSTALLATION.municipality_code, code, on, on])
        return dict(cursor.fetchall())


def variant_pairs(on: date) -> dict[str, tuple[str, ...]]:
    """Of a character those that a search finds as well by the city's own table (N-2.1.2-15): of a 外字 its 異体字, of each 異体字, and of all that are
    folded to it, the 外字. One query.
    """
    found: dict[str, tuple[str, ...]] = {}
    for own, others in character_table(VARIANTS, on).items():
        known = characters(others)
        found[own] = (*found.get(own, ()), *known)
        for other in dict.fromkeys(member for one in known for member in (one, *variants_of(one))):
            found[other] = (*found.get(other, ()), own)
    return found


def _known_columns(of: Dictionary) -> tuple[str, ...]:
    return ("address", "name") if of.known_by == ("address_key", "name") else of.known_by


def _order(of: Dictionary) -> tuple[str, ...]:
    if of.code == LOTS.code:
        return ("town_code", "before_numbers", "numbers", "id")
    return ("order", "code", "id") if of.is_ordered else (*of.known_by, "id")


def _holds(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def _held(of: Dictionary, row: Any) -> Held:  # Any: a row of the dictionary's model
    return Held(row.pk, of.row_of(row), row.valid_from, row.valid_to)


def _ours(of: Dictionary) -> QuerySet[Any]:
    return of.model._default_manager.filter(municipality_code=settings.INSTALLATION.municipality_code, **of.fixed)


def _on(of: Dictionary, on: date) -> QuerySet[Any]:
    return _ours(of).filter(_holds(on))


def _changes() -> QuerySet[DictionaryChange]:
    return DictionaryChange.objects.filter(municipality_code=settings.INSTALLATION.municipality_code)
