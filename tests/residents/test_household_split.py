"""世帯分離 — some of a household found one of their own where they live. 住民基本台帳法第25条; std 4.1.4.1; domain §11."""

from __future__ import annotations

from datetime import date

import pytest

from daicho import clock
from daicho.outbox.models import Notice
from daicho.residents.commands import filings
from daicho.residents.models import CivilEvent, SheetCurrent, SheetVersion
from daicho.residents.queries.proof import prove
from daicho.residents.rules.events import event_on
from tests.cast import HANAKO, ICHIRO, SATO, TARO
from tests.residents.counter import household_form, move_in_form, register, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    return [w.person.public_id for w in register("domestic_move_in", move_in_form(address_building="坂の上荘101号"))]


def codes(form):
    return [(p.code, p.blocks) for p in filings.judge(filings.definition_of("household_split"), form, visit()).problems]


def current(person):
    return SheetCurrent.objects.get(person__public_id=person)


def test_妻と子が同じ住所に新しい世帯をつくる(family):
    """N-4.1.4.1-01, -02, N-1.1.1-25; std 5.2: another number, the same address; those who stay keep all they had."""
    old = current(family[0]).household_no
    written = register("household_split", household_form([family[1], family[3]], ["世帯主", "子"]))
    assert [(w.entries.relationship, w.entries.order_in_household, w.entries.householder_name) for w in written] == [
        ("世帯主", 1, HANAKO.name),
        ("子", 2, HANAKO.name),
    ]
    assert len({w.entries.household_no for w in written} | {old}) == 2
    assert {(c.address, c.address_building, str(c.address_changed_date)) for c in map(current, family)} == {
        ("北海道小樽市花園2丁目12番1号", "坂の上荘101号", str(written[0].before.address_changed_date))
    }
    stay = [current(family[0]), current(family[2])]
    assert [(c.household_no, c.relationship, c.householder_name, c.history_no) for c in stay] == [(old, "世帯主", TARO.name, 1), (old, "子", TARO.name, 1)]
    event = CivilEvent.objects.get(code="household_split")
    assert (event.standard_code, event.effect) == ("世帯分離", "修正") and prove().proven


def test_住所の欄がない():
    """N-4.1.4.1-02, -04: neither 住所 nor 方書 can be entered."""
    for code in ("head_change", "household_split", "household_merge", "household_change"):
        fields = event_on(code, date(2026, 4, 10))
        assert not [name for name in (*fields.all_fields(), *fields.all_member_fields()) if "address" in name]


def test_住基ネットへは知らせない(family):
    """domain §2.1: A・C・E なし."""
    posted = Notice.objects.filter(destination="juki_net").count()
    register("household_split", household_form(family[1:2], ["世帯主"]))
    assert Notice.objects.filter(destination="juki_net").count() == posted


def test_元の世帯の全員の世帯分離は論理エラー(family):
    """domain §11 E."""
    assert codes(household_form(family, ["世帯主", "妻", "子", "子"])) == [("W004", True)]


def test_一人世帯は分離できない():
    [alone] = [w.person.public_id for w in register("domestic_move_in", move_in_form([SATO]))]
    assert ("W004", True) in codes(household_form([alone], ["世帯主"]))


def test_別々の世帯の人を一度に分離できない(family):
    sato = register("domestic_move_in", move_in_form([SATO], address="色内1丁目3番5号"))[0].person.public_id
    assert ("W002", True) in codes(household_form([family[1], sato], ["世帯主", "同居人"]))


def test_世帯主が出て2人以上が残れば世帯主変更を促し残る世帯は未設定になる(family):
    """N-4.0.4-03; std 1.1.10."""
    form = household_form(family[:1], ["世帯主"])
    assert ("R102", False) in codes(form)
    register("household_split", form)
    assert {current(one).householder_name for one in family[1:]} == {None} and prove().proven


def test_世帯主が出て一人だけ残ればその人が職権で世帯主になる(family):
    """N-4.0.4-01; 令25条."""
    register("household_split", household_form([family[0], family[2], family[3]], ["世帯主", "子", "子"]))
    assert (current(family[1]).relationship, current(family[1]).householder_name) == ("世帯主", HANAKO.name)
    assert SheetVersion.objects.get(person__public_id=family[1], history_no=2).asserts == {"relationship": "世帯主"}


def test_世帯主を定めない分離もできる(family):
    """std 1.1.10."""
    form = household_form([family[1], family[2]], ["縁故者", "縁故者"])
    assert codes(form) == [("H101", False)]
    assert {w.entries.householder_name for w in register("household_split", form)} == {None}


def test_続柄の空欄はアラート(family):
    assert ("B102", False) in codes(household_form(family[1:3], ["世帯主", ""]))


def test_異動日が届出日や処理日より後なら止まる(family):
    """N-4.0.3-03; domain §11."""
    assert ("D002", True) in codes(household_form(family[1:2], ["世帯主"], effective_on="令和8年4月11日"))
    assert ("A001", True) in codes(household_form(family[1:2], ["世帯主"], filer="agent"))


def test_14日を過ぎた届出も理由があれば受理できる(family):
    """法25条, 52条2項."""
    form = household_form([family[2]], ["世帯主"], effective_on="令和8年4月1日", filed_on="令和8年4月20日")
    assert ("D003", True) in codes(form)
    with clock.at(date(2026, 4, 20)):
        assert ("D102", False) in codes(form)
        assert register("household_split", form)[0].entries.householder_name == ICHIRO.name
