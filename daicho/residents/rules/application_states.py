"""交付請求の進み方 — 受付, 不足, 照会, 審査, then 交付 or 不交付, 返戻, 取下げ; and what is due next. 住民基本台帳法第12条–第12条の3.

Each step is a row; where the request stands follows from them, from what the paper still lacks and from the decision. Nothing ends by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class StepKind(StrEnum):
    ASKED = "asked"
    ANSWERED = "answered"
    SENT = "sent"
    CAME_BACK = "came_back"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


STEP_JA = {
    StepKind.ASKED: "不足を照会した・催促した", StepKind.ANSWERED: "回答・補正を受けた", StepKind.SENT: "証明書を発送した・渡した",
    StepKind.CAME_BACK: "宛先に届かず戻った", StepKind.RETURNED: "請求書を返戻した", StepKind.WITHDRAWN: "請求が取り下げられた",
}  # fmt: skip


class State(StrEnum):
    RECEIVED = "received"
    LACKING = "lacking"
    ASKING = "asking"
    EXAMINING = "examining"
    APPROVED = "approved"
    EXPIRED = "expired"
    REFUSED = "refused"
    ISSUED = "issued"
    CAME_BACK = "came_back"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


STATE_JA = {
    State.RECEIVED: "受付", State.LACKING: "不足あり", State.ASKING: "照会中", State.EXAMINING: "審査", State.APPROVED: "交付できる",
    State.EXPIRED: "交付の期限切れ", State.REFUSED: "不交付", State.ISSUED: "交付済", State.CAME_BACK: "返送された", State.RETURNED: "返戻",
    State.WITHDRAWN: "取下げ",
}  # fmt: skip
CLOSED = frozenset({State.REFUSED, State.ISSUED, State.RETURNED, State.WITHDRAWN})


@dataclass(frozen=True)
class Step:
    """One step as it was recorded. `due_on` of ASKED: until when an answer is awaited."""

    kind: StepKind
    on: date
    due_on: date | None = None


@dataclass(frozen=True)
class Course:
    """What the state follows from. `lacks`: something is missing. `is_found`: everybody asked about was looked up in the register.

    `approved`: None = not decided. `valid_until`: of an approval. `used_up`: every copy allowed was issued. `decide_days`: the city's days for looking.
    """

    received_on: date
    steps: tuple[Step, ...]
    lacks: bool
    is_found: bool
    approved: bool | None = None
    valid_until: date | None = None
    used_up: bool = False
    decide_days: int = 3


@dataclass(frozen=True)
class Standing:
    """Where it stands, and the day by which somebody must do something (None = nobody)."""

    state: State
    due_on: date | None

    def is_late(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today


_LAST = {
    StepKind.SENT: State.ISSUED, StepKind.CAME_BACK: State.CAME_BACK, StepKind.RETURNED: State.RETURNED, StepKind.WITHDRAWN: State.WITHDRAWN,
}  # fmt: skip


def standing_of(course: Course, today: date) -> Standing:
    """The state on a day."""
    last = course.steps[-1] if course.steps else None
    if last is not None and last.kind in _LAST:
        state = _LAST[last.kind]
        return Standing(state, last.on if state is State.CAME_BACK else None)
    if course.approved is not None:
        return _decided(course, today)
    soon = course.received_on + timedelta(course.decide_days)
    if course.lacks and last is not None and last.kind is StepKind.ASKED:
        return Standing(State.ASKING, last.due_on)
    if course.lacks:
        return Standing(State.LACKING, soon)
    return Standing(State.EXAMINING if course.is_found else State.RECEIVED, soon)


def _decided(course: Course, today: date) -> Standing:
    if not course.approved:
        return Standing(State.REFUSED, None)
    if course.used_up:
        return Standing(State.ISSUED, None)
    return Standing(State.EXPIRED if course.valid_until is not None and course.valid_until < today else State.APPROVED, course.valid_until)


def refusal(course: Course, kind: StepKind, on: date, today: date) -> str:
    """Why this step cannot be recorded now, for the clerk; "" when it can."""
    state = standing_of(course, today).state
    if on > today:
        return "処理した日が本日より後です。本日までの日を入力してください。"
    if on < course.received_on:
        return "処理した日が受付の日より前です。日付を確認してください。"
    if kind is StepKind.CAME_BACK:
        return "" if state is State.ISSUED else "発送していない請求です。経過を確認してください。"
    if state is State.CAME_BACK:
        return "" if kind is StepKind.SENT else "戻った証明書を、もう一度発送したことだけを記録できます。"
    if kind is StepKind.SENT:
        return "" if state in (State.APPROVED, State.ISSUED, State.EXPIRED) else "まだ交付を認めていません。審査の後に発送してください。"
    if state in CLOSED:
        return "この請求は終わっています。新しい請求として受け付けてください。"
    if kind is StepKind.ASKED and course.approved:
        return "交付を認めた請求です。照会するときは、先に不足を記録できる状態か確認してください。"
    return ""


def in_order(standings: Sequence[Standing]) -> list[int]:
    """The places of the list in the order of work: what is due first comes first, what waits for nobody last."""

    def when(place: int) -> tuple[bool, date, int]:
        due = standings[place].due_on
        return due is None, due or date.max, place

    return sorted(range(len(standings)), key=when)
