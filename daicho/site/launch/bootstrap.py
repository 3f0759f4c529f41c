"""導入 — makes an installation from nothing: keys, passwords and the file that describes it. 設計2章.

Only the pairs of G-01…G-30 exist: whoever is not listed beside a system is no peer of it, has no address, no key and no
authority there.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from daicho.site.config import Database, Environment, Installation, Listener, Peer, System
from daicho.site.launch import city_keys, keys
from daicho.site.launch.keys import PartyFiles

MUNICIPALITY_CODE = "012033"
MUNICIPALITY_NAME = "小樽市"
PREFECTURE_NAME = "北海道"
AUDIT_RETENTION_YEARS = 7
CHECKED = "residents"  # whose papers the public may ask about

# The outside world, in the order of its ports.
COUNTERPARTS = (
    "prefecture",
    "jlis_national",
    "card_system",
    "network_core",
    "immigration",
    "other_city",
    "family_register",
    "certificate_centre",
    "departments",
    "mynaportal",
)

# system -> (systems it speaks with, counterparts it speaks with). 住民記録 and 中間サーバー: G-20, G-29; 戸籍: G-22; 入管庁: G-24.
PAIRS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "residents": (("juki_net", "chukan", "atena", "konbini", "transfers"), ("family_register", "mynaportal", "immigration")),
    "juki_net": (("residents",), ("prefecture", "other_city", "jlis_national")),
    "chukan": (("residents", "atena"), ("network_core",)),
    "atena": (("residents", "chukan"), ("departments",)),
    "konbini": (("residents",), ("certificate_centre",)),
    "transfers": (("residents",), ("departments",)),
}


@dataclass(frozen=True)
class Ports:
    """Where one system listens. 0 stands for a port that nobody listens on (tests without processes)."""

    screens: int
    wire: int
    database: int
    check: int = 0  # of the public's page; 0 = twenty above the screens'


@dataclass(frozen=True)
class Place:
    """All that differs between a demo, a day's throwaway city and a test."""

    environment: Environment
    folder: Path
    ports: Mapping[str, Ports]
    simulators_first_port: int
    database_hosts: Mapping[str, str]


DEMO_PORTS: Mapping[str, Ports] = {name: Ports(screens=8100 + 100 * place, wire=8110 + 100 * place, database=8432 + place) for place, name in enumerate(PAIRS)}
DEMO_SIMULATORS_FIRST_PORT = 8900


def create(place: Place, now: datetime) -> Installation:
    """Make keys for every party under `place.folder`/keys and describe the installation. Writes keys only, not the file."""
    folder = place.folder / "keys"
    outside = tuple(name for name in COUNTERPARTS if any(name in pair[1] for pair in PAIRS.values()))
    parties = {name: keys.create_party(folder / name, name, now) for name in (*place.ports, *outside)}
    for name in place.ports:
        keys.create_vault_key(parties[name].vault_key)
        keys.trust(parties[name], (parties[peer] for peer in _peers_of(name, place.ports)))
    for name in outside:
        keys.trust(parties[name], (parties[system] for system in place.ports if name in PAIRS[system][1]))
    city_keys.ensure(place.folder, PREFECTURE_NAME, MUNICIPALITY_NAME)
    return Installation(
        environment=place.environment,
        municipality_code=MUNICIPALITY_CODE,
        municipality_name=MUNICIPALITY_NAME,
        prefecture_name=PREFECTURE_NAME,
        var_dir=place.folder,
        clock_file=place.folder / "clock",
        audit_retention_years=AUDIT_RETENTION_YEARS,
        eras_file=None,
        systems={name: _system(name, place, parties) for name in place.ports},
    )


def check_port(ports: Ports) -> int:
    """Where the public asks about a sheet, behind the screens' and the wire's port."""
    return ports.check or (ports.screens + 20 if ports.screens else 0)


def counterpart_port(name: str, first_port: int) -> int:
    return first_port + COUNTERPARTS.index(name)


def wire_url(port: int) -> str:
    return f"https://127.0.0.1:{port}"


def _peers_of(system: str, present: Iterable[str]) -> tuple[str, ...]:
    systems, counterparts = PAIRS[system]
    return (*(name for name in systems if name in present), *counterparts)


def _system(name: str, place: Place, parties: Mapping[str, PartyFiles]) -> System:
    ports, files = place.ports[name], parties[name]
    return System(
        name=name,
        database=Database(
            host=place.database_hosts[name],
            port=ports.database,
            name=name,
            owner=f"{name}_owner",
            owner_password=secrets.token_urlsafe(24),
            web=f"{name}_web",
            web_password=secrets.token_urlsafe(24),
            check=f"{name}_check" if name == CHECKED else None,
            check_password=secrets.token_urlsafe(24) if name == CHECKED else None,
        ),
        screens=Listener("127.0.0.1", ports.screens),
        wire=Listener("127.0.0.1", ports.wire),
        check_page=Listener("127.0.0.1", check_port(ports)) if name == CHECKED else None,
        secret_key=secrets.token_urlsafe(48),
        vault_key_file=files.vault_key,
        signing_key_file=files.signing_key,
        tls_cert_file=files.tls_cert,
        tls_key_file=files.tls_key,
        tls_ca_file=files.trusted,
        peers={peer: _peer(peer, place, parties) for peer in _peers_of(name, place.ports)},
    )


def _peer(name: str, place: Place, parties: Mapping[str, PartyFiles]) -> Peer:
    if name in place.ports:
        return Peer(name, wire_url(place.ports[name].wire), parties[name].public_key, "system")
    return Peer(name, wire_url(counterpart_port(name, place.simulators_first_port)), parties[name].public_key, "counterpart")
