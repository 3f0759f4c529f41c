"""世帯主変更（職権） — the mayor makes a member 世帯主 where nobody filed, as of a household that its 世帯主 left. 法第8条; 令第12条第1項; std 4.0.5, 4.2.0.2.

It does what a 世帯主変更 does (head_change.py) and has no 届出日 (N-4.2.0.2-02). A 世帯主 is named; to leave the household without one is no event.
"""

from __future__ import annotations

from dataclasses import replace

from daicho.residents.rules.definitions import Basis, Field, FieldKind
from daicho.residents.rules.events.head_change import HEAD_CHANGE, check_new_head, words_of
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON
from daicho.residents.rules.household_law import HEAD
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import Situation


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = check_new_head(HEAD_EX_OFFICIO, situation, filing)
    if HEAD not in words_of(filing):
        found.append(problem("W201", "members"))
    return tuple(found)


HEAD_EX_OFFICIO = replace(
    HEAD_CHANGE,
    code="head_ex_officio",
    ja="世帯主変更（職権）",
    article="住民基本台帳法第8条、令第12条第1項",
    basis=Basis.EX_OFFICIO,
    basis_of=None,
    filed_by=frozenset(),
    days_to_file=None,
    fields=(
        replace(EFFECTIVE_ON, hint="世帯主がいなくなった日など、世帯主となる日"),
        Field("reason", "職権で定める理由", FieldKind.TEXT, required=True, hint="例　世帯主の死亡の後、届出がない", group="届出"),
    ),
    check=_check,
)
