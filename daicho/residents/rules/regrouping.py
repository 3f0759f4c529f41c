"""世帯の組替え — people who stay where they live and belong to their household in another way, or to another one. 住民基本台帳法第25条; std 4.1.4.1.

No address changes by it (N-4.1.4.1-02, -04); a 方書 that differs is no hindrance (N-4.1.4.1-03).
"""

from __future__ import annotations

from collections.abc import Sequence

from daicho.residents.rules.changes import NEW_HOUSEHOLD, Revision
from daicho.residents.rules.check import check_days, check_filer, check_open, check_overtaken
from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.destination import next_order, order_in_new_household
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, FILED_ON, FILER, FILER_NAME
from daicho.residents.rules.problems import Problem, alert, error
from daicho.residents.rules.situation import PersonState, Situation

COMMON = (EFFECTIVE_ON, FILED_ON, FILER, FILER_NAME)


def going(situation: Situation, filing: Filing) -> list[tuple[Member, PersonState]]:
    """Those filed for, in the order of the filing."""
    return [(m, situation.person(m.atena_no)) for m in filing.members if m.atena_no is not None]


def sources(situation: Situation, filing: Filing) -> set[str]:
    """The households they live in."""
    return {p.entries.household_no for _, p in going(situation, filing) if p.is_open and p.entries.household_no}


def left_behind(situation: Situation, filing: Filing) -> dict[str, tuple[PersonState, ...]]:
    """Of each of their households those who are not filed for; an empty tuple where nobody stays."""
    filed = {p.atena_no for _, p in going(situation, filing)}
    return {number: tuple(p for p in situation.members_of(number) if p.atena_no not in filed) for number in sorted(sources(situation, filing))}


def regrouped(situation: Situation, filing: Filing, into: str) -> list[dict[str, object]]:
    """What the sheets of those filed for say of the household they come to: a new one in the order of std 5.2, an existing one at its end."""
    people = going(situation, filing)
    if into == NEW_HOUSEHOLD:
        orders = order_in_new_household([(p.atena_no, p.entries.but(relationship=m.text("relationship"))) for m, p in people])
    else:
        arriving = {p.atena_no for _, p in people}
        first = next_order([p for p in situation.members_of(into) if p.atena_no not in arriving])
        orders = [first + i for i in range(len(people))]
    return [{"household_no": into, "order_in_household": order, "relationship": m.text("relationship")} for (m, _), order in zip(people, orders, strict=True)]


def revisions(situation: Situation, filing: Filing, said: Sequence[dict[str, object]]) -> tuple[Revision, ...]:
    return tuple(Revision(i, p.atena_no, values) for i, ((_, p), values) in enumerate(zip(going(situation, filing), said, strict=True)))


def check_regrouping(definition: EventDefinition, situation: Situation, filing: Filing) -> list[Problem]:
    """Duties of all four events, before it is looked at what becomes of the households."""
    found = [*check_days(definition, situation, filing), *check_filer(filing), *check_open(situation, filing)]
    if not filing.members:
        found.append(error("W001", "members", f"{definition.ja}をする人が選ばれていません。1人以上選んでください。"))
    return found


def check_said(situation: Situation, filing: Filing, said: Sequence[dict[str, object]]) -> list[Problem]:
    """遡及 of each, and a 続柄 that nobody said."""
    assert filing.effective_on is not None
    found: list[Problem] = []
    for index, (values, (_, person)) in enumerate(zip(said, going(situation, filing), strict=True)):
        found += check_overtaken(situation, person, filing.effective_on, values, index)
        if values["relationship"] is None:
            found.append(alert("B102", "relationship", "世帯主からみた続柄が空欄です。届書を確かめて入力してください。空欄のまま進めることもできます。", index))
    return found
