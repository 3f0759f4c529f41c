"""個人番号の変更（職権） — the mayor has another number given, as where the old one leaks and nobody asks. 番号法第7条第2項; 番号法施行令第4条第1項; std 4.4-03.

It goes the way of a 請求 (individual_number_change.py) and has no 請求日.
"""

from __future__ import annotations

from dataclasses import replace

from daicho.residents.rules.definitions import Basis, Field, FieldKind
from daicho.residents.rules.events.individual_number_change import ASKS, INDIVIDUAL_NUMBER_CHANGE
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.number_writing import check_change
from daicho.residents.rules.problems import Problem
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import BY_MAYOR


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    return tuple(check_change(situation, filing))


INDIVIDUAL_NUMBER_CHANGE_EX_OFFICIO = replace(
    INDIVIDUAL_NUMBER_CHANGE,
    code="individual_number_change_ex_officio",
    standard_code="個人番号の職権修正",
    ja="個人番号の変更（職権）",
    article="番号法第7条第2項、番号法施行令第4条第1項",
    basis=Basis.EX_OFFICIO,
    filed_by=frozenset(),
    fields=(Field("reason", "職権で変更する理由", FieldKind.TEXT, required=True, hint=f"例　個人番号カードの写しの流出。{ASKS}", group="職権"),),
    check=_check,
    identity_reason=("individual_number_correction", None),
    asks_number=BY_MAYOR,
)
