"""拒否 — turns what the rules found into the refusal that goes back to residents' work list. F-2-22."""

from __future__ import annotations

from collections.abc import Sequence

from daicho.juki_net.rules.problems import Problem
from daicho.outbox.errors import Refused


def refuse_if(problems: Sequence[Problem]) -> None:
    """Raise Refused with every reason, when there is one. The post room undoes the transaction and answers with it."""
    if problems:
        raise Refused(problems[0].code, "\n".join(problem.ja for problem in problems))
