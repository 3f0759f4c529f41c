"""支援措置の進み方 — 申出 → 仮支援措置 → 決定 → 延長 → 終了, day by day. 標準仕様3.4."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from daicho.residents.rules.support import (
    STATE_JA,
    Ground,
    State,
    Step,
    StepKind,
    ends_soon,
    extendable_from,
    last_day,
    next_period,
    refusal,
    refusal_to_end,
    standing_of,
)  # fmt: skip

APPLIED = Step(StepKind.APPLIED, date(2020, 3, 20))
DECIDED = Step(StepKind.DECIDED, date(2020, 3, 25), date(2020, 4, 1), date(2021, 3, 31))
CASE = (APPLIED, DECIDED)


def day(text: str) -> date:
    return date.fromisoformat(text)


def state(steps: tuple[Step, ...], on: str) -> State:
    return standing_of(steps, day(on)).state


def test_期間は開始から1年で終わりは標準の例のとおり():
    """N-3.4-05: 令和2年4月1日 → 令和3年3月31日; 民法143条."""
    assert last_day(day("2020-04-01")) == day("2021-03-31")
    assert (last_day(day("2020-02-29")), last_day(day("2019-03-01"))) == (day("2021-02-28"), day("2020-02-29"))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_一年後の前日は別の暦の計算と一致する(first: date):
    """Against another library; of 2月29日 the month's last day (民法143条2項ただし書)."""
    expected = first + relativedelta(years=1) - timedelta(days=0 if (first.month, first.day) == (2, 29) else 1)
    assert last_day(first) == expected


def test_申出から決定の開始まで仮支援措置でその後も一日も途切れない():
    """N-3.4-15, -16."""
    days = [APPLIED.on + timedelta(n) for n in range(400)]
    states = [standing_of(CASE, on) for on in days]
    assert all(one.protects for one in states)
    assert [one.state for one in states].index(State.SUPPORT) == (day("2020-04-01") - APPLIED.on).days


def test_満了しても終了の処理まで支援は続く():
    """N-3.4-11: 終了日の翌日から満了済み."""
    assert [state(CASE, on) for on in ("2021-03-31", "2021-04-01", "2023-01-01")] == [State.SUPPORT, State.EXPIRED, State.EXPIRED]
    assert standing_of(CASE, day("2023-01-01")).protects
    assert "終了の処理待ち" in STATE_JA[State.EXPIRED]


def test_延長と終了の予告は終了日の1か月前から():
    """N-3.4-07, -10: 2月27日は行えず、3月1日は行える."""
    assert extendable_from(day("2021-03-31")) == day("2021-03-01")
    for on, can in (("2021-02-27", False), ("2021-02-28", False), ("2021-03-01", True)):
        assert (refusal(CASE, StepKind.EXTENDED, next_period(standing_of(CASE, day(on))), day(on), day(on)) == "") is can
        assert ends_soon(standing_of(CASE, day(on)), day(on)) is can


def test_延長後の期間は前の終了日の翌日から1年():
    """N-3.4-08: 3月10日に延長しても令和3年4月1日から令和4年3月31日まで."""
    assert next_period(standing_of(CASE, day("2021-03-10"))) == (day("2021-04-01"), day("2022-03-31"))
    extended = (*CASE, Step(StepKind.EXTENDED, day("2021-03-10"), day("2021-04-01"), day("2022-03-31")))
    assert [state(extended, on) for on in ("2021-03-31", "2021-04-01", "2022-03-31", "2022-04-01")] == [State.SUPPORT] * 3 + [State.EXPIRED]
    assert next_period(standing_of(extended, day("2022-03-05")))[0] == day("2022-04-01")


def test_期間の終わりは直すことができ直した日が残る():
    """N-3.4-06: 令和3年2月28日へ."""
    revised = (*CASE, Step(StepKind.REVISED, day("2020-05-01"), day("2020-04-01"), day("2021-02-28")))
    assert standing_of(revised, day("2020-06-01")).until == day("2021-02-28")
    assert state(revised, "2021-03-01") is State.EXPIRED


def test_転出すると前住所地としての仮支援措置に替わり取り消すと戻る():
    """N-3.4-17: not a day between."""
    moved = (*CASE, Step(StepKind.MOVED_OUT, day("2020-10-01")))
    assert [state(moved, on) for on in ("2020-09-30", "2020-10-01", "2021-06-01")] == [State.SUPPORT, State.FORMER_PROVISIONAL, State.FORMER_PROVISIONAL]
    assert standing_of(moved, day("2020-10-01")).since == day("2020-10-01")
    assert state((*moved, Step(StepKind.MOVED_BACK, day("2020-10-05"))), "2020-10-06") is State.SUPPORT


@pytest.mark.parametrize(
    ("ground", "on", "ends"),
    [("petition", "2020-05-01", True), ("mayor", "2020-05-01", True), ("expired", "2020-05-01", False), ("expired", "2021-04-01", True), ("petition", "2020-03-21", True)],
)  # fmt: skip
def test_終了には理由があり満了は満了の後だけ(ground: str, on: str, ends: bool):
    """N-3.4-12 … -14."""
    assert (refusal_to_end(CASE, Ground(ground), day(on)) == "") is ends


def test_終了した後は何も記録できず再び申し出るほかない():
    ended = (*CASE, Step(StepKind.ENDED, day("2020-07-01"), ground=Ground.PETITION))
    assert not standing_of(ended, day("2020-07-01")).protects
    assert all(refusal(ended, kind, None, day("2020-08-01"), day("2020-08-01")) for kind in StepKind)
    assert refusal_to_end(ended, Ground.MAYOR, day("2020-08-01"))


@pytest.mark.parametrize(
    ("kind", "steps", "says"),
    [
        (StepKind.DECIDED, CASE, "もう決定しています"), (StepKind.EXTENDED, (APPLIED,), "まだ支援措置の決定がありません"),
        (StepKind.MOVED_OUT, CASE, "自動で記録されます"), (StepKind.NOTIFIED, (APPLIED,), "まだ支援措置の決定がありません"),
    ],
)  # fmt: skip
def test_順番の違う処理は理由を付けて断られる(kind: StepKind, steps: tuple[Step, ...], says: str):
    on = day("2020-05-01")
    assert says in refusal(steps, kind, (on, last_day(on)), on, on)
