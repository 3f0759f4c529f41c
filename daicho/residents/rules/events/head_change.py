"""世帯主変更 — another member of a household becomes 世帯主, and everybody's 続柄 is said anew. 住民基本台帳法第25条; std 4.1.4.1, 4.1.4.2.

Also where the 世帯主 is gone (死亡・転出). 世帯主未設定 is lawful: nobody need be named (std 1.1.10).
"""

from __future__ import annotations

from daicho.residents.rules.basis import chosen_basis
from daicho.residents.rules.changes import Changes
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, Filer, Scope
from daicho.residents.rules.destination import order_in_new_household
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.household_law import HEAD, Household, doubtful, lawless
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import COMMON, check_regrouping, check_said, going, left_behind, revisions
from daicho.residents.rules.situation import Situation

MEMBER_FIELDS = (
    Field("relationship", "新しい世帯主からみた続柄", FieldKind.RELATIONSHIP, hint="新しい世帯主は「世帯主」。ほかの人は、その人からみた続柄", group="続柄"),
)


def _said(situation: Situation, filing: Filing) -> list[dict[str, object]]:
    """Everybody's 続柄, and their place in the order that follows from it (std 5.2)."""
    people = going(situation, filing)
    words = [m.text("relationship") for m, _ in people]
    orders = order_in_new_household([(p.atena_no, p.entries.but(relationship=word)) for (_, p), word in zip(people, words, strict=True)])
    return [{"relationship": word, "order_in_household": order} for word, order in zip(words, orders, strict=True)]


def words_of(filing: Filing) -> list[str | None]:
    """The 続柄 of each, as typed."""
    return [member.text("relationship") for member in filing.members]


def check_new_head(definition: EventDefinition, situation: Situation, filing: Filing) -> list[Problem]:
    """What a change of the 世帯主 must be, filed or ex officio: the whole household, and lawful afterwards."""
    found = check_regrouping(definition, situation, filing)
    staying = left_behind(situation, filing)
    if len(staying) > 1:
        found.append(problem("W002", "members", event=definition.ja))
    elif any(staying.values()):
        found.append(problem("W003", "members"))
    if filing.effective_on is None or any(p.blocks for p in found):
        return found
    said = _said(situation, filing)
    found += check_said(situation, filing, said)
    people = going(situation, filing)
    household = Household(tuple((i, p.entries.but(**values)) for i, ((_, p), values) in enumerate(zip(people, said, strict=True))))
    if any(p.entries.relationship == HEAD and values["relationship"] == HEAD for (_, p), values in zip(people, said, strict=True)):
        found.append(problem("W101", "members"))
    return [*found, *lawless(household), *doubtful(household, situation.today)]


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    return tuple(check_new_head(HEAD_CHANGE, situation, filing))


def _apply(situation: Situation, filing: Filing) -> Changes:
    return Changes(revisions=revisions(situation, filing, _said(situation, filing)))


HEAD_CHANGE = EventDefinition(
    code="head_change",
    standard_code="世帯主変更",
    ja="世帯主変更",
    article="住民基本台帳法第25条",
    basis=Basis.FILING,
    days_to_file=14,
    filed_by=frozenset({Filer.SELF, Filer.HEAD, Filer.AGENT}),
    fields=COMMON,
    member_fields=MEMBER_FIELDS,
    scope=Scope.HOUSEHOLD,
    effect=Effect.CORRECTION,
    notices=IN_HOUSE,
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    certificates=("juminhyo_personal",),
    new_head=True,
    basis_of=chosen_basis,
)
