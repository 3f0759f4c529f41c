"""導入構成 — what one installation consists of, read from one TOML file. 住民基本台帳法第36条の2（安全確保）.

The file holds passwords and names key files, so it must be readable by its owner alone (mode 600).
Relative paths in it are taken from the file's own folder. A process that serves one system may be given a file
that describes that system only and has no owner password (`write_for_processes`): what it lacks, it cannot leak.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast

Environment = Literal["demo", "test", "production"]
PeerKind = Literal["system", "counterpart"]

ENVIRONMENTS: tuple[Environment, ...] = ("demo", "test", "production")


class ConfigError(Exception):
    """The installation's file is missing, unreadable by right, or says something impossible. English, for operators."""


@dataclass(frozen=True)
class Database:
    """One PostgreSQL database with its two roles. `host` is a name, an address, or the folder of a socket."""

    host: str
    port: int
    name: str
    owner: str
    owner_password: str | None  # None in the files that web processes and workers read
    web: str
    web_password: str
    check: str | None = None  # by which the public's page asks about one check code at a time (decision 0046); of the residents system alone
    check_password: str | None = None


@dataclass(frozen=True)
class Listener:
    host: str
    port: int


@dataclass(frozen=True)
class Peer:
    """One party on the wire, known by the key of its signed messages."""

    name: str
    url: str
    public_key_file: Path  # Ed25519, PEM SubjectPublicKeyInfo
    kind: PeerKind


@dataclass(frozen=True)
class System:
    """One of the five systems, or 庁内連携, with all that is its own."""

    name: str
    database: Database
    screens: Listener
    wire: Listener
    secret_key: str
    vault_key_file: Path
    signing_key_file: Path  # Ed25519, PEM PKCS#8
    tls_cert_file: Path
    tls_key_file: Path
    tls_ca_file: Path  # the authorities of the allowed peers, and no other
    peers: Mapping[str, Peer]
    alarm_url: str | None = None  # the city's reporting system, told of every job that fails (N-9.1-12); None = nobody is told
    check_page: Listener | None = None  # 照合ページ, which strangers reach; of the residents system alone
    public_origin: str | None = None  # by which terminals reach the screens: `https://host[:port]`, through the proxy that ends TLS

    @property
    def origin(self) -> str:
        """The one address of the screens, as browsers write an origin. Without a name of its own it is this machine's: WebAuthn takes no IP address."""
        host = "localhost" if self.screens.host in ("127.0.0.1", "::1", "0.0.0.0") else self.screens.host
        return self.public_origin or f"http://{host}:{self.screens.port}"

    def missing_files(self) -> tuple[Path, ...]:
        """Key and authority files without which the system must refuse to start (design: no authority, no start)."""
        named = [self.vault_key_file, self.signing_key_file, self.tls_cert_file, self.tls_key_file, self.tls_ca_file]
        named += [peer.public_key_file for peer in self.peers.values()]
        return tuple(path for path in named if not path.is_file() or path.stat().st_size == 0)


@dataclass(frozen=True)
class Installation:
    environment: Environment
    municipality_code: str
    municipality_name: str
    prefecture_name: str
    var_dir: Path
    clock_file: Path
    audit_retention_years: int
    eras_file: Path | None  # eras that came after this program was made; None as long as there is none
    systems: Mapping[str, System]

    def system(self, name: str) -> System:
        if name not in self.systems:
            raise ConfigError(f"no system {name!r} in this installation; it has: {', '.join(self.systems) or 'none'}")
        return self.systems[name]


def read(path: str | Path | None = None) -> Installation:
    """Read the file given, or the one that DAICHO_CONFIG names. Raises ConfigError; never prints a secret."""
    chosen = Path(path or os.environ.get("DAICHO_CONFIG") or "")
    if chosen == Path(""):
        raise ConfigError("DAICHO_CONFIG does not name the installation's TOML file (make demo writes var/demo/installation.toml)")
    if not chosen.is_file():
        raise ConfigError(f"{chosen}: no such file")
    if stat.S_IMODE(chosen.stat().st_mode) & 0o077:
        raise ConfigError(f"{chosen} holds passwords and can be read by others: chmod 600 it")
    try:
        data = tomllib.loads(chosen.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{chosen}: {error}") from None
    return _installation(_Table(data, str(chosen)), chosen.resolve().parent)


class _Table:
    """A TOML table that names the key when it is missing, of another type, or unknown."""

    def __init__(self, data: Mapping[str, Any], where: str) -> None:  # Any: TOML values before they are judged
        self._data, self._where, self._seen = data, where, set[str]()

    def _take(self, key: str, kind: type) -> Any:  # Any: narrowed by the callers below
        self._seen.add(key)
        if key not in self._data:
            raise ConfigError(f"{self._where}: {key} is missing")
        value = self._data[key]
        if not isinstance(value, kind) or isinstance(value, bool):
            raise ConfigError(f"{self._where}: {key} must be of type {kind.__name__}")
        return value

    def text(self, key: str) -> str:
        value = cast(str, self._take(key, str))
        if not value:
            raise ConfigError(f"{self._where}: {key} is empty")
        return value

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if key in self._data else None

    def has(self, key: str) -> bool:
        return key in self._data

    def number(self, key: str) -> int:
        return cast(int, self._take(key, int))

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self.text(key)
        if value not in allowed:
            raise ConfigError(f"{self._where}: {key} must be one of {', '.join(allowed)}")
        return value

    def table(self, key: str) -> _Table:
        return _Table(self._take(key, dict), f"{self._where}: {key}")

    def tables(self, key: str) -> dict[str, _Table]:
        inner = self._take(key, dict) if key in self._data else {}
        self._seen.add(key)
        return {name: _Table(_as_table(value, f"{self._where}: {key}.{name}"), f"{self._where}: {key}.{name}") for name, value in inner.items()}

    def done(self) -> None:
        unknown = set(self._data) - self._seen
        if unknown:
            raise ConfigError(f"{self._where}: unknown {', '.join(sorted(unknown))}")


def _as_table(value: object, where: str) -> Mapping[str, Any]:  # Any: as in _Table
    if not isinstance(value, dict):
        raise ConfigError(f"{where} must be a table")
    return value


def _installation(table: _Table, folder: Path) -> Installation:
    code = table.text("municipality_code")
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        raise ConfigError("municipality_code must be six digits (全国地方公共団体コード with its check digit)")
    installation = Installation(
        environment=cast(Environment, table.one_of("environment", ENVIRONMENTS)),
        municipality_code=code,
        municipality_name=table.text("municipality_name"),
        prefecture_name=table.text("prefecture_name"),
        var_dir=folder / table.text("var_dir"),
        clock_file=folder / table.text("clock_file"),
        audit_retention_years=table.number("audit_retention_years"),
        eras_file=folder / eras if (eras := table.optional_text("eras_file")) else None,
        systems=MappingProxyType({name: _system(name, inner, folder) for name, inner in table.tables("systems").items()}),
    )
    table.done()
    if installation.environment == "production":
        for system in installation.systems.values():
            if system.public_origin is None or not system.public_origin.startswith("https:"):
                raise ConfigError(f"systems.{system.name}: public_origin is missing; in production the screens are reached as https://host[:port]")
    return installation


def _system(name: str, table: _Table, folder: Path) -> System:
    system = System(
        name=name,
        database=_database(table.table("database")),
        screens=_listener(table.table("screens")),
        wire=_listener(table.table("wire")),
        secret_key=table.text("secret_key"),
        vault_key_file=folder / table.text("vault_key_file"),
        signing_key_file=folder / table.text("signing_key_file"),
        tls_cert_file=folder / table.text("tls_cert_file"),
        tls_key_file=folder / table.text("tls_key_file"),
        tls_ca_file=folder / table.text("tls_ca_file"),
        peers=MappingProxyType({peer: _peer(peer, inner, folder) for peer, inner in table.tables("peers").items()}),
        alarm_url=_alarm_url(name, table.optional_text("alarm_url")),
        check_page=_listener(table.table("check_page")) if table.has("check_page") else None,
        public_origin=_origin(name, table.optional_text("public_origin")),
    )
    table.done()
    return system


def _origin(name: str, text: str | None) -> str | None:
    """As browsers write an origin, or it would never equal theirs. Plain HTTP is for this machine alone, outside of production."""
    if text is not None and not re.fullmatch(r"(https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?|http://localhost)(:[1-9][0-9]{0,4})?", text):
        raise ConfigError(f"systems.{name}: public_origin must be https://host[:port], in small letters, without a path")
    return text


def _alarm_url(name: str, text: str | None) -> str | None:
    if text is not None and not text.startswith("https://"):
        raise ConfigError(f"systems.{name}: alarm_url must begin with https://")
    return text


def _database(table: _Table) -> Database:
    database = Database(
        host=table.text("host"),
        port=table.number("port"),
        name=table.text("name"),
        owner=table.text("owner"),
        owner_password=table.optional_text("owner_password"),
        web=table.text("web"),
        web_password=table.text("web_password"),
        check=table.optional_text("check"),
        check_password=table.optional_text("check_password"),
    )
    table.done()
    return database


def _listener(table: _Table) -> Listener:
    listener = Listener(host=table.text("host"), port=table.number("port"))
    table.done()
    return listener


def _peer(name: str, table: _Table, folder: Path) -> Peer:
    kind = cast(PeerKind, table.one_of("kind", ("system", "counterpart")))
    peer = Peer(name=name, url=table.text("url"), public_key_file=folder / table.text("public_key_file"), kind=kind)
    table.done()
    return peer
