"""処理の実行 — the record of runs, what is due, never twice at once. 標準9.1."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from daicho import audit, clock, jobs
from daicho.audit.actor import Actor
from daicho.jobs import commands, queries, registry
from daicho.jobs.models import Run
from daicho.jobs.permissions import JobPermission
from daicho.values.closed_days import ClosedDays

USUAL = ClosedDays()
OPERATOR = Actor(1, "sosa", "操作　員", "10", "戸籍住民課", "honcho", "H01", frozenset({JobPermission.RUN.value}))


class Work:
    """A job that writes down what it was asked and fails when told."""

    def __init__(self) -> None:
        self.asked: list[tuple[date, dict[str, Any]]] = []
        self.error: Exception | None = None

    def __call__(self, for_date: date, parameters: Mapping[str, Any]) -> dict[str, int]:
        self.asked.append((for_date, dict(parameters)))
        if self.error:
            raise self.error
        return {"件数": 3}


@pytest.fixture
def work() -> Iterator[Work]:
    done = Work()
    jobs.register(jobs.Job("test.work", "試しの処理", jobs.daily("02:30"), done))
    yield done
    registry.unregister("test.work")


def at(text: str) -> Any:  # Any: the context manager of clock.at
    return clock.at(datetime.fromisoformat(text).replace(tzinfo=clock.JST))


@pytest.mark.django_db
def test_実行の記録に対象日と件数と結果と端末が残る(work: Work) -> None:
    """N-9.1-01, N-9.1-10"""
    with at("2026-04-01T10:00"):
        done = commands.run("test.work", actor=OPERATOR, parameters={"上限": 10})
    assert work.asked == [(date(2026, 4, 1), {"上限": 10})]
    assert (done.outcome, done.counts, done.started_by, done.terminal, done.error) == ("done", {"件数": 3}, "sosa", "H01", "")
    assert queries.runs("test.work") == [done]
    assert done.finished_at is not None
    assert done.started_at <= done.finished_at
    with connection.cursor() as cursor:
        cursor.execute("SELECT login, outcome, detail->>'job' FROM audit_entry WHERE action = 'jobs:job:run'")
        assert cursor.fetchall() == [("sosa", "done", "test.work")]


@pytest.mark.django_db
def test_次の実行は前回のパラメータを使う(work: Work) -> None:
    """N-9.1-06"""
    commands.run("test.work", parameters={"上限": 10})
    commands.run("test.work")
    commands.run("test.work", parameters={})
    assert [parameters for _, parameters in work.asked] == [{"上限": 10}, {"上限": 10}, {}]


@pytest.mark.django_db
def test_失敗は種類だけが残り中身は残らない(work: Work) -> None:
    """N-9.1-11; no personal data in the record."""
    work.error = ValueError("小樽　花子の住民票")
    assert (commands.run("test.work").outcome, queries.runs()[0].error) == ("failed", "builtins.ValueError")

    def divide(_for_date: date, _parameters: Mapping[str, Any]) -> dict[str, int]:
        with transaction.atomic():
            connection.cursor().execute("SELECT 1/0")
        return {}

    jobs.register(jobs.Job("test.divide", "割り算", None, divide))
    assert commands.run("test.divide").error.endswith("DataError [22012]")
    registry.unregister("test.divide")


def test_同じ処理は同時に二つ動かない(committed_db: Any, work: Work) -> None:  # Any: tests.harness.Clone
    holder = _hold_lock(committed_db, "test.work")
    try:
        with pytest.raises(commands.Overlap):
            commands.run("test.work")
        with at("2026-04-01T03:00"):
            assert commands.run_due(USUAL) == []
            assert work.asked == []
    finally:
        holder.kill()
        holder.wait()
    assert _soon(lambda: commands.run("test.work").outcome == "done")  # killed with -9, its lock is gone


def _hold_lock(clone: Any, name: str) -> subprocess.Popen[str]:  # Any: tests.harness.Clone
    """Another process, of the same system, in the middle of that job."""
    script = (
        "import django, sys, time; django.setup()\n"
        "from daicho import jobs; from daicho.jobs import commands\n"
        f"jobs.register(jobs.Job({name!r}, '長い処理', None, lambda day, given: [print('holding', flush=True), time.sleep(60)] and {{}}))\n"
        f"commands.run({name!r})\n"
    )
    environment = {**clone.environment(), "PYTHONPATH": os.getcwd()}
    process = subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "holding\n"
    process.stdout.close()
    return process


def _soon(attempt: Any) -> bool:  # Any: a callable that may raise Overlap until the server notices the dead client
    for _ in range(50):
        try:
            return bool(attempt())
        except commands.Overlap:
            time.sleep(0.1)
    return False


@pytest.mark.django_db
def test_落ちた実行は次の実行で中断になる(work: Work) -> None:
    Run.objects.create(municipality_code="012033", job="test.work", for_date=date(2026, 3, 31), started_by="system:job", started_at=clock.now())
    commands.run("test.work")
    assert [(run.outcome, bool(run.finished_at)) for run in queries.runs("test.work")] == [("done", True), ("interrupted", True)]


@pytest.mark.django_db
def test_時刻が来れば一日に一度だけ実行する(work: Work) -> None:
    """N-9.1-02"""
    with at("2026-04-01T02:29"):
        assert queries.due(USUAL) == []
    with at("2026-04-01T02:30"):
        assert [(due.job.name, due.for_date) for due in queries.due(USUAL)] == [("test.work", date(2026, 4, 1))]
        _ran(date(2026, 4, 1), "done")
        assert queries.due(USUAL) == []


@pytest.mark.django_db
def test_止まっていた日の分は古い日から実行する(work: Work) -> None:
    _ran(date(2026, 4, 1), "done")
    with at("2026-04-04T03:00"):
        assert [due.for_date.day for due in queries.due(USUAL)] == [2, 3, 4]
    registry.unregister("test.work")
    jobs.register(jobs.Job("test.work", "試しの処理", jobs.daily("02:30", each_missed_day=False), work))
    with at("2026-04-04T02:00"):
        assert [due.for_date.day for due in queries.due(USUAL)] == [3]
    with at("2026-07-01T03:00"):
        assert [due.for_date for due in queries.due(USUAL)] == [date(2026, 7, 1)]


@pytest.mark.django_db
def test_初めての処理は今日から始まる(work: Work) -> None:
    with at("2026-04-04T03:00"):
        assert [due.for_date for due in queries.due(USUAL)] == [date(2026, 4, 4)]


@pytest.mark.django_db
def test_長く止まった後に遡るのは31日まで(work: Work) -> None:
    _ran(date(2026, 3, 20), "done")
    with at("2026-04-19T03:00"):
        assert [queries.due(USUAL)[0].for_date, len(queries.due(USUAL))] == [date(2026, 3, 21), 30]
    with at("2026-12-01T03:00"):
        assert [queries.due(USUAL)[0].for_date, len(queries.due(USUAL))] == [date(2026, 10, 31), 32]


@pytest.mark.django_db
@pytest.mark.parametrize("outcome", ["failed", "interrupted"])
def test_失敗や中断の日は間を置いて三度まで試みる(work: Work, outcome: str) -> None:
    day = date(2026, 4, 1)
    started = datetime(2026, 4, 1, 3, tzinfo=clock.JST)
    for attempt in range(3):
        ended = started + timedelta(minutes=30 * attempt)
        _ran(day, outcome, ended)
        with clock.at(ended + timedelta(minutes=9)):
            assert queries.due(USUAL) == []
        with clock.at(ended + timedelta(minutes=10)):
            assert len(queries.due(USUAL)) == (1 if attempt < 2 else 0)


def _ran(day: date, outcome: str, ended: datetime | None = None) -> None:
    when = ended or datetime(2026, 4, 1, 3, tzinfo=clock.JST)
    Run.objects.create(municipality_code="012033", job="test.work", for_date=day, started_by="x", started_at=when, finished_at=when, outcome=outcome)


@pytest.mark.django_db
def test_実行待ちは処理の数によらず3回の問合せで分かる(work: Work, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(20):
        jobs.register(jobs.Job(f"test.more{number}", "ほか", jobs.daily("00:00"), work))
    with at("2026-04-01T03:00"), django_assert_num_queries(3):
        assert len(queries.due(USUAL)) == 21
    for number in range(20):
        registry.unregister(f"test.more{number}")


@pytest.mark.django_db
def test_取引の中と権限の無い職員と知らない名前では動かない(work: Work) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        commands.run("test.work")
    with pytest.raises(KeyError, match="no job named"):
        commands.run("test.nothing")
    with pytest.raises(ValueError, match="two jobs are named"):
        jobs.register(jobs.Job("test.work", "別の処理", None, Work()))
    assert work.asked == []


@pytest.mark.django_db
def test_権限の無い職員は起動できない(work: Work) -> None:
    """N-10.3-13"""
    with pytest.raises(audit.Refused):
        commands.run("test.work", actor=Actor.system("nobody"))
    assert work.asked == []
    assert queries.runs() == []
