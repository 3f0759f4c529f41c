"""外の世界の構成 — which counterparts are played, on which ports, with which keys: one TOML file.

store_dir = "simulators"              # what was received is kept here; relative paths are taken from this file's folder
layouts_dir = "../../layouts"         # optional: the repository's layouts by default
clock_file = "clock"                  # optional: the demo's moved clock

[counterparts.prefecture]
port = 8900
signing_key_file = "keys/prefecture/signing.key.pem"                # Ed25519, PEM PKCS#8
tls_cert_file = "keys/prefecture/tls.pem"
tls_key_file = "keys/prefecture/tls.key.pem"
tls_ca_file = "keys/prefecture/trusted.pem"                         # the authorities of its peers, and no other
[counterparts.prefecture.peers.juki_net]                            # the name is the keyid
public_key_file = "keys/juki_net/signing.public.pem"                # Ed25519, PEM SubjectPublicKeyInfo
url = "https://127.0.0.1:8210"                                      # where its wire listens, for when the counterpart speaks first
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

REPOSITORY_LAYOUTS = Path(__file__).resolve().parent.parent / "layouts"
LOOPBACK = "127.0.0.1"


class ConfigError(Exception):
    """The file is missing or says something impossible. For the operator."""


@dataclass(frozen=True)
class PeerConfig:
    """A system of the city: the key of its messages, and where it takes ours."""

    public_key_file: Path
    url: str


@dataclass(frozen=True)
class CounterpartConfig:
    """One counterpart: its port and key, and whom it speaks with. Port 0 lets the system choose (tests)."""

    name: str
    port: int
    signing_key_file: Path
    tls_cert_file: Path
    tls_key_file: Path
    tls_ca_file: Path
    peers: Mapping[str, PeerConfig]


@dataclass(frozen=True)
class Config:
    store_dir: Path
    layouts_dir: Path
    clock_file: Path | None
    counterparts: Mapping[str, CounterpartConfig]


def read(path: Path) -> Config:
    """The configuration in the file at `path`. Raises ConfigError, naming the key and never a secret."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from None
    folder = path.resolve().parent
    allowed = {"store_dir", "layouts_dir", "clock_file", "counterparts"}
    if unknown := set(data) - allowed:
        raise ConfigError(f"{path}: unknown {', '.join(sorted(unknown))}")
    try:
        config = Config(
            store_dir=folder / data["store_dir"],
            layouts_dir=folder / data["layouts_dir"] if "layouts_dir" in data else REPOSITORY_LAYOUTS,
            clock_file=folder / data["clock_file"] if "clock_file" in data else None,
            counterparts={name: _counterpart(name, table, folder) for name, table in data["counterparts"].items()},
        )
    except KeyError as error:
        raise ConfigError(f"{path}: {error.args[0]} is missing") from None
    except (TypeError, AttributeError):
        raise ConfigError(f"{path}: a value is of another type than it must be") from None
    _check_files(config)
    return config


_FILES = ("signing_key_file", "tls_cert_file", "tls_key_file", "tls_ca_file")


def _counterpart(name: str, table: Mapping[str, object], folder: Path) -> CounterpartConfig:
    if set(table) != {"port", "peers", *_FILES}:
        raise ConfigError(f"counterparts.{name}: needs port, peers, {', '.join(_FILES)}, and nothing else")
    port, peers, files = table["port"], table["peers"], {key: table[key] for key in _FILES}
    if not isinstance(port, int) or not isinstance(peers, Mapping) or not all(isinstance(file, str) for file in files.values()):
        raise ConfigError(f"counterparts.{name}: a value is of another type than it must be")
    paths = {key: folder / str(file) for key, file in files.items()}
    return CounterpartConfig(name=name, port=port, peers={peer: _peer(name, peer, told, folder) for peer, told in peers.items()}, **paths)


def _peer(name: str, peer: str, told: object, folder: Path) -> PeerConfig:
    if not isinstance(told, Mapping) or set(told) != {"public_key_file", "url"} or not all(isinstance(value, str) for value in told.values()):
        raise ConfigError(f"counterparts.{name}.peers.{peer}: needs public_key_file and url, and nothing else")
    return PeerConfig(folder / told["public_key_file"], told["url"])


def _check_files(config: Config) -> None:
    needed = [
        file
        for chosen in config.counterparts.values()
        for file in (*(getattr(chosen, key) for key in _FILES), *(peer.public_key_file for peer in chosen.peers.values()))
    ]
    if missing := [str(file) for file in needed if not file.is_file()]:
        raise ConfigError(f"refusing to start without {', '.join(missing)}")
