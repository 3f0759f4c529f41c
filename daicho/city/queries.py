"""市の設定の読み — what holds on a day. 標準1.3.1–1.3.9. Each asks the database once (terminals: twice), whatever it returns.

None of this is personal data, so nothing here is recorded as a reading.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from daicho.city import models
from daicho.city.defaults import DEFAULTS, Value
from daicho.city.rules import ENTRIES, About
from daicho.city.values import Certifier, Code, Office, Terminal, Town
from daicho.values.address import Address
from daicho.values.closed_days import ClosedDays
from daicho.values.kana import to_katakana


class UnknownSetting(KeyError):
    """A key that daicho/city/defaults/ does not declare: a fault of the program, not of the city."""


def setting(key: str, on: date) -> Value:
    """The value in force on that day: the newest approved row, else the declared default. One query."""
    return settings_on([key], on)[key]


_SETTINGS = """
    SELECT key, value::text FROM city_setting
     WHERE municipality_code = %s AND valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s) AND key = ANY(%s)
     ORDER BY valid_from, id
"""


def settings_on(keys: Iterable[str], on: date) -> dict[str, Value]:
    """Several values at once. One query."""
    wanted = list(keys)
    if unknown := [key for key in wanted if key not in DEFAULTS]:
        raise UnknownSetting(*unknown)
    found = {key: DEFAULTS[key].value for key in wanted}
    with connection.cursor() as cursor:
        cursor.execute(_SETTINGS, [settings.INSTALLATION.municipality_code, on, on, wanted])
        found.update((key, json.loads(value)) for key, value in cursor.fetchall())  # the newest comes last and stays
    return found


def planned_settings(on: date) -> dict[str, date]:
    """The keys whose value changes after that day, and the first day on which it does. One query."""
    rows = _ours(models.Setting.objects).filter(valid_from__gt=on).order_by("-valid_from").values_list("key", "valid_from")
    return dict(rows)


def closed_days(on: date) -> ClosedDays:
    """The city's closed days as set on that day (地方自治法4条の2). One query."""
    own = setting("closed_days_own", on)
    return ClosedDays(own={date.fromisoformat(day): why for day, why in own.items()})


def offices(on: date) -> list[Office]:
    """入力場所 in use on that day, in the city's order. One query."""
    rows = _newest_per_code(_on(models.Office.objects, on))
    listed = [Office(row.code, row.name, row.counter_name, row.postal_code, row.address, row.order) for row in rows]
    return sorted(listed, key=lambda office: (office.order, office.code))


def terminals_on(on: date) -> list[Terminal]:
    """入力端末 in use on that day with their offices' names, in the city's order. Two queries."""
    names = {office.code: office.name for office in offices(on)}
    rows = _newest_per_code(_on(models.Terminal.objects, on))
    listed = [Terminal(row.code, row.name, row.office_code, names.get(row.office_code, ""), row.printer, row.order) for row in rows]
    return sorted(listed, key=lambda terminal: (terminal.order, terminal.code))


@dataclass(frozen=True)
class Period:
    """What held, holds or will hold of one thing from a day to a day (None: until further notice). `given` as in `rules.Change`."""

    no: int
    key: str
    given: Mapping[str, Value]
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)


_NATURAL = {About.OFFICE: (models.Office, "code"), About.TERMINAL: (models.Terminal, "code"), About.CERTIFIER: (models.Certifier, "kind")}


def periods(about: About, key: str = "") -> list[Period]:
    """Every period of the things of that kind, or of one of them, oldest first. One query."""
    if about is About.SETTING:
        rows = _ours(models.Setting.objects).filter(key=key).order_by("valid_from", "id")
        return [Period(row.pk, row.key, {"value": row.value}, row.valid_from, row.valid_to) for row in rows]
    model, natural = _NATURAL[about]
    rows = _ours(model._default_manager).order_by("valid_from", "id")
    found = rows.filter(**{natural: key}) if key else rows
    return [
        Period(row.pk, getattr(row, natural), {entry.name: getattr(row, entry.name) for entry in ENTRIES[about]}, row.valid_from, row.valid_to) for row in found
    ]


@dataclass(frozen=True)
class PlaceNames:
    """入力場所 and 入力端末 by the names they had on a day; a code that nobody registered is its own name (N-1.3.1-02, -03)."""

    offices: Mapping[str, list[Period]]
    terminals: Mapping[str, list[Period]]

    def office(self, code: str, on: date) -> str:
        return _name_on(self.offices, code, on)

    def terminal(self, code: str, on: date) -> str:
        return _name_on(self.terminals, code, on)


def place_names() -> PlaceNames:
    """Every name that an office or a terminal ever had. Two queries."""
    return PlaceNames(*(by_key(periods(about)) for about in (About.OFFICE, About.TERMINAL)))


def by_key(rows: Iterable[Period]) -> dict[str, list[Period]]:
    """The periods of each thing, in the order given."""
    found: dict[str, list[Period]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return found


def _name_on(things: Mapping[str, list[Period]], code: str, on: date) -> str:
    return next((str(period.given["name"]) for period in reversed(things.get(code, ())) if period.holds_on(on)), code)


_TERMINAL = """
    SELECT code, name, office_code, printer, "order" FROM (
        SELECT DISTINCT ON (code) code, name, office_code, printer, "order" FROM city_terminal
         WHERE municipality_code = %s AND valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s) ORDER BY code, valid_from DESC
    ) AS there WHERE %s IN (code, name) ORDER BY "order", code LIMIT 1
"""


def find_terminal(called: str, on: date) -> Terminal | None:
    """The 入力端末 in use on that day that has this code or name, without its office's name. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_TERMINAL, [settings.INSTALLATION.municipality_code, on, on, called])
        row = cursor.fetchone()
    return None if row is None else Terminal(row[0], row[1], row[2], printer=row[3], order=row[4])


_CERTIFIERS = """
    SELECT DISTINCT ON (kind) title, name, kind, seal_name FROM city_certifier
     WHERE municipality_code = %s AND valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s) ORDER BY kind, valid_from DESC
"""


def certifiers_on(on: date) -> list[Certifier]:
    """The deputy in a period of 職務代理, and the mayor, that day; the deputy first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_CERTIFIERS, [settings.INSTALLATION.municipality_code, on, on])
        rows = cursor.fetchall()  # deputy < mayor
    return [Certifier(title, name, kind == models.Certifier.Kind.DEPUTY, seal_name) for title, name, kind, seal_name in rows]


def find_certifier(on: date) -> Certifier | None:
    """Who certifies on that day: the deputy in a period of 職務代理, else the mayor, switched by the date alone (N-1.3.9-02). One query."""
    return next(iter(certifiers_on(on)), None)


def find_town(town_code: str, on: date | None = None) -> Town | None:
    """A 町字 by its code; without a day also one that was abolished, as it was last (N-1.3.3-03). One query."""
    rows = _ours(models.Town.objects) if on is None else _on(models.Town.objects, on)
    row = rows.filter(town_code=town_code).order_by("-valid_from").first()
    return None if row is None else _town(row)


def towns(on: date, *, municipality: str = "") -> list[Town]:
    """The 町字 in use on that day, by kana; of one municipality when named. One query."""
    rows = _on(models.Town.objects, on).order_by("kana", "town_code", "-valid_from")
    return [_town(row) for row in _first_of_each(rows.filter(municipality=municipality) if municipality else rows, "town_code")]


def towns_by_postal_code(postal_code: str, on: date) -> list[Town]:
    """The 町字 of a postal code, seven digits (N-1.3.3-12). One query."""
    rows = _on(models.Town.objects, on).filter(postal_code=postal_code).order_by("kana", "town_code", "-valid_from")
    return [_town(row) for row in _first_of_each(rows, "town_code")]


_TOWN = ", ".join(field.name for field in fields(Town))
_ANYWHERE = f"""
    SELECT DISTINCT ON (town_code) {_TOWN} FROM city_town
     WHERE municipality_code = %s AND valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s)
       AND (whole LIKE %s OR from_municipality LIKE %s OR from_town LIKE %s OR (municipality_code = %s AND postal_code = %s) OR (kana LIKE %s AND kana ~ %s))
     ORDER BY town_code, valid_from DESC LIMIT %s
"""


def towns_anywhere(typed: str, on: date, most: int) -> list[Town]:
    """町字 of all Japan (N-1.3.3-05) that begin with what was typed, from the prefecture, the municipality or the 町; of a whole postal code; or of
    the heads of its kana parted by spaces, as in 「ト ヒ シ」 (std 1.3.3). One query; none for less than two characters.
    """
    if len(typed) < 2:
        return []
    heads = [to_katakana(word) for word in typed.split()]
    kana = " ".join(f"{re.escape(head)}[^ ]*" for head in heads)
    begins, code = f"{_escaped(typed)}%", settings.INSTALLATION.municipality_code
    with connection.cursor() as cursor:
        postal_code = typed.replace("-", "").replace("－", "")
        cursor.execute(_ANYWHERE, [code, on, on, begins, begins, begins, code, postal_code, f"{_escaped(heads[0])}%", f"^{kana}", most])
        return [Town(*row) for row in cursor.fetchall()]


def _escaped(text: str) -> str:
    """For LIKE: each character as itself."""
    return re.sub(r"([\\%_])", r"\\\1", text)


_OF_ADDRESS = f"""
    SELECT {_TOWN} FROM city_town
     WHERE municipality_code = %s AND valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s) AND whole = ANY(%s)
     ORDER BY length(whole) DESC, valid_from DESC LIMIT 1
"""


def find_town_of(address: str, on: date) -> Town | None:
    """The 町字 that an address, written from its prefecture, lies in: the longest that it begins with. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_ADDRESS, [settings.INSTALLATION.municipality_code, on, on, [address[:length] for length in range(2, len(address) + 1)]])
        row = cursor.fetchone()
    return None if row is None else Town(*row)


def lot_key(address: str) -> str:
    """Equal for the same 地番 of this city, however written and with or without the city before it."""
    ours = settings.INSTALLATION
    return Address(city=ours.municipality_name, town=address.removeprefix(ours.prefecture_name).removeprefix(ours.municipality_name)).lot_key()


def buildings_at(addresses: Iterable[str], on: date) -> dict[str, tuple[str, ...]]:
    """The 方書 that the dictionary has on that day for each of these addresses of the city (N-1.3.4-02). One query; there is none the other way."""
    keys = {address: lot_key(address) for address in addresses}
    rows = _on(models.Building.objects, on).filter(address_key__in=set(keys.values())).order_by("name").values_list("address_key", "name")
    found: dict[str, list[str]] = {}
    for key, name in rows:
        found.setdefault(key, []).append(name)
    return {address: tuple(found.get(key, ())) for address, key in keys.items()}


def codes(table: str, on: date) -> list[Code]:
    """The codes of a table that may be chosen on that day. One query."""
    rows = _newest_per_code(_on(models.CodeEntry.objects, on).filter(table=table))
    return [Code(row.code, row.ja) for row in sorted(rows, key=lambda row: (row.order, row.code))]


def code_names(table: str, wanted: Iterable[str], known_on: date | None = None) -> Mapping[str, str]:
    """The last name of each code, abolished ones too: what was recorded stays readable (N-1.3.3-02). `known_on`: the last of those that held until
    that day, where there is one. One query.
    """
    rows = _ours(models.CodeEntry.objects).filter(table=table, code__in=list(wanted)).order_by("valid_from")
    found: dict[str, str] = {}
    for code, ja, valid_from in rows.values_list("code", "ja", "valid_from"):
        if known_on is None or valid_from <= known_on or code not in found:
            found[code] = ja
    return found


def _ours(rows: Any) -> QuerySet[Any]:  # Any: a manager or queryset of any of our models
    return rows.filter(municipality_code=settings.INSTALLATION.municipality_code)


def _on(rows: Any, on: date) -> QuerySet[Any]:  # Any: as above
    return _ours(rows).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


def _newest_per_code(rows: QuerySet[Any]) -> list[Any]:
    return _first_of_each(rows.order_by("code", "-valid_from"), "code")


def _first_of_each(rows: QuerySet[Any], field: str) -> list[Any]:
    found: dict[str, Any] = {}
    for row in rows:
        found.setdefault(getattr(row, field), row)
    return list(found.values())


def _town(row: models.Town) -> Town:
    return Town(**{field.name: getattr(row, field.name) for field in fields(Town)})
