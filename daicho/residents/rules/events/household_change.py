"""世帯変更 — some of a household go over to another one of the same address. 住民基本台帳法第25条; std 4.1.4.1."""

from __future__ import annotations

from daicho.residents.rules.basis import chosen_basis
from daicho.residents.rules.changes import Changes
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Filer, Scope
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import COMMON, INTO, JOINING, apply_regrouping, check_came, check_into, check_regrouping, left_behind, may_go_on
from daicho.residents.rules.situation import Situation


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = [*check_regrouping(HOUSEHOLD_CHANGE, situation, filing), *check_into(situation, filing)]
    if any(not staying for staying in left_behind(situation, filing).values()):
        found.append(problem("W006", "members"))
    if not may_go_on(filing, found):
        return tuple(found)
    return (*found, *check_came(situation, filing, filing.text("household_no") or ""))


def _apply(situation: Situation, filing: Filing) -> Changes:
    return apply_regrouping(situation, filing, filing.text("household_no") or "")


HOUSEHOLD_CHANGE = EventDefinition(
    code="household_change",
    standard_code="世帯変更",
    ja="世帯変更",
    article="住民基本台帳法第25条",
    basis=Basis.FILING,
    days_to_file=14,
    filed_by=frozenset({Filer.SELF, Filer.HEAD, Filer.AGENT}),
    fields=(*COMMON, INTO),
    member_fields=JOINING,
    scope=Scope.PART,
    effect=Effect.CORRECTION,
    notices=IN_HOUSE,
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    certificates=("juminhyo_personal",),
    basis_of=chosen_basis,
)
