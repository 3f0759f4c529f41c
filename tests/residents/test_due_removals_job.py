"""転出予定日の処理 — as the worker runs it: recorded, caught up day by day after a standstill, one bad household alone. 標準9.1; design §4."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from daicho import clock, jobs
from daicho.jobs import commands, registry
from daicho.jobs.models import Run
from daicho.residents.commands import due_removals
from daicho.residents.jobs import due_removals_job
from daicho.residents.models import Removal, SheetCurrent
from daicho.values.closed_days import ClosedDays
from tests.cast import HANAKO, SATO, TARO
from tests.residents.counter import JOB, move_in_form, move_out_form, register

FIRST, LATER = date(2026, 5, 1), date(2026, 5, 7)


@pytest.fixture
def only_this_job(monkeypatch):
    monkeypatch.setattr(registry, "_jobs", {})
    jobs.register(due_removals_job())


def at(day: date, hour: int = 8):
    return clock.at(datetime(day.year, day.month, day.day, hour, tzinfo=clock.JST))


def moved_out(role, on: str, **texts: str):
    person = register("domestic_move_in", move_in_form([role], **texts))[0].person.public_id
    register("move_out", move_out_form([person], on))
    return person


def test_閉庁の間の日も一日ずつ処理され記録に残る(committed_db, only_this_job):
    """N-9.1-*: 大型連休; the worker was off from 5/1 to 5/6, and each day is run for itself."""
    with at(date(2026, 4, 10)):
        moved_out(TARO, "令和8年5月2日")
        moved_out(SATO, "令和8年5月6日", address="色内1丁目3番5号")
        commands.run_due(ClosedDays())
    with at(date(2026, 4, 30)):
        commands.run_due(ClosedDays())
    with at(LATER):
        done = commands.run_due(ClosedDays())
    assert [(run.for_date.isoformat(), run.outcome, run.counts["消除"]) for run in done] == [
        ("2026-05-01", "done", 0),
        ("2026-05-02", "done", 1),
        ("2026-05-03", "done", 0),
        ("2026-05-04", "done", 0),
        ("2026-05-05", "done", 0),
        ("2026-05-06", "done", 1),
        ("2026-05-07", "done", 0),
    ]
    assert list(Removal.objects.order_by("pk").values_list("closed_on", flat=True)) == [date(2026, 5, 2), date(2026, 5, 6)]


def test_一つの世帯が処理できなくても他の世帯は済み次の回に残りが済む(committed_db, only_this_job, monkeypatch):
    """A failure is on record, holds up nobody else, and is made good by the next run."""
    with at(date(2026, 4, 10)):
        bad = moved_out(TARO, "令和8年5月1日")
        good = moved_out(HANAKO, "令和8年5月1日", address="色内1丁目3番5号")
    household = SheetCurrent.objects.get(person__public_id=bad).household_no
    settle = due_removals.settle

    def stumbling(actor, household_no, until):
        if household_no == household:
            raise ValueError("花園")
        return settle(actor, household_no, until)

    with at(FIRST):
        monkeypatch.setattr(due_removals, "settle", stumbling)
        assert commands.run("due_removals", FIRST).outcome == "failed"
        assert list(Removal.objects.values_list("sheet__current__person__public_id", flat=True)) == [good]
        assert "花園" not in Run.objects.get().error
        monkeypatch.setattr(due_removals, "settle", settle)
        assert commands.run("due_removals", FIRST).counts == {"消除": 1, "世帯主の変わった世帯": 0}
    assert Removal.objects.count() == 2


@pytest.mark.django_db
def test_権限のない者は処理できない():
    from dataclasses import replace

    from daicho import audit

    with pytest.raises(audit.Refused):
        due_removals.settle_all(replace(JOB, grants=frozenset()), FIRST)


@pytest.mark.django_db
def test_問合せの数は除票の数によらない(django_assert_num_queries):
    """One statement when nothing is due, however many 除票 there are."""
    moved_out(TARO, "令和8年4月10日")
    moved_out(SATO, "令和8年5月1日", address="色内1丁目3番5号")
    with django_assert_num_queries(1):
        due_removals.settle_all(JOB, date(2026, 4, 30))
