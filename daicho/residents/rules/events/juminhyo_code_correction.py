"""住民票コードの修正 — a code that was written wrongly is put right ex officio. 住民基本台帳法第8条; 令第12条第3項; std 4.3.2-02."""

from __future__ import annotations

from dataclasses import replace

from daicho.residents.rules.changes import Changes
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, NoticeKind, Notify, Scope
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON
from daicho.residents.rules.number_writing import check_correction, written
from daicho.residents.rules.problems import Problem
from daicho.residents.rules.situation import Situation

NAME = "juminhyo_code"
CORRECTED_ON = replace(EFFECTIVE_ON, hint="正しい番号を記載する日", group="修正", default="today")
WHY = Field("reason", "職権で修正する理由", FieldKind.TEXT, required=True, hint="審査する職員が読みます。例　転出証明書の写し間違い", group="修正")


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    return tuple(check_correction(JUMINHYO_CODE_CORRECTION, situation, filing, NAME))


def _apply(situation: Situation, filing: Filing) -> Changes:
    return written(filing, NAME)


JUMINHYO_CODE_CORRECTION = EventDefinition(
    code="juminhyo_code_correction",
    standard_code="住民票コードの職権記載",
    ja="住民票コードの修正",
    article="住民基本台帳法第8条、令第12条第3項",
    basis=Basis.EX_OFFICIO,
    days_to_file=None,
    filed_by=frozenset(),
    fields=(CORRECTED_ON, WHY),
    member_fields=(Field(NAME, "正しい住民票コード", FieldKind.JUMINHYO_CODE, required=True, hint="11桁", group="番号"),),
    scope=Scope.ONE,
    effect=Effect.CORRECTION,
    notices=(Notify(NoticeKind.IDENTITY_INFO), *IN_HOUSE),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    identity_reason=("juminhyo_code_entry", None),
    writes_number=True,
)
