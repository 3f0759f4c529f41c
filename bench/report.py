"""計測の報告 — the table of a run, printed and kept in bench/RESULTS.md, with the machine and what was not met."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.clerks import CLERKS
from bench.counter import Cost
from bench.crowd import MIX, THINKS
from bench.fifty import Fifty, share
from bench.figures import Judgement, Series, judge, p50, p95
from bench.hidden import Compared, table_of
from bench.loading import Loaded
from bench.notices import ACTS as PLACES
from bench.rounds import ACTS, Measured
from daicho.site.launch.progress import table

RESULTS = Path(__file__).with_name("RESULTS.md")
LOAD_AIM = 5000  # people a second


@dataclass(frozen=True)
class Machine:
    """Where it was measured."""

    postgresql: str
    durable: dict[str, str]
    load_before: float
    load_after: float
    day: str

    def lines(self) -> list[str]:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        durable = "、".join(f"{name}={value}" for name, value in self.durable.items())
        return [
            f"- {self.day}; {os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB, {platform.system()} {platform.release()}",
            f"- {self.postgresql}; {durable}; Python {platform.python_version()}",
            f"- load average {self.load_before:.1f} before, {self.load_after:.1f} after (the bench's own part is about 1), priority of the bench {_priority()}",
        ]


@dataclass(frozen=True)
class Beside:
    """What is told beside the aims: the seconds of `daicho prove`."""

    prove: dict[int, float]


@dataclass(frozen=True)
class Arrived:
    """How long notices took to each place, in a whole city of `size`."""

    size: int
    series: dict[str, Series]


@dataclass(frozen=True)
class Wider:
    """What many do at once, what goes through all the systems, and what an officer who may not know could tell by the clock."""

    fifty: Fifty
    arrived: Arrived
    probed: Sequence[Compared]


def _priority() -> str:
    """The nice value of the session's scheduling group where the kernel has such groups, else of the process."""
    group = Path("/proc/self/autogroup")
    return group.read_text().partition(" ")[2].strip() if group.exists() else f"nice {os.nice(0)}"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def judgements(measured: Sequence[Measured], loads: dict[int, Loaded]) -> list[Judgement]:
    """Every aim: times in the largest city, growth from the smallest to it, the load of the largest."""
    small, large = measured[0], measured[-1]
    rate = loads[large.city.size].people_a_second
    found = [Judgement(f"load, city of {large.city.size:,}", f"≥ {LOAD_AIM:,} people/s", f"{rate:,.0f} people/s", rate >= LOAD_AIM)]
    for act in ACTS:
        found += judge(act, small.series[act.key] if small is not large else None, large.series[act.key], large.city.size)
    return found


def figures(measured: Sequence[Measured]) -> tuple[list[str], list[list[str]]]:
    """The table of times: for each act and city p50, p95, the floor's, and what they are to one another."""
    head = ["act", "city", "n", "p50 ms", "p95 ms", "CPU ms", "floor p50", "floor p95", "× floor", "p50 of rounds", "p95 vs smaller"]
    rows = []
    for act in ACTS:
        for one in measured:
            series, first = one.series[act.key], measured[0].series[act.key]
            floor = [f"{p(series.all_floor) * 1000:.2f}" if series.floor else "—" for p in (p50, p95)]
            low, high = series.noise
            rows.append([
                act.title, f"{one.city.size:,}", str(len(series.all)), f"{p50(series.all) * 1000:.1f}", f"{p95(series.all) * 1000:.1f}", f"{p50(series.cpu) * 1000:.1f}", *floor,
                f"{series.over_floor:.1f}" if series.floor else "—", f"{low * 1000:.1f}–{high * 1000:.1f}",
                "" if one is measured[0] else f"{p95(series.all) / p95(first.all):.2f}×",
            ])  # fmt: skip
    return head, rows


def parts(measured: Sequence[Measured]) -> tuple[list[str], list[list[str]]]:
    head = ["request of a 転入", *(f"p50 / p95 / CPU ms, {one.city.size:,}" for one in measured)]
    return head, [[name, *(_part(one.parts[name]) for one in measured)] for name in measured[0].parts]


def _part(costs: Sequence[Cost]) -> str:
    seconds = [cost.seconds for cost in costs]
    return " / ".join(f"{each * 1000:.1f}" for each in (p50(seconds), p95(seconds), p50([cost.cpu for cost in costs])))


def loading(loads: dict[int, Loaded]) -> tuple[list[str], list[list[str]]]:
    head = ["load", "people", "rows", "seconds", "people/s", "floor s", "× floor", "measured", "load average"]
    return head, [
        [f"{size:,}", f"{one.people:,}", f"{one.rows:,}", f"{one.seconds:.1f}", f"{one.people_a_second:,.0f}", f"{one.floor_seconds:.1f}",
         f"{one.seconds / one.floor_seconds:.1f}", one.measured_at, f"{one.load_average:.1f}"]
        for size, one in loads.items()
    ]  # fmt: skip


def aims(judged: Sequence[Judgement]) -> tuple[list[str], list[list[str]]]:
    return ["aim", "wanted", "found", ""], [[one.what, one.aim, one.found, "met" if one.met else "MISSED"] for one in judged]


def fifty_clerks(found: Fifty) -> tuple[list[str], list[list[str]]]:
    head = ["fifty clerks", "alone: n", "p50 ms", "p95 ms", "with the job: n", "p50 ms", "p95 ms", "p95, with the job against alone"]
    rows = []
    for act, _ in MIX:
        alone, with_job = found.alone.seconds.get(act, []), found.with_job.seconds.get(act, [])
        ratio = f"{p95(with_job) / p95(alone):.2f}×" if alone and with_job else "—"
        rows.append([act, *_counted(alone), *_counted(with_job), ratio])
    return head, rows


def _counted(seconds: Sequence[float]) -> tuple[str, str, str]:
    return (str(len(seconds)), f"{p50(seconds) * 1000:.1f}", f"{p95(seconds) * 1000:.1f}") if seconds else ("0", "—", "—")


def fifty_beside(found: Fifty) -> list[str]:
    """How it was measured: the clerks' own share of the processors is stated, as it is taken from the listener's."""
    rate = sum(map(len, found.alone.seconds.values())) / found.alone.wall
    said = (
        f"- {CLERKS} clerks, {THINKS[0]:g}–{THINKS[1]:g} s between two requests of one clerk, {rate:.1f} requests/s; their process took {share(found.alone):.0%} of the "
        f"processors alone and {share(found.with_job):.0%} with the job; 夜間の自己検査 begun {found.jobs} times; {found.waits} waits for a lock of the job seen"
    )
    errors = [*found.alone.errors, *found.with_job.errors]
    return [said, *(f"- error: {error}" for error in errors[:5])]


def arrivals(arrived: Arrived) -> tuple[list[str], list[list[str]]]:
    head = [f"from 本登録 in a whole city of {arrived.size:,}", "n", "p50 ms", "p95 ms", "longest ms"]
    return head, [[PLACES[name].title, *_counted(series.all), f"{max(series.all) * 1000:.1f}"] for name, series in arrived.series.items()]


def beside(measured: Sequence[Measured], told: Beside) -> list[str]:
    static = "、".join(f"{p50(one.static) * 1000:.2f} ms ({one.city.size:,})" for one in measured)
    prove = "、".join(f"{seconds:.1f} s ({size:,})" for size, seconds in told.prove.items())
    return [f"- `daicho prove`, the whole city, process included: {prove}", f"- a static file by granian, no Python, p50: {static} (shown, not subtracted)"]


def show(measured: Sequence[Measured], loads: dict[int, Loaded], wider: Wider, judged: Sequence[Judgement], told: Beside, machine: Machine) -> None:
    """Print everything and write bench/RESULTS.md."""
    tables = [aims(judged), figures(measured), parts(measured), fifty_clerks(wider.fifty), arrivals(wider.arrived), table_of(wider.probed), loading(loads)]
    said = [*beside(measured, told), *fifty_beside(wider.fifty)]
    for head, rows in tables:
        print("\n" + table(head, rows), flush=True)
    print("\n" + "\n".join([*said, *machine.lines()]), flush=True)
    missed = [one for one in judged if not one.met]
    text = [
        "# What it takes", "",
        "Written by `make bench`; never edited by hand. One client on one kept connection, granian (WSGI), the web role, durable commits, the record of every",
        "reading committed before its answer. CPU is the median of what the listener and its database connections computed for a request, by the kernel's account:",
        "without its waits for a processor or the disk (a busy neighbour slows it all the same). Times are the client's on loopback, first byte sent to last received; nothing is subtracted.",
        "Floors, in the same rounds: for searches and cards the rows by hand-written SQL with the trail's INSERT and a durable commit; for a 転入 the very rows it",
        "left, into tables with the same indexes, five durable commits; for a certificate the same page by typst alone; for the load the same rows by COPY",
        "into empty tables, the same indexes made afterwards (no foreign keys). The cities are made up (`synthetic`), the seed fixed; each run works on a fresh clone.", "",
        *machine.lines(), "",
        f"{len(judged) - len(missed)} of {len(judged)} aims met." + (f" Missed: {'; '.join(f'{one.what}: {one.found} ({one.aim})' for one in missed)}." if missed else ""),
        "",
    ]  # fmt: skip
    for (head, rows), title in zip(
        tables,
        ("Aims", "Times", "A 転入, request by request", "Fifty clerks", "Notices, end to end", "Hidden or not there (Mann–Whitney U, two-sided)", "Load"),
        strict=True,
    ):
        text += [f"## {title}", "", *markdown(head, rows), ""]
    text += ["## Beside", "", *said, "", "Who is found first, beside plain SQL and a full-text library: SEARCH.md (`python -m bench.search`).", ""]
    RESULTS.write_text("\n".join(text), encoding="utf-8")


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return ["| " + " | ".join(cells) + " |" for cells in (head, ["---"] * len(head), *rows)]
