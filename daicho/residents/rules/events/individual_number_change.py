"""個人番号の変更（請求） — at a resident's request 機構 is asked for another number, and it is written when it comes. 番号法第7条第2項; 番号法施行令第3条; std 4.4-02.

本登録 of the 請求 asks, and changes no 住民票: until the new number is there the old one holds. The event is recorded on the day it comes, with the
請求日 and the officers of the 請求.
"""

from __future__ import annotations

from daicho.residents.rules.changes import Changes
from daicho.residents.rules.check import check_filer
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, Filer, NoticeKind, Notify, Scope
from daicho.residents.rules.events.juminhyo_code_change import REQUESTER, REQUESTER_NAME
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import REQUESTED_ON
from daicho.residents.rules.number_writing import check_change, written
from daicho.residents.rules.problems import Problem
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import BY_REQUEST

ASKS = "本登録すると機構に新しい個人番号を求め、届いた日に記載します"


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    return (*check_filer(filing), *check_change(situation, filing))


def _apply(situation: Situation, filing: Filing) -> Changes:
    return written(filing, "individual_number")


INDIVIDUAL_NUMBER_CHANGE = EventDefinition(
    code="individual_number_change",
    standard_code="個人番号の変更請求",
    ja="個人番号の変更",
    article="番号法第7条第2項、番号法施行令第3条",
    basis=Basis.REQUEST,
    days_to_file=None,
    filed_by=frozenset({Filer.SELF, Filer.AGENT}),
    fields=(
        REQUESTED_ON,
        REQUESTER,
        REQUESTER_NAME,
        Field("reason", "漏えいして不正に用いられるおそれの理由", FieldKind.TEXT, required=True, hint=f"請求書のとおり。{ASKS}", group="請求"),
    ),
    member_fields=(),
    scope=Scope.ONE,
    effect=Effect.CORRECTION,
    notices=(Notify(NoticeKind.IDENTITY_INFO), *IN_HOUSE),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    identity_reason=("individual_number_change", None),
    offered_to=lambda entries: entries.individual_number is not None,
    asks_number=BY_REQUEST,
    writes_number=True,
)
