"""一括変更の本処理の運転 — a killed worker goes on where it ended and nobody is done twice; one bad household holds up no other; no wait at the counter. 標準9.7."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError

from daicho import clock, jobs
from daicho.jobs import commands, registry
from daicho.jobs.models import Run
from daicho.residents.commands import renaming, renaming_work
from daicho.residents.jobs import renamings_job
from daicho.residents.models import CivilEvent, SheetCurrent, SheetVersion
from daicho.residents.queries.proof import prove
from daicho.values.closed_days import ClosedDays
from tests.cast import EXAMINER, SATO
from tests.residents.counter import move_in_form, register
from tests.residents.renaming import prepared

ROOT = Path(__file__).resolve().parents[2]
HOUSEHOLDS = 5
KILLED = """
import os, signal, sys
import django
django.setup()
from daicho.residents.commands import renaming_work
from daicho.jobs import commands

record, seen = renaming_work.record_by_system, []
def killed(*arguments):
    seen.append(1)
    written = record(*arguments)
    if len(seen) == 4:
        os.kill(os.getpid(), signal.SIGKILL)
    return written
renaming_work.record_by_system = killed
renaming_work.BLOCK = 2
commands.run("renamings")
"""


@pytest.fixture
def only_this_job(monkeypatch):
    monkeypatch.setattr(registry, "_jobs", {})
    jobs.register(renamings_job())


@pytest.fixture
def street(committed_db, only_this_job):
    """Five households in one street, and a case that was examined."""
    for number in range(HOUSEHOLDS):
        register("domestic_move_in", move_in_form([replace(SATO, index=40 + number)], address=f"花園2丁目{number + 1}番1号"))
    row = prepared()
    renaming.examine(EXAMINER, row.public_id, renaming.mark(row))
    return row


def addresses() -> list[str]:
    return [address.removeprefix("北海道小樽市") for address in SheetCurrent.objects.order_by("household_no").values_list("address", flat=True)]


def test_本処理の途中で倒れても続きから処理され二度処理されない(street, committed_db):
    """標準9.7; the worker is killed in the second block: the first is done, the second not at all, and the next run does the rest once."""
    child = subprocess.run(
        [sys.executable, "-c", KILLED], cwd=ROOT, env={**committed_db.environment(), "PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert child.returncode == -signal.SIGKILL, child.stderr[-2000:]
    assert [a.startswith("新花園") for a in addresses()] == [True, True, False, False, False]
    [run] = commands.run_due(ClosedDays())
    assert (run.outcome, run.counts["本処理済み"]) == ("done", 3)
    street.refresh_from_db()
    assert street.state == "done" and all(a.startswith("新花園") for a in addresses())
    assert CivilEvent.objects.filter(code="address_renamed").count() == HOUSEHOLDS
    assert SheetVersion.objects.filter(event__code="address_renamed").count() == HOUSEHOLDS
    assert Run.objects.filter(outcome="interrupted").count() == 1
    assert prove().proven, prove().findings


def test_照合すると働き手がすぐに本処理し二度目は何もない(street):
    """The examiner's act reserves the job; a second run finds nothing."""
    [run, *_] = commands.run_due(ClosedDays())
    assert run.counts["本処理済み"] == HOUSEHOLDS
    assert commands.run("renamings").counts["件"] == 0


def test_一つの世帯が処理できなくても他の世帯は済み名指しされる(street, monkeypatch):
    """Whatever is wrong with a household is its own: the others are done, the line says so, the operator is told."""
    stumble(monkeypatch, ValueError)
    run = commands.run("renamings")
    street.refresh_from_db()
    assert run.outcome == "failed" and "花園" not in run.error
    [line] = street.lines.filter(state="left")
    assert "処理できませんでした" in line.why
    assert sum(a.startswith("新花園") for a in addresses()) == HOUSEHOLDS - 1
    assert street.state == "done"


def test_データベースの都合で処理できなかった世帯は次の回に処理される(street, monkeypatch):
    undo = stumble(monkeypatch, DatabaseError)
    assert commands.run("renamings").outcome == "failed"
    street.refresh_from_db()
    assert street.state == "examined" and street.lines.filter(state="staged").count() == 1
    undo()
    assert commands.run("renamings").counts["本処理済み"] == 1
    street.refresh_from_db()
    assert street.state == "done"


def stumble(monkeypatch, error):
    """The third household cannot be recorded."""
    record, number = renaming_work.record_by_system, SheetCurrent.objects.order_by("household_no")[2].household_no

    def stumbling(actor, definition, situation, *rest):
        if number in situation.households:
            raise error("花園")
        return record(actor, definition, situation, *rest)

    monkeypatch.setattr(renaming_work, "record_by_system", stumbling)
    return lambda: monkeypatch.setattr(renaming_work, "record_by_system", record)


def test_実施日の初めに自動で本処理される(committed_db, only_this_job):
    """A case examined before its day waits for it, and needs nobody then."""
    register("domestic_move_in", move_in_form([SATO]))
    with at(date(2026, 4, 10), 9):
        row = prepared(effective_on="令和8年4月12日")
        renaming.examine(EXAMINER, row.public_id, renaming.mark(row))
        commands.run_due(ClosedDays())
    for day in (date(2026, 4, 11), date(2026, 4, 12)):
        with at(day, 1):
            commands.run_due(ClosedDays())
            assert addresses() == ["新花園2丁目12番1号" if day == date(2026, 4, 12) else "花園2丁目12番1号"]


def at(day: date, hour: int):
    return clock.at(datetime(day.year, day.month, day.day, hour, tzinfo=clock.JST))
