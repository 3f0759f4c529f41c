"""抑止 — for whom a process is stopped or warned of, since when, until an officer releases it. 標準仕様3.1; domain §3.

An end day that has passed ends nothing (N-3.1-14): only a release does. A temporary lift lets everything pass for a while and is over by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Process(StrEnum):
    """What may be stopped. 照会 that is stopped hides the person from those who may not know (N-3.1-04)."""

    FILING = "filing"
    CERTIFICATE = "certificate"
    INQUIRY = "inquiry"
    BROWSING = "browsing"


class Strength(StrEnum):
    """How strictly, the strictest last (N-3.1-07)."""

    NONE = "none"
    ALERT = "alert"
    ERROR = "error"


class BlockKind(StrEnum):
    """Why. 支援措置 comes and goes with its case (rules/support.py); there is none for 住民異動不受理申出 (N-3.5-01)."""

    SUPPORT = "support"
    IDENTITY = "identity"
    SURVEY = "survey"
    DEATH_REPORT = "death_report"
    MISMATCH = "mismatch"
    OTHER = "other"


PROCESS_JA = {
    Process.FILING: "異動入力", Process.CERTIFICATE: "証明書の発行", Process.INQUIRY: "照会", Process.BROWSING: "一部の写しの閲覧",
}  # fmt: skip
STRENGTH_JA = {Strength.NONE: "処理可（抑止なし）", Strength.ALERT: "アラート（確認して処理できる）", Strength.ERROR: "エラー（処理できない）"}
KIND_JA = {
    BlockKind.SUPPORT: "支援措置", BlockKind.IDENTITY: "本人確認待ち", BlockKind.SURVEY: "実態調査中", BlockKind.DEATH_REPORT: "死亡届の受理後（戸籍の通知待ち）",
    BlockKind.MISMATCH: "住基ネットとの不整合の調査中", BlockKind.OTHER: "その他",
}  # fmt: skip
SET_BY_OFFICERS = tuple(kind for kind in BlockKind if kind is not BlockKind.SUPPORT)
_ORDER = tuple(Strength)


@dataclass(frozen=True)
class Term:
    """What one block does to one process, and when (N-3.1-08, -17)."""

    process: Process
    strength: Strength
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True)
class Block:
    """One 抑止 that nobody released. `lifted_until`: a temporary lift is going on until then."""

    public_id: str
    kind: BlockKind
    reason: str
    terms: tuple[Term, ...]
    lifted_until: datetime | None = None

    def term_of(self, process: Process) -> Term | None:
        return next((term for term in self.terms if term.process is process), None)

    def is_lifted(self, now: datetime) -> bool:
        return self.lifted_until is not None and now < self.lifted_until

    def strength(self, process: Process, on: date, now: datetime) -> Strength:
        """How strictly this one stops it: from its first day, also past its last, but not while it is lifted."""
        term = self.term_of(process)
        if term is None or term.starts_on > on or self.is_lifted(now):
            return Strength.NONE
        return term.strength

    def is_past_its_end(self, on: date) -> bool:
        """Whether an end day has passed, so that somebody must decide."""
        return any(term.ends_on is not None and term.ends_on < on for term in self.terms)


def standing(blocks: Iterable[Block], process: Process, on: date, now: datetime) -> tuple[tuple[Block, Strength], ...]:
    """Those that stop or warn of the process now, the strictest first."""
    found = [(block, strength) for block in blocks if (strength := block.strength(process, on, now)) is not Strength.NONE]
    return tuple(sorted(found, key=lambda each: _ORDER.index(each[1]), reverse=True))


def strictest(blocks: Iterable[Block], process: Process, on: date, now: datetime) -> Strength:
    """How strictly it is stopped by all of them together (N-3.1-16)."""
    return next((strength for _, strength in standing(blocks, process, on, now)), Strength.NONE)


def prohibited_from(blocks: Iterable[Block]) -> date | None:
    """From which day no certificate is handed out, whoever asks: what the rooms that issue are told (N-3.1-18, -19). A lift is not told (N-3.1-10)."""
    days = [term.starts_on for block in blocks if (term := block.term_of(Process.CERTIFICATE)) and term.strength is Strength.ERROR]
    return min(days, default=None)


def check_terms(terms: Sequence[Term]) -> list[tuple[str, str]]:
    """(field, what is wrong) of the terms of a block as typed."""
    found = []
    if all(term.strength is Strength.NONE for term in terms):
        found.append(("strength_certificate", "抑止する処理がありません。少なくとも一つの処理を、エラーかアラートにしてください（標準仕様3.1）。"))
    for term in terms:
        if term.ends_on is not None and term.ends_on < term.starts_on:
            found.append((f"ends_{term.process}", f"「{PROCESS_JA[term.process]}」の終了日が開始日より前です。日付を確認してください（標準仕様3.1）。"))
    return found


CONFIRM_ALERT = "証明書の発行に注意が必要な人が載ります。抑止を設定した理由を確かめ、確認した内容を入力してください（標準仕様3.1）。"


def alert_text(block: Block) -> str:
    """What warns whoever issues a certificate."""
    return f"証明書の発行に注意が必要な人です（{KIND_JA[block.kind]}：{block.reason}）。"
