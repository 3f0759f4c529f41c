"""職権消除 — a sheet is removed ex officio: nobody lives there, it was entered twice, or the law no longer applies. 住民基本台帳法第8条; 令第12条; std 4.2.0.1."""

from __future__ import annotations

from daicho.residents.rules.changes import Changes
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, NoticeKind, Notify, Scope
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, WHY
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import going
from daicho.residents.rules.removing import apply_removal, check_removal
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import FOREIGN, OUTSIDE_THE_LAW, REMOVALS_EX_OFFICIO

FIELDS = (EFFECTIVE_ON, Field("ground", "消除の事由", FieldKind.CHOICE, required=True, choices=REMOVALS_EX_OFFICIO, group="根拠"), WHY)


def _reason(filing: Filing) -> str:
    return filing.text("ground") or ""


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    own = [] if filing.members else [problem("X602", "members")]
    if _reason(filing) == OUTSIDE_THE_LAW:
        people = enumerate(going(situation, filing))
        own += [problem("X603", "ground", index) for index, (_, p) in people if p.entries.resident_kind != FOREIGN]
    return tuple(check_removal(EX_OFFICIO_REMOVAL, situation, filing, _reason(filing), own))


def _apply(situation: Situation, filing: Filing) -> Changes:
    return apply_removal(situation, filing, _reason(filing))


EX_OFFICIO_REMOVAL = EventDefinition(
    code="ex_officio_removal",
    standard_code="職権消除",
    ja="職権消除",
    article="住民基本台帳法第8条、令第12条",
    basis=Basis.EX_OFFICIO,
    filed_by=frozenset(),
    days_to_file=None,
    fields=FIELDS,
    member_fields=(),
    scope=Scope.CHOSEN,
    effect=Effect.REMOVAL,
    notices=(Notify(NoticeKind.IDENTITY_INFO), *IN_HOUSE),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    identity_reason=("removal_ex_officio", None),
)
