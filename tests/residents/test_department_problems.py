"""書戻しのエラー — each reason why a department's item is not written. 法7条9号–11号の2; std 11.1."""

from __future__ import annotations

from datetime import date

import pytest

from daicho.contracts.department_items_v1 import WrittenItem
from daicho.residents.rules.department_items import check_qualifications, read_items
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.events.department_entry import DEPARTMENT_ENTRY
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.situation import PersonState, Situation
from daicho.values.dates import JapaneseDate

TODAY = date(2026, 4, 10)
INSURED = SheetEntries(nhi_qualified_flag=True, nhi_acquired_date=date(2026, 4, 1))


@pytest.mark.parametrize(
    ("items", "code", "field"),
    [
        ([WrittenItem("name_kanji", "別人")], "G001", "name_kanji"),
        ([WrittenItem("nhi_qualified_flag", "1"), WrittenItem("nhi_qualified_flag", "0")], "G002", "nhi_qualified_flag"),
        ([WrittenItem("nhi_acquired_date", "4月1日")], "G003", "nhi_acquired_date"),
    ],
)
def test_読めない項目は理由を付けて断る(items: list[WrittenItem], code: str, field: str):
    assert [(p.code, p.field, p.blocks) for p in read_items(items)[1]] == [(code, field, True)]


@pytest.mark.parametrize(
    ("after", "code", "field"),
    [
        (INSURED.but(nhi_acquired_date=None), "G010", "nhi_acquired_date"),
        (INSURED.but(nhi_lost_date=date(2026, 4, 5)), "G011", "nhi_lost_date"),
        (INSURED.but(nhi_qualified_flag=False, nhi_lost_date=date(2026, 3, 1)), "G012", "nhi_lost_date"),
        (INSURED.but(nhi_acquired_date=date(2026, 4, 11)), "G013", "nhi_acquired_date"),
        (INSURED.but(nhi_not_applicable_flag=True), "G014", "nhi_not_applicable_flag"),
        (SheetEntries(child_allowance_end_date=date(2026, 4, 1)), "G015", "child_allowance_end_date"),
    ],
)
def test_資格とその日が食い違えば断る(after: SheetEntries, code: str, field: str):
    assert [(p.code, p.field, p.blocks) for p in check_qualifications(after, TODAY)] == [(code, field, True)]
    assert check_qualifications(INSURED, TODAY) == []


@pytest.mark.parametrize(("known", "code", "field"), [(False, "G004", "atena_no"), (True, "G005", "items")])
def test_台帳にない者や何も言わない書戻しは断る(known: bool, code: str, field: str):
    person = PersonState("1", SheetEntries(opened_on=TODAY), True, 1, 1)
    situation = Situation(TODAY, "012033", "", persons={"1": person} if known else {})
    filing = Filing(DEPARTMENT_ENTRY.code, JapaneseDate.of(TODAY), None, {}, (Member("1", {}),))
    assert [(p.code, p.field, p.blocks) for p in DEPARTMENT_ENTRY.check(situation, filing)] == [(code, field, True)]
