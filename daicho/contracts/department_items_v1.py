"""書戻しの記載 — transfers hands residents what a department may write of one person; residents answers what became of it. 住民基本台帳法第7条第9号–第11号の2; G-26."""

from dataclasses import dataclass
from datetime import datetime

from daicho.contracts.base import contract


@dataclass(frozen=True)
class WrittenItem:
    """One entry of the 住民票 by its name there. Its value as text: flags 1 and 0, days YYYY-MM-DD; None = 空欄."""

    entry: str
    value: str | None


@contract("department_items", version=1)
@dataclass(frozen=True)
class DepartmentItemsV1:
    """`request_no`: a uuid under which the entry is written once and no more."""

    request_no: str
    department_name: str  # as of that day: who wrote it, in the 異動履歴
    atena_no: str  # 51
    items: tuple[WrittenItem, ...]


@contract("department_items_outcome", version=1)
@dataclass(frozen=True)
class DepartmentItemsOutcomeV1:
    """`history_no` None: it was not written, for these reasons (Japanese, nothing of the person in them)."""

    request_no: str
    history_no: int | None
    recorded_at: datetime
    reasons: tuple[str, ...]
