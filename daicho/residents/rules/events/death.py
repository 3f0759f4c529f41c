"""死亡 — a resident has died: the sheet is closed ex officio, on a 戸籍の届書 or a notice of 法9条2項. 住民基本台帳法第8条; 令第12条第2項; std 4.2.2.1.

The day may be 推定, 頃 or 不詳 (std 1.1.8): so it is written, and no choice tells 死亡 from 推定死亡 (N-4.2.2.1-02).
"""

from __future__ import annotations

from daicho.residents.rules.changes import Changes
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, NoticeKind, Notify, Scope
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import OF_FAMILY_REGISTER
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import going
from daicho.residents.rules.removing import apply_removal, check_removal
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import DIED, FAMILY_REGISTER


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    return tuple(check_removal(DEATH, situation, filing, DIED, [*_check_one(filing), *_check_born(situation, filing)]))


def _check_one(filing: Filing) -> list[Problem]:
    """One at a time: the day is each person's own."""
    return [] if len(filing.members) == 1 else [problem("E001", "members")]


def _check_born(situation: Situation, filing: Filing) -> list[Problem]:
    died_on = filing.effective_on
    born = [person.entries.birth_date for _, person in going(situation, filing)]
    if died_on is None or not any(day is not None and day.surely_after(died_on.last) for day in born):
        return []
    return [problem("E002", "effective_on", 0)]


def _apply(situation: Situation, filing: Filing) -> Changes:
    return apply_removal(situation, filing, DIED)


DEATH = EventDefinition(
    code=DIED,
    standard_code="死亡",
    ja="死亡",
    article="住民基本台帳法第8条、令第12条第2項",
    basis=Basis.EX_OFFICIO,
    filed_by=frozenset(),
    days_to_file=None,
    fields=OF_FAMILY_REGISTER,
    member_fields=(),
    scope=Scope.ONE,
    effect=Effect.REMOVAL,
    notices=(Notify(NoticeKind.IDENTITY_INFO), *IN_HOUSE),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    identity_reason=("death", None),
    group=FAMILY_REGISTER,
    uncertain_day=True,
)
