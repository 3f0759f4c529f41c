"""届出 — what was filed: the values of a form, read and typed. 住民基本台帳法第27条; 住民基本台帳法施行令第26条."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from daicho.values.dates import JapaneseDate


class Cleared(Enum):
    """An entry that shall be 空欄: somebody said so, which a field left empty does not."""

    CLEARED = "空欄"


CLEARED = Cleared.CLEARED


@dataclass(frozen=True)
class Member:
    """One person of a filing. `atena_no` names someone the register already knows; None is a newcomer."""

    atena_no: str | None
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def day(self, name: str) -> JapaneseDate | None:
        value = self.values.get(name)
        return value if isinstance(value, JapaneseDate) else None

    def number(self, name: str) -> int | None:
        """A number's reference into the vault."""
        value = self.values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None


@dataclass(frozen=True)
class Filing:
    """A filing as `check` and `apply` see it. Dates are days; `values` holds the fields of the definition."""

    code: str
    effective_on: JapaneseDate | None
    filed_on: date | None
    values: Mapping[str, object]
    members: tuple[Member, ...]

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        return value if isinstance(value, str) else None
