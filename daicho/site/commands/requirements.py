"""要件の検査 — `daicho requirements check|follow`: the list of requirements held against the tests. 設計10章."""

from __future__ import annotations

import argparse
from pathlib import Path

NAME = "requirements"
HELP = "check docs/requirements.csv against the tests, or find moved tests again (follow)"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("check", "follow"))


def run(chosen: argparse.Namespace) -> int:
    from daicho.site import requirements

    root = Path(__file__).resolve().parents[3]
    path, cited = root / "docs" / "requirements.csv", requirements.citations(root)
    rows = requirements.read(path)
    if chosen.what == "follow":
        rows = requirements.follow(rows, cited)
        requirements.write(path, rows)
    found = requirements.problems(rows, cited, root)
    for problem in found:
        print(problem)
    counted = ", ".join(f"{status} {sum(row.status == status for row in rows):,}" for status in requirements.STATUSES)
    print(f"{len(rows):,} requirements: {counted}; {len(found)} problems")
    return 1 if found else 0
