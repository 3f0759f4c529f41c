"""世帯合併 — a whole household comes into another one of the same address. 住民基本台帳法第25条; std 4.1.4.1."""

from __future__ import annotations

from daicho.residents.rules.basis import chosen_basis
from daicho.residents.rules.changes import Changes
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Filer, Scope
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import COMMON, INTO, JOINING, apply_regrouping, check_came, check_into, check_regrouping, left_behind, may_go_on
from daicho.residents.rules.situation import Situation


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = [*check_regrouping(HOUSEHOLD_MERGE, situation, filing), *check_into(situation, filing)]
    if any(left_behind(situation, filing).values()):
        found.append(problem("W005", "members"))
    if not may_go_on(filing, found):
        return tuple(found)
    return (*found, *check_came(situation, filing, filing.text("household_no") or ""))


def _apply(situation: Situation, filing: Filing) -> Changes:
    return apply_regrouping(situation, filing, filing.text("household_no") or "")


HOUSEHOLD_MERGE = EventDefinition(
    code="household_merge",
    standard_code="世帯合併",
    ja="世帯合併",
    article="住民基本台帳法第25条",
    basis=Basis.FILING,
    days_to_file=14,
    filed_by=frozenset({Filer.SELF, Filer.HEAD, Filer.AGENT}),
    fields=(*COMMON, INTO),
    member_fields=JOINING,
    scope=Scope.HOUSEHOLD,
    effect=Effect.CORRECTION,
    notices=IN_HOUSE,
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    certificates=("juminhyo_personal",),
    basis_of=chosen_basis,
)
