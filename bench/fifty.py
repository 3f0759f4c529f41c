"""計測の五十人 — fifty clerks in the largest city, without a job and while one goes through the whole city. Issue 3, Measured; N-9.1-09.

The job is 夜間の自己検査, the largest there is: it reads every version of everybody. Aims: every act within a second while it runs, no error,
nobody waiting for a lock of the job.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field

from bench.crowd import MIX, Told
from bench.figures import Act, Judgement, Series, judge
from bench.people import residents
from bench.place import ROOT, City, cluster
from daicho import clock

JOB = "prove"
AIM_MS = 1000
SEED, PEOPLE = 20260402, 400
SETTLES = 10.0  # seconds: until the clerks are no longer in step


@dataclass
class Fifty:
    """What was told without the job and with it; how often the job was begun; how many screens were seen waiting for a lock of the job (looked for ten times a second)."""

    alone: Told = field(default_factory=Told)
    with_job: Told = field(default_factory=Told)
    jobs: int = 0
    waits: int = 0


def measure(city: City, seconds: float) -> Fifty:
    """The listener of the city must be up."""
    password = secrets.token_urlsafe(12)
    environment = city.environment(city.worked_on)
    subprocess.run([sys.executable, "-m", "bench.clerks"], cwd=ROOT, env=environment, input=f"{password}\n", text=True, check=True, stdout=subprocess.DEVNULL)
    with city.connect(city.worked_on, read_only=True) as drawn:
        people = [{**asdict(one), "birth": one.birth.isoformat()} for one in residents(drawn, SEED, PEOPLE)]
    known = json.dumps({"password": password, "people": people, "today": clock.today().isoformat()})
    with _crowd(city, known) as crowd:
        time.sleep(SETTLES)
        alone = crowd(seconds)
        with _job(city) as running, _waits(city) as waits:
            with_job = crowd(seconds)
        return Fifty(alone, with_job, running[0], waits[0])


@contextmanager
def _crowd(city: City, known: str) -> Iterator:  # type: ignore[type-arg]  # of the function that listens
    command = [sys.executable, "-m", "bench.crowd", str(city.port)]
    with subprocess.Popen(command, cwd=ROOT, env=city.environment(city.worked_on), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        asked, answers = process.stdin, process.stdout
        print(known, file=asked, flush=True)
        if answers.readline().strip() != "ready":
            raise RuntimeError("the clerks could not begin")

        def listen(seconds: float) -> Told:
            print(seconds, file=asked, flush=True)
            return Told(**json.loads(answers.readline()))

        yield listen
        asked.close()


@contextmanager
def _job(city: City) -> Iterator[list[int]]:
    """The job, begun again whenever it ends, until the block does. Yields how often, in a list of one."""
    begun, ending = [0], threading.Event()
    command = [sys.executable, "-m", "daicho.site.cli", "job", "run", JOB]

    def again() -> None:
        while not ending.is_set():
            begun[0] += 1
            subprocess.run(command, cwd=ROOT, env=city.environment(city.worked_on), check=True, stdout=subprocess.DEVNULL)

    thread = threading.Thread(target=again)
    thread.start()
    try:
        yield begun
    finally:
        ending.set()
        thread.join()


@contextmanager
def _waits(city: City) -> Iterator[list[int]]:
    """Screens' sessions seen waiting for a lock of a session that is none of theirs, in a list of one. Clerks wait for one another's numbers."""
    seen, ending = [0], threading.Event()
    asked = """
        SELECT count(*) FROM pg_stat_activity waits WHERE waits.datname = %s AND waits.wait_event_type = 'Lock' AND EXISTS (
            SELECT FROM pg_stat_activity other WHERE other.pid = ANY(pg_blocking_pids(waits.pid)) AND other.application_name <> waits.application_name
        )
    """

    def look() -> None:
        with cluster().connect(city.worked_on) as superuser:
            while not ending.wait(0.1):
                row = superuser.execute(asked, [city.worked_on]).fetchone()
                seen[0] += row[0] if row else 0

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        ending.set()
        thread.join()


def share(told: Told) -> float:
    """The part of the machine's processors that the clerks' own process took."""
    return told.cpu / told.wall / (os.cpu_count() or 1) if told.wall else 0.0


def judgements(found: Fifty, size: int) -> list[Judgement]:
    """Each act while the job runs; errors and waits."""
    judged = [
        one
        for name, _ in MIX
        for one in judge(Act(name, f"50人、ジョブ実行中：{name}", aim_ms=AIM_MS), None, Series([found.with_job.seconds.get(name) or [float("inf")]]), size)
    ]
    errors = len(found.alone.errors) + len(found.with_job.errors)
    judged.append(Judgement("50人：エラー", "0", str(errors), errors == 0))
    return [*judged, Judgement("50人：ジョブを待つロック", "0", str(found.waits), found.waits == 0)]
