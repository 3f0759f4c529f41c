"""移転許可 — what a grant is: for which purpose a department may read or write which items, by which law, since when, approved by whom. D-R1…D-R6."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"


class Direction(StrEnum):
    """A grant to write is apart from a grant to read (D-R6)."""

    READ = "read"
    WRITE = "write"


class Method(StrEnum):
    """When a department is told what changed (標準7.2.3): the city chooses, by a grant that follows."""

    REAL_TIME = "real_time"
    WITHIN_TEN_MINUTES = "within_ten_minutes"


DIRECTIONS_JA = {Direction.READ: "移転（住民記録 → 課）", Direction.WRITE: "書戻し（課 → 住民記録）"}
METHODS_JA = {Method.REAL_TIME: "リアルタイム", Method.WITHIN_TEN_MINUTES: "準リアルタイム（10分以内おき）"}


@dataclass(frozen=True)
class Basis:
    """法的根拠, in force for a period (H-02, H-03)."""

    code: str
    ja: str
    direction: Direction
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Proposal:
    """利用依頼: what a department asks for, as an officer enters it. `request_reference` names its paper."""

    department_code: str
    purpose_code: str
    purpose_ja: str
    direction: Direction
    basis_code: str
    items: tuple[str, ...]
    scope: str
    method: str
    valid_from: date
    valid_to: date | None
    requested_on: date
    request_reference: str


@dataclass(frozen=True)
class Offered:
    """A grant that the assessment names: offered to be proposed, and nothing before two officers have dealt with it. `caution`: what to look at."""

    department_code: str
    purpose_code: str
    purpose_ja: str
    direction: Direction
    basis_code: str
    items: tuple[str, ...]
    scope: str
    method: str
    caution: str

    @property
    def line(self) -> tuple[str, str, str]:
        return self.department_code, self.purpose_code, self.direction


@dataclass(frozen=True)
class Grant:
    """An approved grant as the feeds and the write-backs see it."""

    no: int
    department_code: str
    purpose_code: str
    direction: str
    items: tuple[str, ...]
    scope: str
    method: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class FirstDepartment:
    """A 移転先 as the assessment names it: for the first registration."""

    code: str
    name: str
    transfer_no: str
    valid_from: date


@cache
def bases() -> dict[str, Basis]:
    """Every 法的根拠 there is or was, by its code."""
    return {
        row["code"]: Basis(row["code"], row["ja"], Direction(row["direction"]), date.fromisoformat(row["valid_from"]), _day(row["valid_to"]))
        for row in _rows("bases")
    }


@cache
def offered() -> tuple[Offered, ...]:
    """The 移転 of the assessment and the write-backs to it, in its order."""
    return tuple(
        Offered(
            row["department_code"], row["purpose_code"], row["purpose_ja"], Direction(row["direction"]), row["basis_code"], tuple(row["items"].split()),
            row["scope"], row["method"], row["caution"],
        )
        for row in _rows("offered_grants")
    )  # fmt: skip


@cache
def first_departments() -> tuple[FirstDepartment, ...]:
    """The 移転先 of the assessment, and who else writes back."""
    return tuple(FirstDepartment(row["code"], row["name"], row["transfer_no"], date.fromisoformat(row["valid_from"])) for row in _rows("departments"))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
