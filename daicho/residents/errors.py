"""この部屋の断り — what a command says when it cannot be done, in words for the clerk. spec/domain.md §11."""

from __future__ import annotations

from daicho.residents.rules.problems import Problem


class CannotDo(Exception):
    """The command is refused; the message is for the clerk and names no person's data beyond what they typed."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class HasProblems(CannotDo):
    """The filing has errors, or alerts without a reason for overriding them. All of them, not the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("入力内容に確認が必要な項目があります。")
        self.problems = problems


class HeldByAnother(CannotDo):
    """Another filing holds the household or the person (design §3)."""
