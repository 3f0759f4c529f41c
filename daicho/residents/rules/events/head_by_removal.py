"""転出予定日の到来による世帯主変更 — what changes for those who remain on the day someone's sheet closes. 令第25条; design §4; fold.md 18.

Recorded by the job of that day (commands/due_removals.py), and by nobody else: who is left alone becomes 世帯主, of several the
世帯主 is 未設定, and 世帯主氏名 is copied anew.
"""

from __future__ import annotations

from daicho.residents.rules.changes import Changes
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Scope
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.problems import Problem
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.succession import successions


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    return ()


def _apply(situation: Situation, filing: Filing) -> Changes:
    """`filing.members`: those who left."""
    assert filing.effective_on is not None
    return Changes(revisions=successions(situation, {m.atena_no for m in filing.members if m.atena_no}, filing.effective_on))


HEAD_BY_REMOVAL = EventDefinition(
    code="head_by_removal",
    standard_code="世帯主変更",
    ja="転出予定日の到来による世帯主変更",
    article="住民基本台帳法施行令第12条、第25条",
    basis=Basis.EX_OFFICIO,
    filed_by=frozenset(),
    days_to_file=None,
    fields=(),
    member_fields=(),
    scope=Scope.CHOSEN,
    effect=Effect.CORRECTION,
    notices=IN_HOUSE,
    permission="residents:filing:register",
    check=_check,
    apply=_apply,
    by_system=True,
)
