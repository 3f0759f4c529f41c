"""見本の市 — offices, terminals, a made-up mayor, the towns and made-up buildings, for the demo and the tests. No real person."""

from __future__ import annotations

import csv
from pathlib import Path

from django.conf import settings
from django.db import transaction

from daicho.audit.actor import Actor
from daicho.city import commands, imports
from daicho.city.permissions import CityPermission
from daicho.city.rules import change_to
from daicho.city.sample import COUNTRIES, MAYOR, NATIONALITIES, SINCE, TERMINALS
from daicho.city.values import Office

_DATA = Path(__file__).parent / "data"


def offices() -> list[Office]:
    """The offices of the city installed, as in its data folder."""
    with (_DATA / settings.INSTALLATION.municipality_code / "offices.csv").open(encoding="utf-8", newline="") as file:
        return [Office(**{**row, "order": int(row["order"])}) for row in csv.DictReader(file)]  # type: ignore[arg-type]


def legal_uses() -> list[dict[str, str]]:
    """Departments and affairs that may use 個人番号 (番号法第9条第1項 別表), as in the city's data folder; registered by the room that asks for them."""
    with (_DATA / settings.INSTALLATION.municipality_code / "legal_uses.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def fill() -> None:
    """Register it all; doing it again changes nothing. ValueError in production."""
    if settings.INSTALLATION.environment == "production":
        raise ValueError("the made-up city does not belong into production")
    actor = Actor.system("demo", *CityPermission)
    for thing in (*offices(), *TERMINALS, MAYOR):
        commands.install(actor, change_to(thing, SINCE))
    towns = imports.read_towns(_DATA / settings.INSTALLATION.municipality_code / "towns.csv")
    imports.import_towns(actor, towns, SINCE)
    imports.import_buildings(actor, imports.read_buildings(_DATA / settings.INSTALLATION.municipality_code / "buildings.csv"), SINCE)
    imports.import_codes(actor, "nationality", NATIONALITIES, SINCE)
    imports.import_codes(actor, "country", COUNTRIES, SINCE)
