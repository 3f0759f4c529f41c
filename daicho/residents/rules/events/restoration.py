"""回復 — a removed sheet is open again as if it had never been closed: the disappeared lives, the absent was there. 令第12条第3項; 戸籍法第94条; fold.md 11.

From the day of the closing on, without a gap; the closing stays in the history, and what was said of the household since is said anew. Where the removal was a slip of this
city's own pen, it is cancelled instead (cancellation.py); after a 転出 likewise.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from daicho.residents.rules.arrival import household_no_of
from daicho.residents.rules.changes import NEW_HOUSEHOLD, Changes, Revision
from daicho.residents.rules.check import check_days
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, NoticeKind, Notify, Scope
from daicho.residents.rules.destination import check_destination, next_order, order_in_new_household
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, HOUSEHOLD_TO_COME_TO, WHY
from daicho.residents.rules.fold import fold, live
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import going
from daicho.residents.rules.situation import PersonState, Situation
from daicho.residents.rules.vocabulary import LEFT

MEMBER_FIELDS = (Field("relationship", "世帯での続柄", FieldKind.RELATIONSHIP, hint="世帯主からみた続柄。変わらないときは空欄", group="続柄"),)


def _has_life(person: PersonState) -> bool:
    """Whether the last stay counts; one whose entry was cancelled (取消し（減）) never did."""
    return fold(v for v in person.versions if v.spell_no == person.spell_no) is not None


def _said(situation: Situation, filing: Filing) -> list[dict[str, object]]:
    into, people = household_no_of(filing), going(situation, filing)
    words = [member.text("relationship") or person.entries.relationship for member, person in people]
    if into == NEW_HOUSEHOLD:
        orders = order_in_new_household([(p.atena_no, p.entries.but(relationship=word)) for (_, p), word in zip(people, words, strict=True)])
    else:
        first = next_order(situation.members_of(into))
        orders = [first + at for at in range(len(people))]
    opened = {"closed_on": None, "removal_reason_code": None, "removal_date": None, "removal_notified_date": None, "household_no": into}
    return [{**opened, "relationship": word, "order_in_household": order} for word, order in zip(words, orders, strict=True)]


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = check_days(RESTORATION, situation, filing)
    if not filing.members:
        found.append(problem("X701", "members"))
    for index, (_, person) in enumerate(going(situation, filing)):
        found += _check_person(person, index)
    if filing.effective_on is None or any(p.blocks for p in found):
        return tuple(found)
    after = [p.entries.but(**values) for (_, p), values in zip(going(situation, filing), _said(situation, filing), strict=True)]
    return (*found, *check_destination(situation, filing, household_no_of(filing), list(enumerate(after))))


def _check_person(person: PersonState, index: int) -> list[Problem]:
    if person.is_open:
        return [problem("X702", "person", index)]
    if person.entries.removal_reason_code in LEFT:
        return [problem("X703", "person", index)]
    if not _has_life(person):
        return [problem("X704", "person", index)]
    return []


def _apply(situation: Situation, filing: Filing) -> Changes:
    revisions = []
    for index, ((_, person), said) in enumerate(zip(going(situation, filing), _said(situation, filing), strict=True)):
        revisions.append(Revision(index, person.atena_no, said, key=_key(person, said)))
    return Changes(revisions=tuple(revisions))


def _key(person: PersonState, said: dict[str, object]) -> date:
    """The day of the closing, or of the last version that says the same entries: nothing hides what comes back."""
    of_spell = [v for v in live(person.versions) if v.spell_no == person.spell_no and not v.is_opening]
    return max(v.key for v in of_spell if said.keys() & v.asserted().keys())


RESTORATION = EventDefinition(
    code="restoration",
    standard_code="職権記載",
    ja="回復",
    article="住民基本台帳法第8条、令第12条第3項",
    basis=Basis.EX_OFFICIO,
    filed_by=frozenset(),
    days_to_file=None,
    fields=(replace(EFFECTIVE_ON, label="回復する日（異動日）", hint="失踪宣告の取消しの裁判が確定した日など"), WHY, *HOUSEHOLD_TO_COME_TO),
    member_fields=MEMBER_FIELDS,
    scope=Scope.CHOSEN,
    effect=Effect.RESTORATION,
    notices=(Notify(NoticeKind.IDENTITY_INFO), *IN_HOUSE),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    identity_reason=("entry_ex_officio", "restored"),
    certificates=("juminhyo_personal",),
    of_removed=True,
)
