"""実態調査の進め方 — 調査, 催告, 公示, then 職権消除; or the person lives there, or files. 住民基本台帳法第34条; 令第12条第3項; domain §4.2, 法52条."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

VISIT, INQUIRY, DEMAND, PUBLIC_NOTICE, LIVES_THERE, FILED = "visit", "inquiry", "demand", "public_notice", "lives_there", "filed"
STEPS = (
    (VISIT, "現地調査"),
    (INQUIRY, "照会（家主・勤務先・親族など）"),
    (DEMAND, "催告（届出の催告書の送付）"),
    (PUBLIC_NOTICE, "公示（催告書の公示）"),
    (LIVES_THERE, "居住を確認して終了"),
    (FILED, "届出があり終了"),
)
ENDS = frozenset({LIVES_THERE, FILED})
INVESTIGATING, DEMANDED, ANNOUNCED, MAY_REMOVE, REMOVING, REMOVED, ENDED = (
    "調査中", "催告中", "公示中", "消除できる", "消除の入力中", "職権消除済み", "終了",
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One step as it was recorded; `due_on` of 催告 and 公示 is the last day on which the person may answer."""

    kind: str
    done_on: date
    due_on: date | None = None


def state_of(steps: Sequence[Step], today: date, *, removing: bool = False, removed: bool = False) -> str:
    """Where the case stands. `removing`: a 職権消除 is being entered from it; `removed`: it is registered."""
    if removed:
        return REMOVED
    if removing:
        return REMOVING
    kinds = [step.kind for step in steps]
    if ENDS & set(kinds):
        return ENDED
    if PUBLIC_NOTICE in kinds:
        return MAY_REMOVE if _is_over(steps, PUBLIC_NOTICE, today) else ANNOUNCED
    return DEMANDED if DEMAND in kinds else INVESTIGATING


def refusal(steps: Sequence[Step], kind: str, done_on: date, today: date) -> str:
    """Why this step cannot come now, for the clerk; "" when it can."""
    kinds = {step.kind for step in steps}
    if done_on > today:
        return "処理した日が本日より後です。本日までの日を入力してください。"
    if steps and done_on < max(step.done_on for step in steps):
        return "処理した日が、前の処理の日より前です。日付を確認してください。"
    if kind == DEMAND and not kinds & {VISIT, INQUIRY}:
        return "催告の前に、現地調査か照会の結果を記録してください（法第34条）。"
    if kind == PUBLIC_NOTICE and (DEMAND not in kinds or not _is_over(steps, DEMAND, done_on)):
        return "公示は、催告をしてその期限が過ぎた後に行います。催告の記録と期限を確認してください。"
    return ""


def due_on(kind: str, done_on: date, demand_days: int, public_notice_days: int) -> date | None:
    """The last day on which the person may answer: of 催告 and 公示, by the city's periods (days)."""
    days = {DEMAND: demand_days, PUBLIC_NOTICE: public_notice_days}.get(kind)
    return done_on + timedelta(days) if days is not None else None


def _is_over(steps: Sequence[Step], kind: str, today: date) -> bool:
    """Whether the last day of every such step has passed."""
    return all(step.due_on is not None and step.due_on < today for step in steps if step.kind == kind)


def reason_of(steps: Sequence[Step], words: dict[str, str]) -> str:
    """What 職権記録書 says of it: each step with its day."""
    return "、".join(f"{step.done_on.isoformat()} {words[step.kind]}" for step in steps)
