"""見本の市 — offices, terminals, a made-up mayor and the towns, for the demo and the tests. No real person."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from daicho.audit.actor import Actor
from daicho.city import commands, imports
from daicho.city.permissions import CityPermission
from daicho.city.values import Certifier, Code, Office, Terminal

SINCE = date(2000, 1, 1)
MAYOR = Certifier("北海道小樽市長", "見本　太郎", is_deputy=False, seal_name="市長印")
DEPUTY = Certifier("北海道小樽市長職務代理者　北海道小樽市副市長", "見本　花子", is_deputy=True, seal_name="市長職務代理者印")
TERMINALS = (
    Terminal("H01", "本庁1", "honcho", printer="プリンタ001", order=1),
    Terminal("H02", "本庁2", "honcho", printer="プリンタ001", order=2),
    Terminal("H03", "本庁3", "honcho", printer="プリンタ002", order=3),
    Terminal("E01", "駅前1", "ekimae", printer="プリンタ003", order=4),
    Terminal("Z01", "銭函1", "zenibako", printer="プリンタ004", order=5),
    Terminal("S01", "塩谷1", "shioya", printer="プリンタ005", order=6),
)
NATIONALITIES = tuple(
    Code(code, ja)
    for code, ja in (
        ("VNM", "ベトナム"), ("CHN", "中国"), ("KOR", "韓国"), ("PHL", "フィリピン"), ("NPL", "ネパール"), ("MMR", "ミャンマー"), ("USA", "米国"), ("RUS", "ロシア"),
    )
)  # fmt: skip
"""国籍・地域 of the made-up residents, by the codes of ISO 3166-1; a real city takes in the table of its counterpart (std 1.3.3)."""
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
    for office in offices():
        commands.register_office(actor, office, SINCE)
    for terminal in TERMINALS:
        commands.register_terminal(actor, terminal, SINCE)
    commands.appoint_certifier(actor, MAYOR, SINCE)
    towns = imports.read_towns(_DATA / settings.INSTALLATION.municipality_code / "towns.csv")
    imports.import_towns(actor, towns, SINCE)
    imports.import_codes(actor, "nationality", NATIONALITIES, SINCE)
