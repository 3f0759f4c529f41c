"""個人番号の指定 — the number that 機構 gave to somebody who had none is written. 番号法第7条第1項, 第8条; 令第12条; std 4.4-01, 7.1.2.1-02.

Recorded when it comes (commands/number_answers.py), and by nobody else: no number is made here.
"""

from __future__ import annotations

from daicho.residents.rules.changes import Changes
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, NoticeKind, Notify, Scope
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.number_writing import written
from daicho.residents.rules.problems import Problem
from daicho.residents.rules.situation import Situation


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    """Nothing that a clerk could mend: what speaks against the answer of 機構 keeps it on the list (number_writing.doubts)."""
    return ()


def _apply(situation: Situation, filing: Filing) -> Changes:
    return written(filing, "individual_number")


INDIVIDUAL_NUMBER_ASSIGNED = EventDefinition(
    code="individual_number_assigned",
    standard_code="個人番号の職権記載",
    ja="個人番号の指定",
    article="番号法第7条第1項、住民基本台帳法施行令第12条",
    basis=Basis.EX_OFFICIO,
    days_to_file=None,
    filed_by=frozenset(),
    fields=(),
    member_fields=(),
    scope=Scope.ONE,
    effect=Effect.CORRECTION,
    notices=(Notify(NoticeKind.IDENTITY_INFO), *IN_HOUSE),
    permission="residents:filing:register",
    check=_check,
    apply=_apply,
    identity_reason=("individual_number_entry", None),
    by_system=True,
    writes_number=True,
)
