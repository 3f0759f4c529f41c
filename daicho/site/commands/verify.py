"""照合 — `daicho verify FILE.pdf --certificate city.pem`, `daicho verify --code …`: the small verifier, as part of the one command. S1-05."""

from __future__ import annotations

import argparse

from daicho.paper import verifying

NAME = "verify"
HELP = "verify a signed copy or a printed code with the city's published certificates; asks no database and no network"


def arguments(parser: argparse.ArgumentParser) -> None:
    verifying.wanted(parser)


def run(chosen: argparse.Namespace) -> int:
    return verifying.run(chosen)
