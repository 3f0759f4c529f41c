"""個人番号の修正 — a 個人番号 that was written wrongly or left out (誤記・記載漏れ) is put right ex officio. 令第12条第3項; 番号法第7条; std 4.4-04.

What was 機構's to give is typed as its papers have it; where it is on its way, it is waited for.
"""

from __future__ import annotations

from daicho.residents.rules.changes import Changes
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, NoticeKind, Notify, Scope
from daicho.residents.rules.events.juminhyo_code_correction import CORRECTED_ON, WHY
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.number_writing import check_awaited, check_correction, written
from daicho.residents.rules.problems import Problem
from daicho.residents.rules.situation import Situation

NAME = "individual_number"


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    waits = [problem for member in filing.members for problem in check_awaited(situation, member)]
    return (*check_correction(INDIVIDUAL_NUMBER_CORRECTION, situation, filing, NAME), *waits)


def _apply(situation: Situation, filing: Filing) -> Changes:
    return written(filing, NAME)


INDIVIDUAL_NUMBER_CORRECTION = EventDefinition(
    code="individual_number_correction",
    standard_code="個人番号の職権修正",
    ja="個人番号の修正（誤記・記載漏れ）",
    article="住民基本台帳法第8条、令第12条第3項",
    basis=Basis.EX_OFFICIO,
    days_to_file=None,
    filed_by=frozenset(),
    fields=(CORRECTED_ON, WHY),
    member_fields=(Field(NAME, "正しい個人番号", FieldKind.INDIVIDUAL_NUMBER, required=True, hint="12桁。機構の通知のとおり", group="番号"),),
    scope=Scope.ONE,
    effect=Effect.CORRECTION,
    notices=(Notify(NoticeKind.IDENTITY_INFO), *IN_HOUSE),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    identity_reason=("individual_number_correction", None),
    writes_number=True,
)
