"""法第30条の48の届出 — what a foreign member is to a foreign 世帯主 has changed, and no 戸籍 tells of it. 住民基本台帳法第30条の48."""

from __future__ import annotations

from daicho.residents.rules.changes import Changes
from daicho.residents.rules.check import check_filer, check_living_here
from daicho.residents.rules.correcting import apply_correction, check_correction
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, Filer, Scope
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, FILED_ON, FILER, FILER_NAME
from daicho.residents.rules.household_law import HEAD
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import going
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import FOREIGN, FOREIGNERS

_PAPERS = Field("papers_seen", "続柄を証する文書と訳文を確かめた", FieldKind.FLAG, group="確認")
MEMBER_FIELDS = (Field("relationship", "新しい続柄", FieldKind.RELATIONSHIP, required=True, hint="世帯主からみた続柄", group="続柄"),)


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = [*check_filer(filing), *check_living_here(situation, filing), *check_correction(RELATIONSHIP_30_48, situation, filing)]
    for index, (_, person) in enumerate(going(situation, filing)):
        heads = [m for m in situation.members_of(person.entries.household_no or "") if m.entries.relationship == HEAD]
        if person.entries.resident_kind != FOREIGN or any(head.entries.resident_kind != FOREIGN for head in heads):
            found.append(problem("X801", "person", index))
        if person.entries.relationship == HEAD:
            found.append(problem("X803", "person", index))
    if not filing.values.get("papers_seen"):
        found.append(problem("X802", "papers_seen"))
    return tuple(found)


def _apply(situation: Situation, filing: Filing) -> Changes:
    return apply_correction(situation, filing)


RELATIONSHIP_30_48 = EventDefinition(
    code="relationship_30_48",
    standard_code="職権修正",
    ja="法第30条の48の届出（続柄の変更）",
    article="住民基本台帳法第30条の48",
    basis=Basis.FILING,
    filed_by=frozenset({Filer.SELF, Filer.HEAD, Filer.AGENT}),
    days_to_file=14,
    fields=(EFFECTIVE_ON, FILED_ON, FILER, FILER_NAME, _PAPERS),
    member_fields=MEMBER_FIELDS,
    scope=Scope.CHOSEN,
    effect=Effect.CORRECTION,
    notices=IN_HOUSE,
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    certificates=("juminhyo_personal",),
    group=FOREIGNERS,
    offered_to=lambda entries: entries.resident_kind == FOREIGN,
)
