"""住民票コードの変更 — at a resident's request another code is written, drawn from the stock at 本登録. 住民基本台帳法第30条の4; std 4.3.1-04, 4.3.2.

The register keeps nothing beside its history (N-4.3.2-03); the old code is told to 市町村CS, which keeps it (file (2), items 24 and 25).
"""

from __future__ import annotations

from dataclasses import replace

from daicho.residents.rules.changes import NEW_CODE, Changes, Revision
from daicho.residents.rules.check import check_days, check_filer, check_living_here, check_overtaken
from daicho.residents.rules.code_stock import check_stock
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Filer, NoticeKind, Notify, Scope
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, FILER, FILER_NAME, REQUESTED_ON
from daicho.residents.rules.number_writing import check_one
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import AGENT, FILERS

_ASSERTS = {"juminhyo_code": NEW_CODE}
REQUESTER = replace(FILER, label="請求者", choices=tuple((code, ja) for code, ja in FILERS if code in ("self", AGENT)), group="請求")
"""A 請求 is the person's own, or an agent's (法30条の4第1項; 番号法施行令3条1項): not the 世帯主's."""
REQUESTER_NAME = replace(FILER_NAME, label="請求者の氏名", group="請求")


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = [*check_days(JUMINHYO_CODE_CHANGE, situation, filing), *check_filer(filing), *check_one(situation, filing), *check_living_here(situation, filing)]
    effective, requested = filing.effective_on, filing.filed_on
    if effective is None or any(p.blocks for p in found):
        return tuple(found)
    if requested is not None and effective.first < requested:
        found.append(problem("S008", "effective_on"))
    person = situation.person(filing.members[0].atena_no or "")
    found += check_overtaken(situation, person, effective, _ASSERTS, 0)
    return (*found, *check_stock(situation, [person.entries.but(**_ASSERTS)]))


def _apply(situation: Situation, filing: Filing) -> Changes:
    return Changes(revisions=tuple(Revision(i, m.atena_no, _ASSERTS) for i, m in enumerate(filing.members) if m.atena_no))


JUMINHYO_CODE_CHANGE = EventDefinition(
    code="juminhyo_code_change",
    standard_code="住民票コードの変更請求",
    ja="住民票コードの変更",
    article="住民基本台帳法第30条の4",
    basis=Basis.REQUEST,
    days_to_file=None,
    filed_by=frozenset({Filer.SELF, Filer.AGENT}),
    fields=(replace(EFFECTIVE_ON, hint="新しい住民票コードを記載する日", group="請求", default="today"), REQUESTED_ON, REQUESTER, REQUESTER_NAME),
    member_fields=(),
    scope=Scope.ONE,
    effect=Effect.CORRECTION,
    notices=(Notify(NoticeKind.IDENTITY_INFO), *IN_HOUSE),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    identity_reason=("juminhyo_code_change", None),
    gives_code=True,
)
