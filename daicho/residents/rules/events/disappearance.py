"""失踪宣告 — a court declared somebody dead; the 戸籍 tells, and the sheet is removed ex officio. 民法第30条; 戸籍法第94条; 令第12条第2項; std 4.2.2.2.

異動日 is the day on which they are held to have died, which may be 不詳 (std 1.1.8). Cancelled by the court: 回復 (restoration.py).
"""

from __future__ import annotations

from dataclasses import replace

from daicho.residents.rules.changes import Changes
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, NoticeKind, Notify, Scope
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, GROUND, NOTIFIED_ON
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.removing import apply_removal, check_removal
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import DISAPPEARED, FAMILY_REGISTER


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    one = [] if len(filing.members) == 1 else [problem("X601", "members")]
    return tuple(check_removal(DISAPPEARANCE, situation, filing, DISAPPEARED, one))


def _apply(situation: Situation, filing: Filing) -> Changes:
    return apply_removal(situation, filing, DISAPPEARED)


DISAPPEARANCE = EventDefinition(
    code=DISAPPEARED,
    standard_code="職権消除",
    ja="失踪宣告",
    article="住民基本台帳法第8条、令第12条第2項、戸籍法第94条",
    basis=Basis.EX_OFFICIO,
    filed_by=frozenset(),
    days_to_file=None,
    fields=(replace(EFFECTIVE_ON, label="死亡したとみなされる日（異動日）"), NOTIFIED_ON, GROUND),
    member_fields=(),
    scope=Scope.ONE,
    effect=Effect.REMOVAL,
    notices=(Notify(NoticeKind.IDENTITY_INFO), *IN_HOUSE),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    identity_reason=("removal_ex_officio", None),
    uncertain_day=True,
    group=FAMILY_REGISTER,
)
