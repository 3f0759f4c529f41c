"""世帯の組替え — people who stay where they live and belong to their household in another way, or to another one. 住民基本台帳法第25条; std 4.1.4.1.

No address changes by it (N-4.1.4.1-02, -04); a 方書 that differs is no hindrance (N-4.1.4.1-03).
"""

from __future__ import annotations

from collections.abc import Sequence

from daicho.residents.rules.basis import WHO_FILES, is_dated
from daicho.residents.rules.changes import NEW_HOUSEHOLD, Changes, Revision
from daicho.residents.rules.check import check_days, check_filer, check_living_here, check_open, check_overtaken
from daicho.residents.rules.definitions import EventDefinition, Field, FieldKind
from daicho.residents.rules.destination import check_destination, next_order, order_in_new_household
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.filing_fields import EFFECTIVE_ON
from daicho.residents.rules.kinship_proof import check_proof
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import PersonState, Situation
from daicho.residents.rules.succession import check_successions, successions

COMMON = (EFFECTIVE_ON, *WHO_FILES)
INTO = Field("household_no", "入る世帯の世帯番号", FieldKind.HOUSEHOLD, required=True, hint="同じ住所の世帯。方書は違ってもよい", group="世帯")
JOINING = (Field("relationship", "入る世帯での続柄", FieldKind.RELATIONSHIP, hint="入る世帯の世帯主からみた続柄", group="続柄"),)
"""Of those who come into a household: to its 世帯主 nothing in the register says what they are, so that no 続柄 is proposed."""

Said = list[dict[str, object]]
"""What the event says of each person filed for, in the order of the filing."""


def going(situation: Situation, filing: Filing) -> list[tuple[Member, PersonState]]:
    """Those filed for, in the order of the filing."""
    return [(m, situation.person(m.atena_no)) for m in filing.members if m.atena_no is not None]


def left_behind(situation: Situation, filing: Filing) -> dict[str, tuple[PersonState, ...]]:
    """Of each household they live in those who are not filed for; an empty tuple where nobody stays."""
    filed = {p.atena_no for _, p in going(situation, filing)}
    sources = {p.entries.household_no for _, p in going(situation, filing) if p.is_open and p.entries.household_no}
    return {number: tuple(p for p in situation.members_of(number) if p.atena_no not in filed) for number in sorted(sources)}


def regrouped(situation: Situation, filing: Filing, into: str) -> Said:
    """Of those who come to another household: at the end of an existing one, in the order of std 5.2 in a new one."""
    people = going(situation, filing)
    if into == NEW_HOUSEHOLD:
        orders = order_in_new_household([(p.atena_no, p.entries.but(relationship=m.text("relationship"))) for m, p in people])
    else:
        arriving = {p.atena_no for _, p in people}
        first = next_order([p for p in situation.members_of(into) if p.atena_no not in arriving])
        orders = [first + i for i in range(len(people))]
    return [{"household_no": into, "order_in_household": order, "relationship": m.text("relationship")} for (m, _), order in zip(people, orders, strict=True)]


def revisions(situation: Situation, filing: Filing, said: Said) -> tuple[Revision, ...]:
    return tuple(Revision(i, p.atena_no, values) for i, ((_, p), values) in enumerate(zip(going(situation, filing), said, strict=True)))


def apply_regrouping(situation: Situation, filing: Filing, into: str) -> Changes:
    """They come to the household `into`; whoever stays alone without a 世帯主 is one from that day (令25条)."""
    assert filing.effective_on is not None
    leaving = {p.atena_no for _, p in going(situation, filing)}
    came = revisions(situation, filing, regrouped(situation, filing, into))
    return Changes(revisions=came + successions(situation, leaving, filing.effective_on))


def check_regrouping(definition: EventDefinition, situation: Situation, filing: Filing) -> list[Problem]:
    """Duties of all four events, before it is looked at what becomes of the households."""
    found = [*check_days(definition, situation, filing), *check_filer(filing), *check_open(situation, filing), *check_living_here(situation, filing)]
    if not filing.members:
        found.append(problem("W001", "members", event=definition.ja))
    return found


def check_into(situation: Situation, filing: Filing) -> list[Problem]:
    """元＝先世帯 (domain §11)."""
    if filing.text("household_no") in left_behind(situation, filing):
        return [problem("W007", "household_no")]
    return []


def may_go_on(filing: Filing, found: Sequence[Problem]) -> bool:
    """Whether enough is said, and nothing yet wrong, to look at the households as they would be."""
    return is_dated(filing) and not any(p.blocks for p in found)


def check_came(situation: Situation, filing: Filing, into: str) -> list[Problem]:
    """The household they come to as it would be, and the one they leave (std 4.0.4)."""
    said, people = regrouped(situation, filing, into), going(situation, filing)
    found = check_said(situation, filing, said)
    found += check_destination(situation, filing, into, [(i, p.entries.but(**values)) for i, ((_, p), values) in enumerate(zip(people, said, strict=True))])
    return found + check_successions(situation, {p.atena_no for _, p in people})


def check_said(situation: Situation, filing: Filing, said: Said) -> list[Problem]:
    """遡及 of each, and a 続柄 that nobody said."""
    assert filing.effective_on is not None
    found: list[Problem] = []
    for index, (values, (member, person)) in enumerate(zip(said, going(situation, filing), strict=True)):
        found += check_proof(member, person.entries, person.entries.but(**values), index)
        found += check_overtaken(situation, person, filing.effective_on, values, index)
        if values["relationship"] is None:
            found.append(problem("B102", "relationship", index, label="続柄"))
    return found
