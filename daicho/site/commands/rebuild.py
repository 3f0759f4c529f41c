"""再構築 — `daicho rebuild`: current rows and search terms made anew from the history, as the owner. 設計4章."""

from __future__ import annotations

import argparse

NAME = "rebuild"
HELP = "make the current rows and the search terms anew from the history"


def arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(chosen: argparse.Namespace) -> int:
    from daicho.site.process import enter

    enter("residents", as_owner=True)
    from daicho.residents.commands.rebuilding import rebuild

    done = rebuild()
    print(f"residents: {done['sheets']:,} sheets and {done['terms']:,} search terms rebuilt")
    return 0
