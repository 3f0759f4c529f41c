"""拒否 — turns what the rules found into the refusal that goes back to the sender's work list. S3-06, F-1-58."""

from __future__ import annotations

from collections.abc import Sequence

from daicho.chukan.rules.problems import Problem
from daicho.outbox.errors import Refused


def refuse_if(problems: Sequence[Problem]) -> None:
    """Raise Refused with every reason, when there is one. The post room undoes the transaction and answers with it."""
    if problems:
        raise Refused(problems[0].code, "\n".join(problem.ja for problem in problems))


class CannotDo(Exception):
    """What an officer asked for cannot be done; the text is Japanese, for the screen."""
