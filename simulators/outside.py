"""起動 — builds the counterparts of a configuration and runs their ports."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from simulators.certificate_centre import CertificateCentre
from simulators.config import Config, ConfigError, CounterpartConfig
from simulators.counterpart import Counterpart
from simulators.departments import Departments
from simulators.family_register import FamilyRegister
from simulators.immigration import Immigration
from simulators.jlis_national import JlisNational
from simulators.listener import Listener
from simulators.moment import Clock
from simulators.mynaportal import MyNaPortal
from simulators.network_core import NetworkCore
from simulators.other_city import OtherCity
from simulators.prefecture import Prefecture
from simulators.sending import Addressee, Sender

COUNTERPARTS: Mapping[str, type[Counterpart]] = {
    cls.name: cls for cls in (Prefecture, OtherCity, JlisNational, NetworkCore, CertificateCentre, Departments, FamilyRegister, MyNaPortal, Immigration)
}


@contextmanager
def running(config: Config) -> Iterator[Mapping[str, Listener]]:
    """Serve every counterpart of `config`, each in a thread of its own; their listeners by name (`server_port` tells the port)."""
    listeners: dict[str, Listener] = {}
    try:
        for name, counterpart in config.counterparts.items():
            listener = _listener(config, counterpart)
            threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
            listeners[name] = listener
        yield listeners
    finally:
        for listener in listeners.values():
            listener.shutdown()
            listener.server_close()


def _listener(config: Config, chosen: CounterpartConfig) -> Listener:
    if chosen.name not in COUNTERPARTS:
        raise ConfigError(f"counterparts.{chosen.name}: no such counterpart; there are {', '.join(sorted(COUNTERPARTS))}")
    counterpart = COUNTERPARTS[chosen.name](config.store_dir, config.layouts_dir, Clock(config.clock_file))
    peers = {name: Addressee(name, peer.url, _public_key(peer.public_key_file)) for name, peer in chosen.peers.items()}
    signing_key = _private_key(chosen.signing_key_file)
    counterpart.sender = Sender(chosen.name, signing_key, chosen.tls_cert_file, chosen.tls_key_file, chosen.tls_ca_file, counterpart.clock, peers)
    try:
        return Listener(chosen.port, counterpart, _tls(chosen), signing_key, {name: peer.public_key for name, peer in peers.items()})
    except OSError as error:
        raise ConfigError(f"counterparts.{chosen.name}: port {chosen.port} cannot be opened: {error.strerror}") from None


def _tls(chosen: CounterpartConfig) -> ssl.SSLContext:
    """Certificates of the allowed authority are verified; a message without one is refused by the listener.

    Not demanded of every connection, so that whoever runs the demo can look in without holding a system's key.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(chosen.tls_cert_file, chosen.tls_key_file)
    context.load_verify_locations(chosen.tls_ca_file)
    context.verify_mode = ssl.CERT_OPTIONAL
    return context


def _private_key(file: Path) -> Ed25519PrivateKey:
    key = load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ConfigError(f"{file} is not an Ed25519 key")
    return key


def _public_key(file: Path) -> Ed25519PublicKey:
    key = load_pem_public_key(file.read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise ConfigError(f"{file} is not an Ed25519 key")
    return key
