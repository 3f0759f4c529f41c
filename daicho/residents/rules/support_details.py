"""申出書の記載 — what the application says of the applicant, those protected with them, and the other side. 標準仕様1.1.16.

Of people whom the register knows their 宛名番号 is kept beside what the paper says: the paper is the application, and stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any  # JSON values


class Standing(StrEnum):
    """As which municipality this city has the application (N-1.1.16-05, -06)."""

    PRESENT = "present"
    FORMER = "former"
    DOMICILE = "domicile"


STANDING_JA = {Standing.PRESENT: "現住所地市区町村", Standing.FORMER: "前住所地市区町村", Standing.DOMICILE: "本籍地・前本籍地市区町村"}


class Affair(StrEnum):
    """事務 for which support is asked (N-1.1.16-09 … -11)."""

    BROWSING = "browsing"
    CERTIFICATE = "certificate"
    FUHYO = "fuhyo"


AFFAIR_JA = {
    Affair.BROWSING: "住民基本台帳の閲覧", Affair.CERTIFICATE: "住民票の写し等の交付", Affair.FUHYO: "戸籍の附票の写し等の交付",
}  # fmt: skip


class Place(StrEnum):
    """抑止対象: of which address or 本籍."""

    ADDRESS = "address"
    FORMER_ADDRESS = "former_address"
    DOMICILE = "domicile"
    FORMER_DOMICILE = "former_domicile"
    EARLIER_DOMICILE = "earlier_domicile"


PLACE_JA = {
    Place.ADDRESS: "現住所", Place.FORMER_ADDRESS: "前住所", Place.DOMICILE: "本籍", Place.FORMER_DOMICILE: "前本籍", Place.EARLIER_DOMICILE: "前々本籍",
}  # fmt: skip
OFFERED = (
    (Affair.BROWSING, Place.ADDRESS), (Affair.CERTIFICATE, Place.ADDRESS), (Affair.CERTIFICATE, Place.FORMER_ADDRESS), (Affair.FUHYO, Place.DOMICILE),
    (Affair.FUHYO, Place.FORMER_DOMICILE), (Affair.FUHYO, Place.EARLIER_DOMICILE),
)  # fmt: skip
"""Every box of the application. All are ticked at first: who narrows them is warned (domain §7, 事故の型4)."""


@dataclass(frozen=True)
class Asked:
    """One box of the application, with the address or 本籍 that it names."""

    affair: Affair
    place: Place
    where: str = ""


@dataclass(frozen=True)
class Applicant:
    """申出者, as the paper says. Of several former addresses and 本籍 each is a line."""

    name: str = ""
    name_kana: str = ""
    alias: str = ""
    alias_kana: str = ""
    atena_no: str = ""
    birth_date: str = ""
    sex: str = ""
    address: str = ""
    former_addresses: tuple[str, ...] = ()
    domicile: str = ""
    former_domiciles: tuple[str, ...] = ()
    last_address_here: str = ""
    moved_to_in_column: str = ""
    moved_to_planned: str = ""
    moved_to_notified: str = ""
    telephone: str = ""
    mobile: str = ""
    email: str = ""


@dataclass(frozen=True)
class Companion:
    """併せて支援措置を求める者."""

    atena_no: str
    name: str = ""
    name_kana: str = ""
    alias: str = ""
    alias_kana: str = ""
    birth_date: str = ""
    sex: str = ""
    former_address: str = ""
    relation: str = ""


@dataclass(frozen=True)
class Opponent:
    """加害者. `atena_no` only of who has one in this city (N-1.1.16-08)."""

    name: str = ""
    atena_no: str = ""
    birth_date: str = ""
    sex: str = ""
    address: str = ""
    other: str = ""


@dataclass(frozen=True)
class Details:
    """All that lies sealed."""

    applicant: Applicant = field(default_factory=Applicant)
    companions: tuple[Companion, ...] = ()
    opponents: tuple[Opponent, ...] = ()
    agency: str = ""
    """相談機関等: of whom an opinion is asked."""


def details_json(details: Details) -> dict[str, Any]:
    return asdict(details)


def details_of(said: Mapping[str, Any]) -> Details:
    """The inverse of `details_json`."""
    return Details(
        _made(Applicant, said["applicant"]),
        tuple(_made(Companion, one) for one in said["companions"]),
        tuple(_made(Opponent, one) for one in said["opponents"]),
        said["agency"],
    )


def _made(kind: Any, said: Mapping[str, Any]) -> Any:
    return kind(**{f.name: tuple(value) if isinstance(value := said[f.name], list) else value for f in fields(kind) if f.name in said})


def asked_json(asked: Sequence[Asked]) -> list[dict[str, str]]:
    return [{"affair": one.affair.value, "place": one.place.value, "where": one.where} for one in asked]


def asked_of(said: Sequence[Mapping[str, str]]) -> tuple[Asked, ...]:
    return tuple(Asked(Affair(one["affair"]), Place(one["place"]), one["where"]) for one in said)


def is_narrowed(asked: Sequence[Asked]) -> bool:
    """Whether a box that is usually ticked is not."""
    return {(one.affair, one.place) for one in asked} < set(OFFERED)
