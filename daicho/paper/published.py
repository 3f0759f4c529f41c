"""公表する証明書 — the certificates with which anybody verifies what was signed, as files: those of each pair of keys under its first day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

SEAL_CERTIFICATE, CHECK_CERTIFICATE = "seal.pem", "check.pem"


def certificates_folder(var_dir: Path) -> Path:
    return var_dir / "city-certificates"


def days(folder: Path) -> list[date]:
    """The first days that name its subfolders; what is no day is passed over."""
    found = []
    for each in folder.glob("????-??-??"):
        try:
            found.append(date.fromisoformat(each.name))
        except ValueError:
            continue
    return found


def all_certificates(folder: Path) -> list[x509.Certificate]:
    """Every certificate of every pair in the folder of certificates, the newest first, each once."""
    files = (folder / day.isoformat() / name for day in sorted(days(folder), reverse=True) for name in (SEAL_CERTIFICATE, CHECK_CERTIFICATE))
    return list(dict.fromkeys(certificate for file in files if file.is_file() for certificate in x509.load_pem_x509_certificates(file.read_bytes())))


def published(var_dir: Path) -> bytes:
    """What the city publishes for verifying, as PEM."""
    return b"".join(each.public_bytes(Encoding.PEM) for each in all_certificates(certificates_folder(var_dir)))
