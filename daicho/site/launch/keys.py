"""鍵と認証局 — the keys of one party: signing key, private authority, TLS certificate, vault key. 設計2章, 設計6章.

Every party is its own small authority. A system's `tls_ca_file` is the authorities of its allowed peers put one after
the other, so that a party it may not speak with cannot even open a connection.
"""

from __future__ import annotations

import base64
import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from daicho.site.config_write import write_private

VALID_FOR = timedelta(days=825)  # the longest that common TLS clients accept


@dataclass(frozen=True)
class PartyFiles:
    """Where one party's keys lie. Only `public_key` and `authority` are ever given to others."""

    folder: Path

    @property
    def signing_key(self) -> Path:
        return self.folder / "signing.key.pem"

    @property
    def public_key(self) -> Path:
        return self.folder / "signing.public.pem"

    @property
    def authority(self) -> Path:
        return self.folder / "authority.pem"

    @property
    def tls_cert(self) -> Path:
        return self.folder / "tls.pem"

    @property
    def tls_key(self) -> Path:
        return self.folder / "tls.key.pem"

    @property
    def trusted(self) -> Path:
        return self.folder / "trusted.pem"

    @property
    def vault_key(self) -> Path:
        return self.folder / "vault.key"


def create_party(folder: Path, name: str, now: datetime) -> PartyFiles:
    """Make signing key, authority and TLS certificate of one party in `folder`. The authority's key is not kept."""
    files = PartyFiles(folder)
    signing = ed25519.Ed25519PrivateKey.generate()
    write_private(files.signing_key, _private_pem(signing))
    write_private(files.public_key, signing.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo))
    authority_key, authority = _authority(name, now)
    tls_key, tls_cert = _leaf(name, authority_key, authority, now)
    write_private(files.authority, authority.public_bytes(serialization.Encoding.PEM))
    write_private(files.tls_key, _private_pem(tls_key))
    write_private(files.tls_cert, tls_cert.public_bytes(serialization.Encoding.PEM))
    return files


def create_vault_key(path: Path) -> None:
    """A new master key for the vault: one line `<key id> <32 bytes, base64>`; rotation adds lines, the last one is used."""
    write_private(path, f"1 {base64.b64encode(secrets.token_bytes(32)).decode()}\n")


def trust(files: PartyFiles, peers: Iterable[PartyFiles]) -> None:
    """Let the party trust exactly the authorities of `peers`."""
    write_private(files.trusted, b"".join(peer.authority.read_bytes() for peer in peers))


def _private_pem(key: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def _builder(subject: str, issuer: str, now: datetime) -> x509.CertificateBuilder:
    def named(common_name: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])

    return (
        x509.CertificateBuilder()
        .subject_name(named(subject))
        .issuer_name(named(issuer))
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + VALID_FOR)
    )


def _authority(name: str, now: datetime) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        _builder(f"{name} authority", f"{name} authority", now)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return key, certificate


def _leaf(
    name: str, authority_key: ec.EllipticCurvePrivateKey, authority: x509.Certificate, now: datetime
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.DNSName(name.replace("_", "-")), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        _builder(name, f"{name} authority", now)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(names, critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    return key, certificate
