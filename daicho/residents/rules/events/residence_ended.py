"""在留資格の喪失等 — somebody is no 外国人住民 any more, as the Commissioner told: the sheet is closed ex officio. 住民基本台帳法第30条の50, 第8条; std 4.5.6.

Never by the calendar alone: that a 在留期間, or the 60 days of 経過滞在, are over removes nobody until it is told. 入管庁 is told nothing of it.
"""

from __future__ import annotations

from daicho.residents.rules.changes import Changes
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, NoticeKind, Notify, Scope
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import COMMISSIONER_NOTIFIED_ON, EFFECTIVE_ON
from daicho.residents.rules.problems import Problem
from daicho.residents.rules.removing import apply_removal, check_removal
from daicho.residents.rules.residence import check_foreign, is_foreign
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import ENDINGS, FOREIGNERS, OUTSIDE_THE_LAW


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    return tuple(check_removal(RESIDENCE_ENDED, situation, filing, OUTSIDE_THE_LAW, check_foreign(situation, filing)))


def _apply(situation: Situation, filing: Filing) -> Changes:
    return apply_removal(situation, filing, OUTSIDE_THE_LAW)


RESIDENCE_ENDED = EventDefinition(
    code="residence_ended",
    standard_code="職権消除",
    ja="在留資格の喪失等による消除",
    article="住民基本台帳法第30条の50、第8条、令第12条第2項",
    basis=Basis.NOTICE,
    filed_by=frozenset(),
    days_to_file=None,
    fields=(EFFECTIVE_ON, COMMISSIONER_NOTIFIED_ON, Field("ending", "消除の理由", FieldKind.CHOICE, required=True, choices=ENDINGS, group="届出")),
    member_fields=(),
    scope=Scope.ONE,
    effect=Effect.REMOVAL,
    notices=(Notify(NoticeKind.IDENTITY_INFO), *IN_HOUSE),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    identity_reason=("removal_ex_officio", None),
    group=FOREIGNERS,
    offered_to=is_foreign,
    upon_commissioner_notice=True,
)
