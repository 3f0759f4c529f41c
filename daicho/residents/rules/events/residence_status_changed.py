"""在留資格等の変更 — what the Commissioner told of a foreign resident who stays one: 区分, 在留資格, 期間, 番号, 氏名 … 住民基本台帳法第30条の50; std 4.5.6.

With another class of 法30条の45 the items of the former one go (rules/residence.py). 入管庁 is told nothing of it.
"""

from __future__ import annotations

from dataclasses import replace

from daicho.residents.rules.correcting import Kind, correctable, correction, said_of
from daicho.residents.rules.definitions import NUMBER_KINDS, Basis, Scope
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import COMMISSIONER_NOTIFIED_ON, EFFECTIVE_ON
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import going
from daicho.residents.rules.residence import CLASS, check_class, check_foreign, is_foreign, with_former_class_gone
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import FOREIGNERS

TOLD = (
    CLASS, "residence_status_code", "residence_period", "residence_expiry_date", "residence_card_no", "foreign_name_alphabet", "foreign_name_kanji",
    "foreign_name_katakana", "birth_date", "sex_code", "nationality_code",
)  # fmt: skip


def _said(situation: Situation, filing: Filing) -> list[dict[str, object]]:
    return [with_former_class_gone(said_of(member, person), person.entries) for member, person in going(situation, filing)]


def _check(situation: Situation, filing: Filing) -> list[Problem]:
    found = check_foreign(situation, filing)
    if found or filing.effective_on is None:
        return found
    [said], [(_, person)] = _said(situation, filing), going(situation, filing)
    after = person.entries.but(**said)
    if after.residence_expiry_date is not None and after.residence_expiry_date < filing.effective_on.first:
        found.append(problem("I101", "residence_expiry_date", 0))
    return found + check_class(said, after)


RESIDENCE_STATUS_CHANGED = correction(
    Kind(
        code="residence_status_changed",
        ja="在留資格等の変更",
        article="住民基本台帳法第30条の50、令第12条第2項",
        fields=(EFFECTIVE_ON, COMMISSIONER_NOTIFIED_ON),
        member_fields=tuple(replace(field, clearable=field.kind not in NUMBER_KINDS) for field in correctable(*TOLD)),
        basis=Basis.NOTICE,
        scope=Scope.ONE,
        group=FOREIGNERS,
        offered_to=is_foreign,
        check_more=_check,
        said_by=_said,
        upon_commissioner_notice=True,
    )
)
