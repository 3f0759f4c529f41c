"""耐久試験（紙） — interleavings against the binding of papers and real papers printed at once, by the million; `python -m tests.soak_papers`. A-05; decision 0045.

`--runs` interleavings of tests/certificates/crossing.py on every core, and `--printed` papers by the real press, from number `--first` on: the same
numbers are the same runs everywhere. Tells every tenth part how far it is and with which number to go on; ends with 1 at the first paper that crossed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter

from daicho.certificates import TEMPLATES
from daicho.paper.press import open_press
from tests.certificates.crossing import crossed, interleaving
from tests.certificates.people import CITY
from tests.certificates.printing import print_at_once
from tests.paper import tools

A_PART = 5_000


def play(part: range) -> tuple[Counter[str], list[str]]:
    """How many left, were stopped or refused in this part, and what crossed."""
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    for seed in part:
        shop = interleaving(seed)
        outcomes.update(shop.outcomes)
        wrong += [f"seed {seed}: {what}" for what in crossed(shop)]
    return outcomes, wrong


def printed(part: range) -> list[str]:
    press = open_press(tools.fonts().directory, TEMPLATES)
    return [f"paper {number}" for number, document, _, stamp in print_at_once(press, CITY, part) if stamp != document.stamp]


def parts(first: int, count: int, size: int) -> list[range]:
    return [range(start, min(start + size, first + count)) for start in range(first, first + count, size)]


def soak(runs: int, papers: int, first: int, processes: int) -> int:
    began = time.monotonic()
    seen: Counter[str] = Counter()
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        todo = parts(first, runs, A_PART)
        for done, (outcomes, wrong) in enumerate(pool.imap(play, todo), 1):
            seen.update(outcomes)
            if wrong:
                print("\n".join(wrong))
                return 1
            if done % max(len(todo) // 10, 1) == 0:
                print(
                    f"{done * A_PART:,} interleavings, nothing crossed ({time.monotonic() - began:.0f} s); go on with --first {first + done * A_PART}",
                    flush=True,
                )
        for done, wrong in enumerate(pool.imap(printed, parts(0, papers, A_PART)), 1):
            if wrong:
                print("\n".join(wrong))
                return 1
            print(f"{min(done * A_PART, papers):,} papers by the real press, each of its own person ({time.monotonic() - began:.0f} s)", flush=True)
    print(", ".join(f"{count:,} {what}" for what, count in sorted(seen.items())))
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak_papers")
    parser.add_argument("--runs", type=int, default=10_000_000)
    parser.add_argument("--printed", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0)
    chosen = parser.parse_args()
    return soak(chosen.runs, chosen.printed, chosen.first, os.cpu_count() or 1)


if __name__ == "__main__":
    sys.exit(main())
