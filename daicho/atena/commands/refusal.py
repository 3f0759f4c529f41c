"""拒否 — turns what the rules found into the refusal that goes back to the sender's work list. G-17."""

from __future__ import annotations

from collections.abc import Sequence

from daicho.atena.rules.problems import Problem
from daicho.outbox.errors import Refused


def refuse_if(problems: Sequence[Problem]) -> None:
    """Raise Refused with every reason, when there is one. The post room undoes the transaction and answers with it."""
    if problems:
        raise Refused(problems[0].code, "\n".join(problem.ja for problem in problems))
