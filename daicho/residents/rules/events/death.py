"""死亡 — a resident has died: the sheet is closed ex officio, on a 戸籍の届書 or a notice of 法9条2項. 住民基本台帳法第8条; 令第12条第2項; std 4.2.2.1.

The day may be 推定, 頃 or 不詳 (std 1.1.8): so it is written, and no choice tells 死亡 from 推定死亡 (N-4.2.2.1-02).
"""

from __future__ import annotations

from daicho.residents.rules.changes import Changes, Revision
from daicho.residents.rules.check import check_days, check_open, check_overtaken
from daicho.residents.rules.closing import check_closing, closing, closing_day
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, NoticeKind, Notify, Scope
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, GROUND, NOTIFIED_ON
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import PersonState, Situation
from daicho.residents.rules.succession import check_successions, successions
from daicho.residents.rules.vocabulary import DIED
from daicho.values.dates import JapaneseDate


def _asserts(situation: Situation, died_on: JapaneseDate) -> dict[str, object]:
    return closing(DIED, died_on, closing_day(died_on, situation.today))


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = [*check_days(DEATH, situation, filing), *check_open(situation, filing)]
    if len(filing.members) != 1:
        found.append(problem("E001", "members"))
    if filing.effective_on is None or any(p.blocks for p in found):
        return tuple(found)
    [person] = [situation.person(m.atena_no) for m in filing.members if m.atena_no]
    found += _check_person(situation, person, filing.effective_on)
    return (*found, *check_successions(situation, {person.atena_no}))


def _check_person(situation: Situation, person: PersonState, died_on: JapaneseDate) -> list[Problem]:
    found = check_overtaken(situation, person, died_on, _asserts(situation, died_on), 0)
    found += check_closing(person, closing_day(died_on, situation.today), 0)
    born = person.entries.birth_date
    if born is not None and born.surely_after(died_on.last):
        found.append(problem("E002", "effective_on", 0))
    if person.entries.closed_on is not None:
        found.append(problem("E101", "effective_on", 0))
    return found


def _apply(situation: Situation, filing: Filing) -> Changes:
    assert filing.effective_on is not None
    [number] = [m.atena_no for m in filing.members if m.atena_no]
    died = Revision(0, number, _asserts(situation, filing.effective_on))
    return Changes(revisions=(died, *successions(situation, {number}, filing.effective_on)))


DEATH = EventDefinition(
    code=DIED,
    standard_code="死亡",
    ja="死亡",
    article="住民基本台帳法第8条、令第12条第2項",
    basis=Basis.EX_OFFICIO,
    filed_by=frozenset(),
    days_to_file=None,
    fields=(EFFECTIVE_ON, NOTIFIED_ON, GROUND),
    member_fields=(),
    scope=Scope.ONE,
    effect=Effect.REMOVAL,
    notices=(Notify(NoticeKind.IDENTITY_INFO), *IN_HOUSE),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    identity_reason=("death", None),
    uncertain_day=True,
)
