"""この部屋の断り — what a command says when it cannot be done: every problem, in words for the officer. D-R1."""

from __future__ import annotations

from collections.abc import Sequence

from daicho.transfers.rules.problems import Problem


class TransferRefused(Exception):
    """Nothing was written. `problems` are all of them, Japanese."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = tuple(problems)


def refuse(message: str, field: str = "", code: str = "T000") -> TransferRefused:
    """One problem, of the whole when no field is named."""
    return TransferRefused([Problem(code, field, message)])
