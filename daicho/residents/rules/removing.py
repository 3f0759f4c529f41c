"""消除 — what every removal has in common that is not planned beforehand: 死亡, 失踪宣告, 職権消除. 住民基本台帳法第8条; 令第12条; std 4.2.2."""

from __future__ import annotations

from daicho.residents.rules.changes import Changes, Revision
from daicho.residents.rules.check import check_days, check_open, check_overtaken
from daicho.residents.rules.closing import check_closing, closing, closing_day
from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import going
from daicho.residents.rules.situation import PersonState, Situation
from daicho.residents.rules.succession import check_successions, successions


def _said(situation: Situation, filing: Filing, reason: str) -> dict[str, object]:
    assert filing.effective_on is not None
    return closing(reason, filing.effective_on, closing_day(filing.effective_on, situation.today), filing.filed_on)


def check_removal(definition: EventDefinition, situation: Situation, filing: Filing, reason: str, own: list[Problem]) -> list[Problem]:
    """Duties of every such removal, and what becomes of the households they leave. `own`: what this kind finds beside, before anything is compared."""
    found = [*check_days(definition, situation, filing), *check_open(situation, filing), *own]
    if filing.effective_on is None or any(p.blocks for p in found):
        return found
    people = [person for _, person in going(situation, filing)]
    for index, person in enumerate(people):
        found += _check_person(definition, situation, filing, reason, person, index)
    return [*found, *check_successions(situation, {p.atena_no for p in people})]


def _check_person(definition: EventDefinition, situation: Situation, filing: Filing, reason: str, person: PersonState, index: int) -> list[Problem]:
    assert filing.effective_on is not None
    found = check_overtaken(situation, person, filing.effective_on, _said(situation, filing, reason), index)
    found += check_closing(person, closing_day(filing.effective_on, situation.today), index)
    if person.entries.closed_on is not None:
        found.append(problem("E101", "effective_on", index, event=definition.ja))
    return found


def apply_removal(situation: Situation, filing: Filing, reason: str) -> Changes:
    """Their sheets closed; who stays alone without a 世帯主 is one from that day (令25条)."""
    assert filing.effective_on is not None
    people = [person for _, person in going(situation, filing)]
    closed = tuple(Revision(index, person.atena_no, _said(situation, filing, reason)) for index, person in enumerate(people))
    return Changes(revisions=closed + successions(situation, {p.atena_no for p in people}, filing.effective_on))
