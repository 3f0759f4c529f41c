"""試験の実行 — every test, one pytest process per system's settings, three at a time; `python -m tests.run [--check]`. 設計8章.

Prints each process's result as it ends, the whole output of those that failed, what did not run and why, and last of all
one line: N passed, N failed. With --check also format, lint, types, import contracts, and everything again on PostgreSQL 15.
"""

from __future__ import annotations

import argparse
import collections
import os
import signal
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests import harness
from tests.tiers import EVERYWHERE, OWN, PURE

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "var" / "test"
AT_ONCE = 3  # two cores stand idle for a quarter of the time while browsers and commits are waited for
PATIENCE = 20 * 60  # seconds for one process, and what the whole has
PYTHON = sys.executable
PG15 = Path("/usr/lib/postgresql/15/bin")


def _parts(folder: str, *, without: str) -> list[str]:
    """What of a folder holds tests, but for one part of it."""
    inside = sorted((ROOT / folder).iterdir())
    return [f"{folder}/{each.name}" for each in inside if each.name != without and (each.match("test_*.py") or any(each.rglob("test_*.py")))]


# The long ones in processes of their own, longest first, so that all have work to the end; everything else is "shared".
_ABOUT_RESIDENTS = _parts("tests/residents", without="screens")
RESIDENTS = {
    "journeys": ["tests/journeys/browser"],
    "residents 1": _ABOUT_RESIDENTS[::2],
    "screens": ["tests/residents/screens"],
    "residents 2": [*_ABOUT_RESIDENTS[1::2], "tests/synthetic"],
    "crossing": _parts("tests/journeys", without="browser"),
    "post room": ["tests/outbox"],
}
ALL_THE_WAY = {"DAICHO_THOROUGH": "1"}  # tests/tiers.py
STRICT = ("daicho/values", "daicho/contracts", "daicho/certificates", "daicho/residents/rules")


@dataclass(frozen=True)
class Task:
    """One process. A pytest process says its numbers in a file; another counts as one test."""

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)
    is_pytest: bool = False


@dataclass(frozen=True)
class Result:
    task: Task
    seconds: float
    passed: int
    failed: int
    not_run: tuple[str, ...]
    output: str


def pytest_tasks(suffix: str = "", environment: dict[str, str] | None = None) -> list[Task]:
    """The longest first, so that the last process does not run alone for long."""
    folders = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests").iterdir() if path.is_dir() and any(path.rglob("test_*.py")))
    apart = {"/".join(folder.split("/")[:2]) for some in RESIDENTS.values() for folder in some}
    shared = [folder for folder in folders if folder not in (*PURE, *OWN, *apart)]
    groups = {name: ("residents", [part for part in some if (ROOT / part).exists()]) for name, some in ({"shared": shared} | RESIDENTS).items()}
    groups["pure"] = ("none", [folder for folder in folders if folder in PURE])
    groups |= {system: (system, [*(folder for folder in folders if folder == own), *EVERYWHERE]) for own, system in OWN.items() if system != "residents"}
    return [
        Task(name + suffix, [PYTHON, "-m", "pytest", "-q", *some], {"DAICHO_SYSTEM": system, **(environment or {})}, is_pytest=True)
        for name, (system, some) in groups.items()
        if some
    ]


def checks() -> list[Task]:
    strict = [folder for folder in STRICT if (ROOT / folder).is_dir()]
    folder = str(Path(PYTHON).parent)
    return [
        Task("format", [f"{folder}/ruff", "format", "--check", "--quiet", "."]),
        Task("lint", [f"{folder}/ruff", "check", "--quiet", "."]),
        Task("types", [PYTHON, "-m", "mypy", *strict]),
        Task("import contracts", [f"{folder}/lint-imports"]),
    ]


class Runner:
    def __init__(self) -> None:
        self.running: set[subprocess.Popen[str]] = set()
        self.lock = threading.Lock()
        self.is_ended = False

    def run(self, task: Task) -> Result:
        if self.is_ended:
            return Result(task, 0, 0, 1, (), "was not begun: the run was ended")
        report = RESULTS / f"{task.name.replace(' ', '-')}.xml"
        report.unlink(missing_ok=True)
        command = [*task.command, f"--junitxml={report}"] if task.is_pytest else list(task.command)
        began = time.monotonic()
        # Many processes load the same modules, each a second and more of compiling: what is compiled once is kept, even on a machine that forbids it.
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DAICHO_", "DJANGO_")) and name != "PYTHONDONTWRITEBYTECODE"}
        process = subprocess.Popen(
            command, cwd=ROOT, env={**kept, **task.environment}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        with self.lock:
            self.running.add(process)
        try:
            output, _ = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            output = f"{process.communicate()[0]}\n{task.name} did not end within {PATIENCE} s and was killed"
        with self.lock:
            self.running.discard(process)
        result = _result(task, process.returncode, report, output, time.monotonic() - began)
        state = "ok" if not result.failed else "FAILED"
        print(f"{state:6}  {task.name}: {result.passed} passed, {result.failed} failed, {len(result.not_run)} did not run ({result.seconds:.0f} s)", flush=True)
        return result

    def end_all(self) -> None:
        """What runs ends, and what waits does not begin."""
        self.is_ended = True
        with self.lock:
            for process in self.running:
                process.send_signal(signal.SIGINT)


def _result(task: Task, code: int, report: Path, output: str, seconds: float) -> Result:
    if not task.is_pytest:
        return Result(task, seconds, int(code == 0), int(code != 0), (), output)
    passed, failed, not_run = 0, 0, []
    try:
        cases = list(ElementTree.parse(report).getroot().iter("testcase"))
    except (OSError, ElementTree.ParseError):
        cases = []
    for case in cases:
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif (skipped := case.find("skipped")) is not None:
            not_run.append(skipped.get("message") or "no reason given")
        else:
            passed += 1
    if code != 0 and not failed:  # it broke before or beside its tests; that is never a success
        failed = 1
    return Result(task, seconds, passed, failed, tuple(not_run), output)


def _summary(results: Sequence[Result]) -> int:
    for result in results:
        if result.failed:
            print(f"\n──── {result.task.name} ────\n{result.output.strip()}")
    reasons = collections.Counter(reason for result in results for reason in result.not_run)
    if reasons:
        print("\ndid not run:")
        for reason, count in reasons.most_common():
            print(f"  {count:4}  {reason}")
    else:
        print("\nnothing was left out")
    passed, failed = sum(result.passed for result in results), sum(result.failed for result in results)
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.run")
    parser.add_argument("--check", action="store_true", help="also format, lint, types, import contracts, PostgreSQL 15")
    chosen = parser.parse_args()
    RESULTS.mkdir(parents=True, exist_ok=True)
    tasks = [*checks(), *pytest_tasks(environment=ALL_THE_WAY), *_on_postgresql_15()] if chosen.check else pytest_tasks()
    runner = Runner()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: (runner.end_all(), sys.exit(130)))
    was_running = harness.cluster().exists() and harness.cluster().running()
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            results = list(pool.map(runner.run, tasks))
    finally:
        if not was_running:  # somebody else's test process may still need a database that was there before us
            harness.stop()
        if chosen.check and PG15.is_dir():
            subprocess.run([PYTHON, "-m", "tests.harness", "stop"], cwd=ROOT, env={**os.environ, "PGBIN": str(PG15)}, check=False)
    return _summary(results)


def _on_postgresql_15() -> list[Task]:
    if (PG15 / "postgres").exists():
        return pytest_tasks(" (PostgreSQL 15)", {"PGBIN": str(PG15)} | ALL_THE_WAY)
    if "pg15" in os.environ.get("ALLOW_MISSING", "").split(","):
        missing = "print('PostgreSQL 15 is absent; ALLOW_MISSING names pg15: no test ran on it')"
    else:
        missing = "raise SystemExit('PostgreSQL 15 is absent: install the package postgresql-15, or name it: ALLOW_MISSING=pg15')"
    return [Task("PostgreSQL 15", [PYTHON, "-c", missing])]


if __name__ == "__main__":
    sys.exit(main())
