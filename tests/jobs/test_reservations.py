"""処理の予約 — an officer's own times beside the declared ones: at once, one day, daily, weekly, monthly, month's end. 標準9.1 (N-9.1-01 … -08, -10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from daicho import audit, clock, jobs
from daicho.audit.actor import Actor
from daicho.jobs import commands, queries, registry
from daicho.jobs.models import Reservation, Run
from daicho.jobs.permissions import JobPermission
from daicho.jobs.registry import Parameter
from daicho.jobs.wanted import JobProblem, Wanted
from daicho.values.closed_days import ClosedDays
from tests import harness
from tests.copies import turned_to

pytestmark = pytest.mark.django_db
OPERATOR = Actor(1, "sosa", "操作　員", "10", "戸籍住民課", "honcho", "H01", frozenset({JobPermission.RUN.value}))
USUAL = ClosedDays()
NAME = "test.reserved"


class Work:
    """A job without a time of its own; remembers what it was asked, and when."""

    def __init__(self) -> None:
        self.asked: list[tuple[date, dict[str, Any]]] = []
        self.at: list[datetime] = []

    def __call__(self, for_date: date, parameters: Mapping[str, Any]) -> dict[str, int]:
        self.asked.append((for_date, dict(parameters)))
        self.at.append(clock.jst(clock.now()).replace(second=0, microsecond=0, tzinfo=None))
        return {"件数": 1}


def the_job(work: Work) -> jobs.Job:
    return jobs.Job(NAME, "試しの処理", None, work, parameters=(Parameter("limit", "上限", 10), Parameter("whom", "対象", "全員")))


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    """The only job there is: months of rounds would run the house's own each day."""
    monkeypatch.setattr(registry, "_jobs", {})
    done = Work()
    jobs.register(the_job(done))
    return done


def at(text: str) -> Any:  # Any: the context manager of clock.at
    return clock.at(datetime.fromisoformat(text).replace(tzinfo=clock.JST))


def live_through(first: str, last: str, minutes: int = 30) -> None:
    """The worker's rounds from one instant to another."""
    moment = datetime.fromisoformat(first)
    while moment <= datetime.fromisoformat(last):
        with at(moment.isoformat()):
            commands.run_due(USUAL)
        moment += timedelta(minutes=minutes)


def reserve(when: str, **more: Any) -> Reservation:  # Any: as Wanted has it
    return commands.reserve(OPERATOR, Wanted(NAME, when, **more))


def test_すぐにと頼むと次の見回りで起動し頼んだ人と端末が記録に残る(work: Work) -> None:
    """N-9.1-01, N-9.1-10."""
    with at("2026-04-01T10:00"):
        reserve("now", parameters={"limit": 5, "whom": "全員"})
        commands.run_due(USUAL)
        commands.run_due(USUAL)
    assert work.asked == [(date(2026, 4, 1), {"limit": 5, "whom": "全員"})]
    [run] = queries.runs(NAME)
    assert (run.started_by, run.terminal, run.outcome) == ("sosa", "H01", "done")
    assert queries.standing() == []


def test_翌日の13時05分を指定するとその時刻にだけ起動する(work: Work) -> None:
    """N-9.1-02."""
    with at("2026-04-01T10:00"):
        reserve("once", on=date(2026, 4, 2), at=time(13, 5))
    live_through("2026-04-01T10:00", "2026-04-02T13:00")
    assert work.at == []
    live_through("2026-04-02T13:05", "2026-04-04T13:05")
    assert work.at == [datetime(2026, 4, 2, 13, 5)]


RECURRING: dict[str, tuple[dict[str, int], Sequence[int]]] = {
    "daily": ({}, range(2, 32)),
    "weekly": ({"weekday": 2}, (7, 14, 21, 28)),  # Wednesdays of January 2026
    "monthly": ({"day_of_month": 15}, (15,)),
    "month_end": ({}, (31,)),
}


@pytest.fixture(scope="module")
def january(django_db_setup: None, django_db_blocker: Any) -> dict[str, list[datetime]]:  # Any: pytest-django's
    """When each of these reservations ran in one month of rounds, in which all stood beside each other."""
    done = Work()
    with pytest.MonkeyPatch.context() as patched, harness.clone(settings.DAICHO.name) as clone, django_db_blocker.unblock(), turned_to(clone):
        patched.setattr(registry, "_jobs", {})
        jobs.register(the_job(done))
        with at("2026-01-01T15:00"):
            for when, (more, _) in RECURRING.items():
                reserve(when, at=time(13, 0), parameters={"limit": 10, "whom": when}, **more)
        live_through("2026-01-01T17:00", "2026-01-31T21:00", minutes=4 * 60)
    ran = [(parameters["whom"], moment) for (_, parameters), moment in zip(done.asked, done.at, strict=True)]
    assert {whom for whom, _ in ran} <= set(RECURRING)
    return {when: [moment for whom, moment in ran if whom == when] for when in RECURRING}


@pytest.mark.parametrize("when", RECURRING)
def test_毎日と毎週と毎月と毎月末の予約は該当する日にだけ起動する(january: dict[str, list[datetime]], when: str) -> None:
    """N-9.1-03, N-9.1-04. The days were read off a calendar. What is reserved after today's time begins on the next day named."""
    assert january[when] == [datetime(2026, 1, day, 13, 0) for day in RECURRING[when][1]]


def test_毎月末は月の長さに従う(work: Work) -> None:
    """N-9.1-04: 31日、うるう年の29日、30日."""
    with at("2028-01-30T00:00"):
        reserve("month_end", at=time(1, 0))
    live_through("2028-01-30T00:30", "2028-04-30T12:30", minutes=12 * 60)
    assert [day for day, _ in work.asked] == [date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31), date(2028, 4, 30)]


def test_閉庁日は翌開庁日に行う(work: Work) -> None:
    """2026-04-18 is a Saturday."""
    with at("2026-04-16T09:00"):
        reserve("monthly", day_of_month=18, at=time(8, 0), open_days_only=True)
    live_through("2026-04-17T00:00", "2026-04-21T00:00", minutes=4 * 60)
    assert work.at == [datetime(2026, 4, 20, 8, 0)]


def test_止まっていた間の予約は一度だけ取り戻す(work: Work) -> None:
    with at("2026-04-01T09:00"):
        reserve("daily", at=time(10, 0))
    live_through("2026-04-05T12:00", "2026-04-05T14:00")
    assert work.asked == [(date(2026, 4, 5), {})]


def test_取り消した予約は起動せず二度は取り消せない(work: Work) -> None:
    with at("2026-04-01T09:00"):
        row = reserve("daily", at=time(10, 0))
        commands.cancel(OPERATOR, row.pk)
        with pytest.raises(JobProblem, match="form"):
            commands.cancel(OPERATOR, row.pk)
    live_through("2026-04-01T10:00", "2026-04-02T12:00")
    assert work.asked == []


def test_失敗した予約は決まった回数まで試される(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry._jobs, NAME, jobs.Job(NAME, "試しの処理", None, lambda day, given: 1 / 0))
    with at("2026-04-01T09:00"):
        reserve("now")
    live_through("2026-04-01T09:00", "2026-04-01T12:00", minutes=5)
    assert Run.objects.filter(outcome=Run.Outcome.FAILED).count() == 3


@pytest.mark.parametrize(
    ("wanted", "fields"),
    [
        ({"when": "once"}, ["on", "at"]),
        ({"when": "once", "on": date(2026, 3, 31), "at": time(23, 0)}, ["at"]),
        ({"when": "once", "on": date(2026, 4, 1), "at": time(9, 59)}, ["at"]),
        ({"when": "daily"}, ["at"]),
        ({"when": "daily", "at": time(1), "weekday": 3}, ["weekday"]),
        ({"when": "weekly", "at": time(1), "weekday": 7}, ["weekday"]),
        ({"when": "monthly", "at": time(1), "day_of_month": 32}, ["day_of_month"]),
        ({"when": "now", "parameters": {"limit": "十"}}, ["limit"]),
        ({"when": "now", "parameters": {"nothing": 1}}, [""]),
        ({"when": "sometime"}, ["when"]),
    ],
)
def test_予約できない指定は理由を全て告げ何も残らない(work: Work, wanted: dict[str, Any], fields: list[str]) -> None:
    with at("2026-04-01T10:00"), pytest.raises(JobProblem) as refused:
        commands.reserve(OPERATOR, Wanted(NAME, **wanted))
    assert [name for name, _ in refused.value.problems] == fields
    assert not Reservation.objects.exists()


def test_権限がなければ予約も取消しもできない(work: Work) -> None:
    stranger = Actor(2, "yoso", "", "", "", "", "", frozenset())
    with pytest.raises(audit.Refused):
        commands.reserve(stranger, Wanted(NAME, "now"))
    with pytest.raises(audit.Refused):
        commands.cancel(stranger, 1)


def test_初めての実行は宣言された設定で始まり次からは前回の設定で始まる(work: Work) -> None:
    """N-9.1-06, N-9.1-07."""
    assert queries.last_parameters(NAME) == {"limit": 10, "whom": "全員"}
    with at("2026-04-01T10:00"):
        reserve("now", parameters={"limit": 7, "whom": "全員"})
        commands.run_due(USUAL)
    assert queries.last_parameters(NAME) == {"limit": 7, "whom": "全員"}


def test_見回りの問合せの数は予約の数によらない(work: Work, django_assert_num_queries: Any) -> None:  # Any: pytest-django's fixture
    with at("2026-04-01T10:00"):
        for _ in range(5):
            reserve("daily", at=time(23, 0))
        with django_assert_num_queries(3):
            assert queries.due(USUAL) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry WHERE action = 'jobs:job:reserve'")
        assert cursor.fetchone() == (5,)
