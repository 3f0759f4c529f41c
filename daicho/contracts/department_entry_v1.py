"""庁内各課からの書戻し — a department tells what it has entered for a person, to be written into the 住民票. 住民基本台帳法第7条第9号–第11号の2; G-26, D-R6."""

from dataclasses import dataclass

from daicho.contracts.base import contract


@dataclass(frozen=True)
class EntryItem:
    """One entry: its identifier in layouts/department_entry.csv and its value as the layout writes it; None = 空欄."""

    item: str
    value: str | None


@contract("department_entry", version=1)
@dataclass(frozen=True)
class DepartmentEntryV1:
    """What of one person. `entry_no` is the department's own number; `sequence_no` counts the entries of this person and purpose there."""

    department_code: str
    purpose_code: str
    entry_no: str
    sequence_no: int
    atena_no: str  # 51
    items: tuple[EntryItem, ...]


@contract("department_entry_outcome", version=1)
@dataclass(frozen=True)
class DepartmentEntryOutcomeV1:
    """What became of it: `result` written or refused (layouts/codes.csv, list write_back_result), then with every reason in Japanese."""

    request_control_no: str
    department_code: str
    purpose_code: str
    entry_no: str
    result: str
    reasons: tuple[str, ...]
