"""職員の連携 — one officer's account as the source of staff has it now; the receiver makes its own equal. G-29; F-1-10–F-1-12."""

from dataclasses import dataclass
from datetime import date, datetime

from daicho.contracts.base import contract


@dataclass(frozen=True)
class StaffMembership:
    """所属 of a period, with the unit's name."""

    unit_code: str
    unit_name: str
    valid_from: date
    valid_to: date | None


@contract("staff_account", version=1)
@dataclass(frozen=True)
class StaffAccountV1:
    """The whole state, so that the last one told is the truth. The secret travels as its argon2id hash, never as itself."""

    login: str
    name: str
    kana: str
    employee_no: str
    valid_from: date
    valid_to: date | None
    password_hash: str
    password_set_at: datetime | None
    must_change_password: bool
    memberships: tuple[StaffMembership, ...]
