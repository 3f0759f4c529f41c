"""世帯員の並べ替え — the order of a household on paper and screen, where the mayor finds another fit. 標準5.2, 1.1.1; domain §3.3.

By the rules (those who joined stand at the end until then, N-5.2-04, -05), or as the officer writes it for this one household (N-5.2-03). Nobody
files it, nothing of 法7条 changes by it, and no other rule can be made (N-5.2-25). The rules cannot see every family: 妻（未届） and 子 of a 縁故者
bear one word and two 戸籍 (N-5.2-23). Whose family was guessed is told, to be written by hand.
"""

from __future__ import annotations

from daicho.residents.rules.changes import Changes, Revision
from daicho.residents.rules.check import check_days, check_living_here, check_open, check_overtaken
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, Scope
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON
from daicho.residents.rules.order_on_paper import order_by_rule
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import going, left_behind
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import AS_WRITTEN, BY_RULE

FIELDS = (
    EFFECTIVE_ON,
    Field(
        "way",
        "並べ方",
        FieldKind.CHOICE,
        required=True,
        choices=((BY_RULE, "標準の順に並べる（標準仕様5.2）"), (AS_WRITTEN, "書いた順に並べる")),
        group="並び順",
        default=BY_RULE,
    ),
)
MEMBER_FIELDS = (Field("place", "並び順", FieldKind.TEXT, hint="1からの番号。標準の順に並べるときは空欄", group="並び順"),)


def _places(situation: Situation, filing: Filing) -> list[int] | None:
    """The new place of each, from 1, in the order of the filing; None where the officer wrote none, the same twice, or no number."""
    people = going(situation, filing)
    if filing.text("way") == AS_WRITTEN:
        written = [m.text("place") or "" for m, _ in people]
        numbers = [int(text) if text.isdecimal() else 0 for text in written]
        if not all(numbers) or len(set(numbers)) < len(numbers):
            return None
        return [sorted(numbers).index(number) + 1 for number in numbers]
    order = order_by_rule([(p.atena_no, p.entries) for _, p in people]).order
    return [order.index(at) + 1 for at in range(len(people))]


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = [*check_days(MEMBER_ORDER, situation, filing), *check_open(situation, filing), *check_living_here(situation, filing)]
    staying = left_behind(situation, filing)
    if len(staying) != 1:
        found.append(problem("O001", "members"))
    elif any(staying.values()):
        found.append(problem("O002", "members"))
    if filing.effective_on is None or any(p.blocks for p in found):
        return tuple(found)
    places = _places(situation, filing)
    if places is None:
        found.append(problem("O003", "way"))
        return tuple(found)
    people = going(situation, filing)
    for index, (place, (_, person)) in enumerate(zip(places, people, strict=True)):
        found += check_overtaken(situation, person, filing.effective_on, {"order_in_household": place}, index)
    if places == [p.entries.order_in_household for _, p in people]:
        found.append(problem("O101", "way"))
    if filing.text("way") != AS_WRITTEN:
        guessed = order_by_rule([(p.atena_no, p.entries) for _, p in people]).unsure
        found += [problem("O102", "place", index) for index in guessed]
    return tuple(found)


def _apply(situation: Situation, filing: Filing) -> Changes:
    places = _places(situation, filing)
    assert places is not None, "checked before"
    pairs = zip(places, going(situation, filing), strict=True)
    return Changes(revisions=tuple(Revision(index, person.atena_no, {"order_in_household": place}) for index, (place, (_, person)) in enumerate(pairs)))


MEMBER_ORDER = EventDefinition(
    code="member_order",
    standard_code="職権修正",
    ja="世帯員の並べ替え",
    article="住民基本台帳法第8条、令第12条、標準仕様5.2",
    basis=Basis.EX_OFFICIO,
    filed_by=frozenset(),
    days_to_file=None,
    fields=FIELDS,
    member_fields=MEMBER_FIELDS,
    scope=Scope.HOUSEHOLD,
    effect=Effect.CORRECTION,
    notices=IN_HOUSE,
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    certificates=("juminhyo_household",),
)
