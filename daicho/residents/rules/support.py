"""支援措置 — 申出, 仮支援措置, 決定, 延長, 終了: how one protected person's case stands. 住民基本台帳事務処理要領第5の10; 標準仕様3.4, 1.1.16.

Each protected person has steps of their own: nobody is released because another one of the case is (domain §7, 事故の型3). Nothing here ends by
itself: a period that is over is 満了済み until an officer says why it ends (N-3.4-11 … -14).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from daicho.values.deadlines import last_day_of_months, months_before


class StepKind(StrEnum):
    APPLIED = "applied"
    INQUIRED = "inquired"
    ANSWERED = "answered"
    DECIDED = "decided"
    REVISED = "revised"
    NOTIFIED = "notified"
    EXTENDED = "extended"
    MOVED_OUT = "moved_out"
    MOVED_BACK = "moved_back"
    ENDED = "ended"


STEP_JA = {
    StepKind.APPLIED: "申出（仮支援措置の開始）", StepKind.INQUIRED: "意見照会", StepKind.ANSWERED: "意見の受理", StepKind.DECIDED: "支援措置の決定",
    StepKind.REVISED: "期間の修正", StepKind.NOTIFIED: "期間終了通知の送付", StepKind.EXTENDED: "支援措置の延長",
    StepKind.MOVED_OUT: "転出による仮支援措置（前住所地）への切替え", StepKind.MOVED_BACK: "転出の取消しによる支援措置への復帰",
    StepKind.ENDED: "支援措置の終了",
}  # fmt: skip
BY_ITSELF = frozenset({StepKind.APPLIED, StepKind.MOVED_OUT, StepKind.MOVED_BACK})
"""Steps that come with the application or with an 異動: nobody records them by hand."""
NEEDS_PERIOD = frozenset({StepKind.DECIDED, StepKind.REVISED, StepKind.EXTENDED})


class Ground(StrEnum):
    """Why it ended (N-3.4-12 … -14)."""

    PETITION = "petition"
    EXPIRED = "expired"
    MAYOR = "mayor"


GROUND_JA = {
    Ground.PETITION: "支援対象者から終了の申出があった", Ground.EXPIRED: "期間が満了し、延長の申出がなかった",
    Ground.MAYOR: "市区町村長が支援の必要がなくなったと認めた",
}  # fmt: skip


class State(StrEnum):
    PROVISIONAL = "provisional"
    SUPPORT = "support"
    FORMER_PROVISIONAL = "former_provisional"
    EXPIRED = "expired"
    ENDED = "ended"


STATE_JA = {
    State.PROVISIONAL: "仮支援措置期間中", State.SUPPORT: "支援措置期間中", State.FORMER_PROVISIONAL: "仮支援措置期間中（前住所地市区町村）",
    State.EXPIRED: "支援措置の期間満了（終了の処理待ち）", State.ENDED: "支援措置終了",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One step as recorded. `on`: the day it was taken, or takes effect; a period belongs to a decision, a revision, an extension."""

    kind: StepKind
    on: date
    starts_on: date | None = None
    ends_on: date | None = None
    ground: Ground | None = None


@dataclass(frozen=True)
class Standing:
    """How it stands on a day: the state, since when the 仮支援措置 or period runs, and its last day (None: 仮支援措置 has none)."""

    state: State
    since: date
    until: date | None = None
    ground: Ground | None = None

    @property
    def protects(self) -> bool:
        """Whether browsing and certificates are stopped: always, but once an officer ended it."""
        return self.state is not State.ENDED

    @property
    def is_provisional(self) -> bool:
        return self.state in (State.PROVISIONAL, State.FORMER_PROVISIONAL)


def standing_of(steps: Sequence[Step], today: date) -> Standing:
    """The state on a day. `steps` in the order of recording, the first an 申出. A decision that lies ahead leaves the 仮支援措置 (N-3.4-16)."""
    applied = steps[0]
    ended = next((step for step in steps if step.kind is StepKind.ENDED), None)
    period = _period(steps)
    if ended is not None:
        return Standing(State.ENDED, ended.on, ended.on, ended.ground)
    moved = _moved_out(steps)
    if moved is not None and moved <= today:
        return Standing(State.FORMER_PROVISIONAL, moved)
    if period is None or period[0] > today:
        return Standing(State.PROVISIONAL, applied.on)
    since, until = period
    return Standing(State.EXPIRED if until < today else State.SUPPORT, since, until)


def _period(steps: Sequence[Step]) -> tuple[date, date] | None:
    """From the first day of the decision to the last day of the newest extension or revision."""
    period: tuple[date, date] | None = None
    for step in steps:
        if step.kind in NEEDS_PERIOD and step.starts_on is not None and step.ends_on is not None:
            goes_on = step.kind is StepKind.EXTENDED and period is not None
            period = (period[0] if goes_on and period else step.starts_on, step.ends_on)
    return period


def _moved_out(steps: Sequence[Step]) -> date | None:
    """From which day the person no longer lives here, by the newest of what was recorded of it."""
    newest = next((step for step in reversed(steps) if step.kind in (StepKind.MOVED_OUT, StepKind.MOVED_BACK)), None)
    return newest.on if newest is not None and newest.kind is StepKind.MOVED_OUT else None


def last_day(starts_on: date) -> date:
    """One year from the first day (N-3.4-05): 令和2年4月1日 → 令和3年3月31日."""
    return last_day_of_months(starts_on, 12)


def next_period(standing: Standing) -> tuple[date, date]:
    """The year after the present one: from the day after its end, whenever it is extended (N-3.4-08). ValueError for who has no period."""
    if standing.until is None:
        raise ValueError("no period to extend")
    first = standing.until + timedelta(days=1)
    return first, last_day(first)


def extendable_from(until: date) -> date:
    """One month before the end, the first day on which it may be extended (N-3.4-07): 3月31日 → 3月1日."""
    return months_before(until + timedelta(days=1), 1)


def ends_soon(standing: Standing, today: date) -> bool:
    """Whether the month before its end has come (N-3.4-10)."""
    return standing.state is State.SUPPORT and standing.until is not None and today >= extendable_from(standing.until)


def refusal(steps: Sequence[Step], kind: StepKind, period: tuple[date, date] | None, today: date, on: date) -> str:
    """Why this step cannot be recorded now, for the officer; "" when it can."""
    now = standing_of(steps, today)
    if now.state is State.ENDED:
        return "この支援措置は終了しています。新しい申出として受け付けてください（標準仕様3.4）。"
    if kind in BY_ITSELF:
        return "この処理は、申出や異動とともに自動で記録されます。ほかの処理を選んでください。"
    if on > today:
        return "処理した日が本日より後です。本日までの日を入力してください。"
    if on < steps[0].on:
        return "処理した日が申出の日より前です。日付を確認してください。"
    if kind in NEEDS_PERIOD and (period is None or period[1] < period[0]):
        return "支援措置の期間の終了日が開始日より前です。日付を確認してください（標準仕様3.4）。"
    has_period = _period(steps) is not None
    if kind is StepKind.DECIDED and has_period:
        return "支援措置は、もう決定しています。期間を直すときは「期間の修正」、次の1年は「支援措置の延長」を選んでください。"
    if kind in (StepKind.EXTENDED, StepKind.REVISED, StepKind.NOTIFIED) and not has_period:
        return "まだ支援措置の決定がありません。先に決定を記録してください（標準仕様3.4）。"
    if kind is StepKind.EXTENDED:
        return _not_extendable(now, today)
    return ""


def _not_extendable(now: Standing, today: date) -> str:
    if now.until is None:
        return "転出したため、この市区町村では延長できません。転出先の市区町村への申出を案内してください（標準仕様3.4）。"
    if today < extendable_from(now.until):
        return "延長は、期間の終了日の1か月前から行えます。その日になってから延長してください（標準仕様3.4）。"
    return ""


def refusal_to_end(steps: Sequence[Step], ground: Ground, today: date) -> str:
    """Why it cannot be ended on that ground now; "" when it can. Judged at the moment of ending, for one person (domain §7, 事故の型3)."""
    now = standing_of(steps, today)
    if now.state is State.ENDED:
        return "この支援措置は、もう終了しています。"
    if ground is Ground.EXPIRED and now.state is not State.EXPIRED:
        return "期間がまだ満了していません。終了の理由を確認してください（標準仕様3.4）。"
    return ""
