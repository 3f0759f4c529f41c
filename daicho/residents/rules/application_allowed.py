"""交付を認めた範囲 — these people, these certificates, these entries, so many copies, until that day; and it is used up. 住民基本台帳法第12条の3第1項.

What was approved is all that may be issued for the request, by whichever officer, in however many visits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any  # JSON values

BY_LIST = "*"
"""Whoever stands in the list that a public office attached: counted by copies, each looked at when the list is issued (decision 0051)."""


@dataclass(frozen=True)
class Allowed:
    """`people`: public ids, or BY_LIST alone. `copies`: by the certificate's code. `shown`: codes of entries that may be shown beside the basic ones."""

    people: frozenset[str]
    copies: Mapping[str, int]
    shown: frozenset[str]
    until: date

    def to_json(self) -> dict[str, Any]:
        return {"people": sorted(self.people), "copies": dict(self.copies), "shown": sorted(self.shown)}

    @classmethod
    def of_json(cls, said: Mapping[str, Any], until: date) -> Allowed:
        return cls(frozenset(said["people"]), dict(said["copies"]), frozenset(said["shown"]), until)


@dataclass(frozen=True)
class Copy:
    """A copy that is about to be issued: its code, everybody on it, the entries that it shall show."""

    kind: str
    people: frozenset[str]
    shown: frozenset[str]
    names: Mapping[str, str]
    """What certificates and entries are called, by code."""


def check_copy(allowed: Allowed, used: Mapping[str, int], copy: Copy, on: date, copies: int = 1, to_come: int = 0) -> tuple[tuple[str, str], ...]:
    """Everything beyond what was approved, as (entry, message). `used`: copies issued so far, by code; `copies`: so many like it are ordered together,
    `to_come`: were ordered before and are not made yet.
    """
    found = []
    if on > allowed.until:
        found.append(("visit", "この請求について交付を認めた期限が過ぎています。もう一度審査を受けてください。"))
    if copy.kind not in allowed.copies:
        found.append(("certificate", f"「{copy.names.get(copy.kind, copy.kind)}」は、交付を認めた証明書ではありません。審査の結果を確認してください。"))
    elif (left := allowed.copies[copy.kind] - used.get(copy.kind, 0) - to_come) < copies:
        most = allowed.copies[copy.kind]
        beyond = f"交付を認めた{most}通は、すべて交付しました。これより多くは交付できません。"
        if copies > 1 or to_come:
            waits = f"（ほかに{to_come}通が作成を待っています）" if to_come else ""
            beyond = f"交付を認めた{most}通のうち、残りは{max(left, 0)}通ですが、この一覧では{copies}通になります{waits}。一覧を確認してください。"
        found.append(("certificate", beyond))
    if BY_LIST not in allowed.people and copy.people - allowed.people:
        found.append(("people", "交付を認めた人のほかの人が載っています。載せる人を選び直してください。"))
    for code in sorted(copy.shown - allowed.shown):
        found.append((code, f"「{copy.names.get(code, code)}」の記載は、認められていません。省略してください。"))
    return tuple(found)


def is_used_up(allowed: Allowed, used: Mapping[str, int]) -> bool:
    return all(used.get(kind, 0) >= copies for kind, copies in allowed.copies.items())


def check_approval(asked: Allowed, given: Allowed, today: date) -> tuple[tuple[str, str], ...]:
    """Whether an approval stays within what was asked, as (field, message): nothing is given that nobody asked for."""
    found = []
    if not given.people:
        found.append(("people", "交付を認める人が選ばれていません。認めないときは、不交付を選んでください。"))
    if given.people - asked.people:
        found.append(("people", "請求の対象者でない人が選ばれています。対象者の住民票を確認してください。"))
    if not any(given.copies.values()):
        found.append(("copies", "交付を認める通数が0です。認めないときは、不交付を選んでください。"))
    if any(copies > asked.copies.get(kind, 0) for kind, copies in given.copies.items()):
        found.append(("copies", "請求された通数より多く認めることはできません。通数を確認してください。"))
    if given.shown - asked.shown:
        found.append(("shown", "請求されていない記載事項が選ばれています。記載事項を確認してください。"))
    if given.until < today:
        found.append(("valid_until", "交付の期限が本日より前です。期限を確認してください。"))
    return tuple(found)


def must_be_another(entered_by: int, decided_by: int | None, strict: Sequence[str]) -> str:
    """Why this officer may not decide, "" when they may. `strict`: why another one must (rules of each kind, 支援措置), nothing = they need not."""
    if strict and entered_by == decided_by:
        return f"この請求は、受け付けた職員と別の職員が審査します（{'、'.join(strict)}）。別の職員が審査してください。"
    return ""
