"""庁内各課への準即時連携 — what changed for one grant since the batch before, at most ten minutes ago. 番号法第9条第1項; G-25; 標準7.2.3 準リアルタイム."""

from dataclasses import dataclass

from daicho.contracts.base import contract
from daicho.contracts.department_feed_v1 import FeedPerson


@contract("department_batch", version=1, category="file")
@dataclass(frozen=True)
class DepartmentBatchV1:
    """Each person once, as of now."""

    request_control_no: str
    department_code: str
    purpose_code: str
    grant_no: int
    people: tuple[FeedPerson, ...]
