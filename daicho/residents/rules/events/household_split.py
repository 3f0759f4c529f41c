"""世帯分離 — some of a household found one of their own where they live. 住民基本台帳法第25条; std 4.1.4.1."""

from __future__ import annotations

from daicho.residents.rules.basis import chosen_basis
from daicho.residents.rules.changes import NEW_HOUSEHOLD, Changes
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, Filer, Scope
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import COMMON, apply_regrouping, check_came, check_regrouping, left_behind, may_go_on
from daicho.residents.rules.situation import Situation

MEMBER_FIELDS = (Field("relationship", "新しい世帯での続柄", FieldKind.RELATIONSHIP, hint="新しい世帯の世帯主からみた続柄", group="続柄"),)


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = check_regrouping(HOUSEHOLD_SPLIT, situation, filing)
    staying = left_behind(situation, filing)
    if len(staying) > 1:
        found.append(problem("W002", "members", event=HOUSEHOLD_SPLIT.ja))
    elif staying and not any(staying.values()):
        found.append(problem("W004", "members"))
    if not may_go_on(filing, found):
        return tuple(found)
    return (*found, *check_came(situation, filing, NEW_HOUSEHOLD))


def _apply(situation: Situation, filing: Filing) -> Changes:
    return apply_regrouping(situation, filing, NEW_HOUSEHOLD)


HOUSEHOLD_SPLIT = EventDefinition(
    code="household_split",
    standard_code="世帯分離",
    ja="世帯分離",
    article="住民基本台帳法第25条",
    basis=Basis.FILING,
    days_to_file=14,
    filed_by=frozenset({Filer.SELF, Filer.HEAD, Filer.AGENT}),
    fields=COMMON,
    member_fields=MEMBER_FIELDS,
    scope=Scope.PART,
    effect=Effect.CORRECTION,
    notices=IN_HOUSE,
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    certificates=("juminhyo_personal",),
    new_head=True,
    basis_of=chosen_basis,
)
