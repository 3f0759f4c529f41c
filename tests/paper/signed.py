"""A made-up city's keys and a certificate of our press, signed: what the tests of the electronic copy share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography import x509

from daicho.paper.key_pairs import KeyPair, pair_on
from daicho.paper.published import certificates_folder, published
from daicho.site.launch import city_keys

AT = datetime(2026, 4, 3, 10, 20, 30, tzinfo=timezone(timedelta(hours=9)))
REASON = "住民票の写し（個人票）の交付"


@dataclass(frozen=True)
class City:
    """`certificates` is what it publishes."""

    folder: Path
    keys: KeyPair
    certificates: list[x509.Certificate]

    @property
    def pem(self) -> Path:
        return self.folder / "city.pem"


def made_up_city(folder: Path) -> City:
    city_keys.ensure(folder, "北海道", "小樽市")
    (folder / "city.pem").write_bytes(published(folder))
    return City(folder, pair_on(folder, AT.date()), x509.load_pem_x509_certificates(published(folder)))


def authority_of(city: City) -> Path:
    """The city's own authority alone, as a file for OpenSSL."""
    (seal,) = certificates_folder(city.folder).glob("*/seal.pem")
    _end, root = seal.read_text("ascii").split("-----END CERTIFICATE-----\n", 1)
    (city.folder / "authority.pem").write_text(root, "ascii")
    return city.folder / "authority.pem"
