"""転入から本登録まで — the main job. 住民基本台帳法第22条; N-4.0.*, N-4.1.0.*, N-4.1.1.1-*, N-4.1.1.2-*, F-1-01, F-1-02."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daicho.residents.commands import filings
from daicho.residents.commands.typed import TypedForm
from daicho.residents.models import CivilEvent, SheetCurrent, SheetVersion
from daicho.values.dates import JapaneseDate
from tests.cast import TARO, TRAN, Role
from tests.residents.counter import move_in_form, register, visit

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
    numbers = [int(w.person.atena_no) for w in written]
    assert numbers == sorted(numbers), "newcomers are numbered in the order of the form: rules/destination.py sorts by it"
    event = CivilEvent.objects.get()
    assert (event.standard_code, event.filed_on, event.entered_by, event.examined_by) == ("国内転入", date(2026, 4, 3), "小林　窓子", "高橋　照合")
    assert SheetVersion.objects.filter(asserts__isnull=True).count() == 4


def problems_of(form: TypedForm, field: str) -> list[tuple[str, bool]]:
    """What is found at one field: (code, whether it blocks)."""
    return [(p.code, p.blocks) for p in filings.judge(filings.definition_of("domestic_move_in"), form, visit()).problems if p.field == field]


@pytest.mark.parametrize("person", [TARO, TRAN], ids=["日本人", "外国人"])
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", []),
        ("令和8年4月1日", []),
        ("2026年4月1日", []),
        ("令和8年3月31日", [("M103", False)]),
        ("令和8年4月10日", [("M103", False)]),
        ("令和8年4月頃", [("M103", False)]),
        ("令和8年4月11日", [("M003", True)]),
        ("令和8年5月頃", [("M003", True)]),
    ],
)
def test_住民となった年月日は処理日までで異動日と違えば知らせる(person: Role, typed: str, found: list[tuple[str, bool]]):
    """N-4.1.1.1-03, N-4.0.3-03: 異動日 4/1, processed 4/10; also 外国人住民となった年月日."""
    assert problems_of(move_in_form([replace(person, texts={**person.texts, "became_resident_date": typed})]), "became_resident_date") == found


@pytest.mark.parametrize(("typed", "kept"), [("", "令和8年4月1日"), ("令和8年3月31日", "令和8年3月31日")])
@pytest.mark.parametrize("person", [TARO, TRAN], ids=["日本人", "外国人"])
def test_転居していない者の住所を定めた年月日は住民となった年月日と同じ(person: Role, typed: str, kept: str):
    """N-4.1.1.1-03: also where that is not 異動日."""
    register("domestic_move_in", move_in_form([replace(person, texts={**person.texts, "became_resident_date": typed})]))
    current = SheetCurrent.objects.get()
    became = current.foreign_resident_since_date if person is TRAN else current.became_resident_date
    assert (became, current.address_changed_date, current.moved_within_city) == (JapaneseDate.parse(kept), JapaneseDate.parse(kept), False)
