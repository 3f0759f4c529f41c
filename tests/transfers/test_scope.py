"""対象となる本人の範囲 — whom a department may see, as a table. 評価書II(1)2③, II(1)5⑤; D-01…D-15."""

from dataclasses import replace
from datetime import date

import pytest

from daicho.contracts.transfer_info_v1 import TransferPerson
from daicho.transfers.rules.grants import offered
from daicho.transfers.rules.scope import Scope, in_scope, resident_state, told_as
from tests.contracts.transfer_samples import LEAVING, PERSON

DAY = date(2026, 4, 10)
LEFT = replace(LEAVING, removed_on=date(2026, 4, 9))
LEAVES_TODAY = replace(LEAVING, removed_on=DAY)
ABSENT = replace(LEFT, removal_reason="ex_officio_removal", event_reason="職権消除")
NEVER = replace(LEFT, opened_on=date(2026, 4, 1), removed_on=date(2026, 4, 1), removal_reason="cancelled", event_reason="異動の取消し（減）")
NEWBORN = replace(PERSON, opened_on=DAY, event_reason="出生", name_kanji=None)
DEAD = None


@pytest.mark.parametrize(
    ("person", "of_file", "of_residents", "state"),
    [
        (PERSON, True, True, "resident"),
        (NEWBORN, True, True, "resident"),
        (LEAVING, True, True, "resident"),
        (LEAVES_TODAY, True, False, "moved_out"),
        (LEFT, True, False, "moved_out"),
        (ABSENT, True, False, "removed"),
        (NEVER, True, False, "removed"),
        (DEAD, False, False, None),
    ],
    ids=["住民", "出生した子", "転出予定者", "転出の当日", "転出した者", "職権消除", "取り消された記載", "死亡した者"],
)
def test_範囲は住民と死亡以外で消除された者である(person: TransferPerson | None, of_file: bool, of_residents: bool, state: str | None):
    """評価書II(1)2③; 狭い範囲は住民だけ."""
    assert (in_scope(Scope.FILE_ONE, person, DAY), in_scope(Scope.RESIDENTS, person, DAY)) == (of_file, of_residents)
    assert (resident_state(person, DAY) if person else None) == state


@pytest.mark.parametrize(
    ("scope", "person", "told_before", "told"),
    [
        (Scope.FILE_ONE, PERSON, False, "person"),
        (Scope.FILE_ONE, LEFT, True, "person"),
        (Scope.FILE_ONE, DEAD, True, "out_of_scope"),
        (Scope.FILE_ONE, DEAD, False, None),
        (Scope.RESIDENTS, LEFT, True, "out_of_scope"),
        (Scope.RESIDENTS, LEFT, False, None),
    ],
)
def test_範囲を外れたことは前に知らせた課だけに知らせる(scope: Scope, person: TransferPerson | None, told_before: bool, told: str | None):
    assert told_as(scope, person, DAY, told_before=told_before) == told


def test_十五の移転先はどれも評価書と同じ範囲を求める():
    """D-01, D-02, D-03, D-04, D-05, D-06, D-07, D-08, D-09, D-10, D-11, D-12, D-13, D-14, D-15: 「2. ③対象となる本人の範囲」と同じ。"""
    assert {one.scope for one in offered() if one.direction == "read"} == {Scope.FILE_ONE}
