"""入力場所・端末・認証者の連携 — the city's offices, terminals, mayor and deputies, every period of each. G-29; 標準1.3.1, 1.3.9."""

from dataclasses import dataclass
from datetime import date

from daicho.contracts.base import contract


@dataclass(frozen=True)
class OfficePeriod:
    code: str
    name: str
    counter_name: str
    postal_code: str
    address: str
    order: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class TerminalPeriod:
    code: str
    name: str
    office_code: str
    printer: str
    order: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class CertifierPeriod:
    kind: str  # mayor | deputy
    title: str
    name: str
    seal_name: str
    valid_from: date
    valid_to: date | None


@contract("city_places", version=1)
@dataclass(frozen=True)
class CityPlacesV1:
    """All of them, so that the last one told is the truth."""

    offices: tuple[OfficePeriod, ...]
    terminals: tuple[TerminalPeriod, ...]
    certifiers: tuple[CertifierPeriod, ...]
