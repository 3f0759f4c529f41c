"""証明 — `daicho prove`: the current table is the fold of the history, and every household is lawful. 設計4章."""

from __future__ import annotations

import argparse
from datetime import date, datetime

NAME = "prove"
HELP = "prove that the current table equals the fold of the history and that households are lawful; exit 1 with what is not"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", type=date.fromisoformat, help="judge the households of that day instead, such as 2026-04-01")
    parser.add_argument("--known", type=datetime.fromisoformat, help="as known at that moment, such as 2026-04-01T12:00:00+09:00")


def run(chosen: argparse.Namespace) -> int:
    from daicho.site.process import enter

    enter("residents")
    from daicho.residents.queries.proof import prove

    proof = prove(chosen.as_of, chosen.known)
    for where, what in proof.findings[:100]:
        print(f"{where}: {what}")
    print(f"residents: {proof.persons:,} persons, {proof.versions:,} versions, {proof.households:,} households: {len(proof.findings):,} findings")
    return 0 if proof.proven else 1
