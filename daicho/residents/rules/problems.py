"""エラーとアラート — what a check finds: an error blocks, an alert warns and is recorded when overridden. std 11.1; domain §11."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One finding. `member` is the index of the person in the filing, None when it is about the filing."""

    code: str
    field: str
    message: str
    blocks: bool = True
    member: int | None = None

    @property
    def key(self) -> str:
        """Names this finding in one filing, so that an override with its reason can be kept for it."""
        return f"{self.code}:{'' if self.member is None else self.member}:{self.field}"


def error(code: str, field: str, message: str, member: int | None = None) -> Problem:
    return Problem(code, field, message, True, member)


def alert(code: str, field: str, message: str, member: int | None = None) -> Problem:
    return Problem(code, field, message, False, member)
