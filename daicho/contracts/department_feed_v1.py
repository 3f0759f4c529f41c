"""庁内各課への即時連携 — transfers tells one department one person, in the items of its grant alone. 番号法第9条第1項; G-25, D-R2; 標準7.2.3 リアルタイム."""

from dataclasses import dataclass

from daicho.contracts.base import contract


@dataclass(frozen=True)
class FeedItem:
    """One granted item: its identifier in layouts/department_feed.csv and its value as the wire has it; None = 空欄."""

    item: str
    value: str | None


@dataclass(frozen=True)
class FeedPerson:
    """One person as a department may see them. `feed_kind`: person, or out_of_scope, which has no items (layouts/codes.csv, list feed_kind)."""

    atena_no: str  # 51
    history_no: int  # 55
    feed_kind: str
    items: tuple[FeedItem, ...]


@contract("department_feed", version=1)
@dataclass(frozen=True)
class DepartmentFeedV1:
    """The person, for which purpose of which department, by which grant. A department is named by its id, never by number or name (D-R3)."""

    request_control_no: str
    department_code: str
    purpose_code: str
    grant_no: int
    person: FeedPerson
