"""署名鍵の組 — which keys sign on which day: one for electronic copies, another for the code on paper; as files in two folders. 標準仕様 5.6.

They lie in the installation's folder, each pair under the first day on which it signs (2026-04-01): the keys in `city-keys`, readable by the
residents system alone, the certificates in `city-certificates`, which the city publishes. A newer pair takes the older one's place from its day on;
the older one's certificate stays, so that what it signed can be verified for ever. They are made elsewhere (in production: by the city's authority).
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from cryptography import x509

from daicho.paper.check_code import CheckKey, open_check_key
from daicho.paper.errors import SigningFailed
from daicho.paper.published import CHECK_CERTIFICATE, SEAL_CERTIFICATE, certificates_folder, days
from daicho.paper.signing import Signer, open_signer

SEAL_KEY, CHECK_KEY = "seal.key.pem", "check.key.pem"
_ABSENT = "市の電子署名の鍵が、この日に使えるものとして登録されていません。運用担当者に、鍵と証明書の登録を依頼してください。"


@dataclass(frozen=True)
class KeyPair:
    """The keys of a day. `check_certificate` goes with what the check key signs."""

    signer: Signer
    check: CheckKey
    check_certificate: x509.Certificate


def keys_folder(var_dir: Path) -> Path:
    return var_dir / "city-keys"


def pair_on(var_dir: Path, on: date) -> KeyPair:
    """The keys that sign on that day, opened once per process. Raises SigningFailed: none for that day, readable by others, or not a pair."""
    folder = keys_folder(var_dir)
    since = max((day for day in days(folder) if day <= on), default=None)
    if since is None:
        raise SigningFailed(_ABSENT)
    files = tuple(folder / since.isoformat() / name for name in (SEAL_KEY, CHECK_KEY))
    try:
        return _opened(files, tuple(_state(file) for file in files), certificates_folder(var_dir) / since.isoformat())
    except (OSError, ValueError):
        raise SigningFailed(_ABSENT) from None


def _state(file: Path) -> tuple[int, int]:
    """By which a changed file is known. A key that others of the machine can read signs nothing."""
    status = file.stat()
    if stat.S_IMODE(status.st_mode) & 0o077 or status.st_uid not in (os.geteuid(), 0):
        raise SigningFailed("市の電子署名の鍵のファイルを、他の利用者が読めます。運用担当者に、ファイルの権限（600）を確かめるよう依頼してください。")
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=4)
def _opened(files: tuple[Path, Path], _states: tuple[tuple[int, int], ...], certificates: Path) -> KeyPair:
    seal_key, check_key = files
    certificate, *_ = x509.load_pem_x509_certificates((certificates / CHECK_CERTIFICATE).read_bytes())
    check = open_check_key(check_key)
    if certificate.public_key() != check.public:
        raise SigningFailed("照合用の鍵と証明書が対になっていません。運用担当者に連絡してください。")
    return KeyPair(open_signer(seal_key, certificates / SEAL_CERTIFICATE), check, certificate)
