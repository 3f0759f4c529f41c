"""転入から本登録まで — the main job. 住民基本台帳法第22条; N-4.0.*, N-4.1.0.*, N-4.1.1.1-*, N-4.1.1.2-*, F-1-01, F-1-02."""

from __future__ import annotations

from datetime import date

import pytest

from daicho.residents.models import CivilEvent, SheetCurrent, SheetVersion
from daicho.values.dates import JapaneseDate
from tests.residents.counter import move_in_form, register

pytestmark = pytest.mark.django_db


def test_四人家族の転入が本登録になる():
    """N-4.0.8-20, -21; N-1.1.13-01, -02; N-4.1.1.1-03."""
    written = register("domestic_move_in", move_in_form())
    current = SheetCurrent.objects.order_by("order_in_household")
    assert [c.relationship for c in current] == ["世帯主", "妻", "子", "子"]
    assert len({c.household_no for c in current}) == 1
    assert {c.householder_name for c in current} == {"花園　太郎"}
    assert {c.address for c in current} == {"北海道小樽市花園2丁目12番1号"}
    assert {c.address_changed_date for c in current} == {JapaneseDate.parse("令和8年4月1日")}
    assert current.get(name_kanji="花園　二郎").birth_date.wareki() == "平成25年2月29日"
    assert [w.version.history_no for w in written] == [1, 1, 1, 1]
    event = CivilEvent.objects.get()
    assert (event.standard_code, event.filed_on, event.entered_by, event.examined_by) == ("国内転入", date(2026, 4, 3), "小林　窓子", "高橋　照合")
    assert SheetVersion.objects.filter(asserts__isnull=True).count() == 4
