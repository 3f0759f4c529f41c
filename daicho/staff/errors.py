"""職員の処理の拒み — what a command of this room refuses, with every reason, in Japanese."""

from __future__ import annotations

from collections.abc import Iterable

from daicho.ui.forms import Problem


class StaffRefused(Exception):
    """A command did not run. `problems` holds all reasons, each tied to a field ("" = the whole form)."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(problem.field or "form" for problem in self.problems))


class UseEnded(StaffRefused):
    """Refused, and the open use is ended: nothing more is done at this terminal until somebody signs in."""


def refuse(field: str, messages: Iterable[str]) -> tuple[Problem, ...]:
    """The messages as blocking problems of one field."""
    return tuple(Problem(field=field, message=message, blocks=True) for message in messages)
