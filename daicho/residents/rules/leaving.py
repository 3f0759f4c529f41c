"""転出 — what every 転出 has in common: planned beforehand, the sheet closes on the day, told then; late it is recorded ex officio. 法第24条; std 4.1.3.0.1.

What lies in the future is a value (転出予定年月日, 消除日), never a key: the person stays a resident until then (design §4). On the day a
job tells of the removal and records what changes for those who remain (commands/due_removals.py); where the day has come
already, the event does both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from daicho.residents.rules.basis import WHO_FILES, chosen_basis
from daicho.residents.rules.changes import Changes, Revision
from daicho.residents.rules.check import check_days, check_filer, check_open, check_overtaken
from daicho.residents.rules.closing import check_closing, closing
from daicho.residents.rules.definitions import Basis, EventDefinition
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import PersonState, Situation
from daicho.residents.rules.succession import check_successions, successions
from daicho.residents.rules.vocabulary import MOVED_OUT, MOVED_OUT_SPECIALLY

COMMON = (replace(EFFECTIVE_ON, label="転出予定年月日（異動日）", hint="これからの日も入力できます。例　令和8年4月20日"), *WHO_FILES)
DAYS_AS_A_FILING = 14
"""So many days after the removal it can still be filed; later it is recorded ex officio (N-4.1.3.0.1-02)."""

FAR_AHEAD = timedelta(days=365)
"""A planned day further ahead than this is rather a slip of the year than a plan; it only warns."""

Destination = Mapping[str, object]
"""転出先（予定） as the sheet will say it: address, 方書, 郵便番号."""


def basis_of_leaving(filing: Filing) -> Basis:
    """As chosen on the form; a 届出 that came too late is recorded ex officio."""
    return Basis.EX_OFFICIO if is_late(filing) else chosen_basis(filing)


def is_late(filing: Filing) -> bool:
    """Whether somebody filed it, and so long after the removal that it is no 届出 any more."""
    filed, effective = filing.filed_on, filing.effective_on
    if chosen_basis(filing) is not Basis.FILING or filed is None or effective is None:
        return False
    return effective.last < filed - timedelta(days=DAYS_AS_A_FILING)


def _closed_on(filing: Filing) -> date:
    assert filing.effective_on is not None
    return filing.effective_on.last


def is_due(situation: Situation, filing: Filing) -> bool:
    """Whether the day has come, so that nobody lives here any more and the removal is told now."""
    return _closed_on(filing) <= situation.today


def _asserts(definition: EventDefinition, filing: Filing, destination: Destination) -> dict[str, object]:
    """消除の事由 is 国内転出 also of who leaves by 特例: that alone is told apart in what was planned."""
    assert filing.effective_on is not None
    notified_on = filing.filed_on if basis_of_leaving(filing) is Basis.FILING else None
    return {
        **destination,
        "planned_move_out_date": _closed_on(filing),
        "planned_move_out_notified_date": notified_on,
        "planned_move_out_reason_code": definition.code,
        **closing(MOVED_OUT if definition.code == MOVED_OUT_SPECIALLY else definition.code, filing.effective_on, _closed_on(filing), notified_on),
    }


def _leavers(situation: Situation, filing: Filing) -> list[PersonState]:
    return [situation.person(m.atena_no) for m in filing.members if m.atena_no is not None]


def check_leaving(
    definition: EventDefinition, situation: Situation, filing: Filing, destination: Destination, found_of_it: list[Problem], late: str = "E306"
) -> tuple[Problem, ...]:
    """Duties of every 転出. `found_of_it`: what is wrong with its destination; `late`: the code of what an officer is told of one recorded ex officio."""
    found = [*check_days(definition, situation, filing), *check_filer(filing), *check_open(situation, filing), *found_of_it]
    if not filing.members:
        found.append(problem("E301", "members"))
    if filing.effective_on is None or any(p.blocks for p in found):
        return tuple(found)
    said = _asserts(definition, filing, destination)
    for index, person in enumerate(_leavers(situation, filing)):
        found += _check_person(situation, filing, said, person, index)
    if _closed_on(filing) > situation.today + FAR_AHEAD:
        found.append(problem("E307", "effective_on"))
    if is_late(filing):
        found.append(problem(late, "filed_on", days=DAYS_AS_A_FILING))
    return (*found, *check_successions(situation, {p.atena_no for p in _leavers(situation, filing)}))


def _check_person(situation: Situation, filing: Filing, said: Mapping[str, object], person: PersonState, index: int) -> list[Problem]:
    if person.entries.closed_on is not None:
        return [problem("E305", "person", index)]
    assert filing.effective_on is not None
    return [*check_overtaken(situation, person, filing.effective_on, said, index), *check_closing(person, _closed_on(filing), index)]


def apply_leaving(definition: EventDefinition, situation: Situation, filing: Filing, destination: Destination) -> Changes:
    """The sheets of those who leave; where the day has come also what follows for those who stay."""
    assert filing.effective_on is not None
    leavers = _leavers(situation, filing)
    left = tuple(Revision(i, p.atena_no, _asserts(definition, filing, destination)) for i, p in enumerate(leavers))
    if not is_due(situation, filing):
        return Changes(revisions=left)
    return Changes(revisions=left + successions(situation, {p.atena_no for p in leavers}, filing.effective_on))
