"""市の設定の連携 — one dated, approved setting of the city. G-29; 標準1.3."""

from dataclasses import dataclass
from datetime import date, datetime

from daicho.contracts.base import contract


@contract("city_setting", version=1)
@dataclass(frozen=True)
class CitySettingV1:
    """A row as entered by one officer and approved by another. `value` is JSON text."""

    key: str
    value: str
    valid_from: date
    valid_to: date | None
    reason: str
    entered_by: str
    entered_at: datetime
    approved_by: str
    approved_at: datetime
