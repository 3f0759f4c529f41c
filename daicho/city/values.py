"""市の設定の値 — what the queries give out and the imports take in. 標準1.3.1–1.3.9."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Office:
    """入力場所. `counter_name` is the section at the counter (戸籍住民課); empty where the office is one."""

    code: str
    name: str
    counter_name: str = ""
    postal_code: str = ""
    address: str = ""
    order: int = 0


@dataclass(frozen=True)
class Terminal:
    """入力端末, with the office it stands in as of the day asked."""

    code: str
    name: str
    office_code: str
    office_name: str = ""
    printer: str = ""
    order: int = 0


@dataclass(frozen=True)
class Certifier:
    """認証者: title with the prefecture's name, and a name. `is_deputy` while 職務代理."""

    title: str
    name: str
    is_deputy: bool
    seal_name: str = ""


@dataclass(frozen=True)
class Town:
    """町字. District codes are None where the city has not assigned any."""

    town_code: str
    prefecture: str
    municipality: str
    oaza: str
    koaza: str
    kana: str
    postal_code: str
    school_district: str | None = None
    polling_district: str | None = None
    junior_high_school_district: str | None = None
    administrative_district: str | None = None
    jurisdiction: str | None = None

    @property
    def written(self) -> str:
        """都道府県から小字まで, as written."""
        return f"{self.prefecture}{self.municipality}{self.oaza}{self.koaza}"


@dataclass(frozen=True)
class Building:
    """方書: a building by the name the city writes, at an address inside the city (町字 and 番地, with or without the city's name)."""

    address: str
    name: str


@dataclass(frozen=True)
class Lot:
    """番地: a 街区符号・住居番号 or 地番 as it may stand behind its 町字; `kind` = residence or parcel."""

    town_code: str
    kind: str
    lot: str


@dataclass(frozen=True)
class Code:
    """A code of a table and what it is called."""

    code: str
    ja: str
