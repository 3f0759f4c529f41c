"""市の設定の誤り — what an officer must mend before it can be registered."""

from __future__ import annotations

from collections.abc import Iterable

Problem = tuple[str, str]  # (field, message in Japanese); "" = the whole form


class CityProblem(ValueError):
    """The message is Japanese and complete; `problems` says which field each part of it is about."""

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        self.problems = tuple(problems) or (("", message),)
        super().__init__(message)

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> CityProblem:
        told = tuple(problems)
        return cls("\n".join(message for _, message in told), told)
