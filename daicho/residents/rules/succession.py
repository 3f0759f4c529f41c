"""世帯主不在 — a household that its 世帯主 leaves: who is left alone becomes 世帯主 ex officio, several file a change. 令第25条; std 4.0.4; N-4.0.4-*.

世帯主未設定 is lawful (std 1.1.10): nothing of what the others file waits for it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from daicho.residents.rules.changes import Revision
from daicho.residents.rules.fold import key_of, overtaken_by
from daicho.residents.rules.household_law import HEAD, LEAST_AGE_OF_HEAD, is_child
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import PersonState, Situation
from daicho.values.dates import JapaneseDate


def successions(situation: Situation, leaving: Collection[str], effective_on: JapaneseDate) -> tuple[Revision, ...]:
    """職権の世帯主変更: of each household that `leaving` (宛名番号) leave, who is left alone becomes 世帯主 without a 届出 (N-4.0.4-01; 令25条)."""
    alone = [staying[0] for staying in _left_without_head(situation, leaving) if len(staying) == 1]
    return tuple(Revision(None, p.atena_no, {"relationship": HEAD}, key=_after_all_said(situation, p, effective_on)) for p in alone)


def _after_all_said(situation: Situation, person: PersonState, effective_on: JapaneseDate) -> date | None:
    """遡及: nobody filed for the one who stays, so that what was said of the 続柄 since then is no error: this stands behind it."""
    place = person.place_of_next(key_of(effective_on, situation.today))
    later = overtaken_by(person.versions, person.spell_no, place, ("relationship",))
    return max((version.key for version, _ in later), default=None)


def check_successions(situation: Situation, leaving: Collection[str]) -> list[Problem]:
    """Two or more who stay without the 世帯主 file a change first (N-4.0.4-03; 法25条); a child left alone needs an officer's look."""
    found = []
    for staying in _left_without_head(situation, leaving):
        if len(staying) == 1:
            if is_child(staying[0].entries, situation.today):
                found.append(problem("R104", "members", age=LEAST_AGE_OF_HEAD))
        elif any(situation.person(no).entries.relationship == HEAD for no in leaving):
            found.append(problem("R102", "members", people=len(staying)))
    return found


def _left_without_head(situation: Situation, leaving: Collection[str]) -> list[tuple[PersonState, ...]]:
    """Of each household that someone leaves those who stay, where none of them is 世帯主."""
    found = []
    for number in sorted(situation.households):
        members = situation.members_of(number)
        staying = tuple(m for m in members if m.atena_no not in leaving)
        if staying and len(staying) < len(members) and not any(m.entries.relationship == HEAD for m in staying):
            found.append(staying)
    return found
