"""続柄を証する文書 — what a foreign resident is to the 世帯主 rests on a document; without one it is 縁故者. 住民基本台帳法第30条の49; std 1.1.11 (N-1.1.11-09, -10)."""

from __future__ import annotations

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.filing import Member
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.vocabulary import FOREIGN
from daicho.values.relationship import HEAD, KIN_IN_FACT, LODGER


def check_proof(member: Member, before: SheetEntries | None, after: SheetEntries, index: int) -> list[Problem]:
    """An alert where a 続柄 is said anew and nothing confirms it: what did is chosen on the form, or stands in the reason given."""
    word = after.relationship
    if after.resident_kind != FOREIGN or word in (None, HEAD, KIN_IN_FACT, LODGER) or member.text("kinship_proof"):
        return []
    if before is not None and (before.relationship, before.household_no) == (word, after.household_no):
        return []
    return [problem("R105", "relationship", index, relationship=word)]
