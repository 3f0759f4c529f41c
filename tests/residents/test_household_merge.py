"""世帯合併 — a whole household comes into another one of the same address. 住民基本台帳法第25条; std 4.1.4.1; domain §11."""

from __future__ import annotations

import pytest

from daicho.outbox.models import Notice
from daicho.residents.commands import filings
from daicho.residents.models import CivilEvent, Household, SheetCurrent
from daicho.residents.queries.proof import prove
from tests.cast import SATO, TARO, Role
from tests.residents.counter import household_form, move_in_form, register, relocation_form, visit

pytestmark = pytest.mark.django_db
MINATO = Role(31, "港　一", "ミナト　ハジメ", "昭和40年1月1日", "1", "同居人")


@pytest.fixture
def family():
    return [w.person.public_id for w in register("domestic_move_in", move_in_form(address_building="坂の上荘101号"))]


@pytest.fixture
def neighbours():
    """佐藤 and 港, another household in the same house, with another 方書."""
    return [w.person.public_id for w in register("domestic_move_in", move_in_form([SATO, MINATO], address_building="坂の上荘102号"))]


def codes(form):
    return [(p.code, p.blocks) for p in filings.judge(filings.definition_of("household_merge"), form, visit()).problems]


def number_of(person):
    return SheetCurrent.objects.get(person__public_id=person).household_no


def into(person, people, words, **texts):
    return household_form(people, words, household_no=number_of(person), **texts)


def test_世帯の全員が末尾に加わり元の世帯は空く(family, neighbours):
    """N-4.1.4.1-01; std 5.2: at the end; the number they had is used no more."""
    old, new = number_of(neighbours[0]), number_of(family[0])
    written = register("household_merge", into(family[0], neighbours, ["同居人", "同居人"]))
    assert [(w.entries.household_no, w.entries.order_in_household, w.entries.householder_name) for w in written] == [(new, 5, TARO.name), (new, 6, TARO.name)]
    assert not SheetCurrent.objects.filter(household_no=old).exists() and Household.objects.filter(household_no=old).exists()
    assert CivilEvent.objects.get(code="household_merge").standard_code == "世帯合併" and prove().proven


def test_方書が違っても断らず元のまま残る(family, neighbours):
    """N-4.1.4.1-03, -04."""
    form = into(family[0], neighbours, ["同居人", "同居人"])
    assert codes(form) == []
    assert {w.entries.address_building for w in register("household_merge", form)} == {"坂の上荘102号"}


def test_住所が違えば合併できない(family):
    """domain §11 E: 方書を除く住所が不一致."""
    sato = register("domestic_move_in", move_in_form([SATO], address="色内1丁目3番5号"))[0].person.public_id
    assert ("H004", True) in codes(into(family[0], [sato], ["同居人"]))


def test_元の世帯と同じ世帯や空いた世帯や無い世帯には合併できない(family, neighbours):
    """domain §11 E: 元＝先世帯."""
    assert codes(into(family[0], family, ["世帯主", "妻", "子", "子"])) == [("W007", True)]
    empty = number_of(neighbours[0])
    register("household_merge", into(family[0], neighbours, ["同居人", "同居人"]))
    everybody, words = [*family, *neighbours], ["世帯主", "妻", "子", "子", "同居人", "同居人"]
    assert codes(household_form(everybody, words, household_no=empty, effective_on="令和8年4月10日")) == [("H012", True)]
    assert ("F001", True) in codes(household_form(everybody, words, household_no=""))


def test_一部だけなら世帯変更を案内する(family, neighbours):
    assert codes(into(family[0], neighbours[:1], ["同居人"])) == [("W005", True)]


def test_世帯主が2人になる合併は断り続柄を直せば通る(family, neighbours):
    """法7条4号."""
    assert ("H001", True) in codes(into(family[0], neighbours, ["世帯主", "同居人"]))
    assert codes(into(family[0], neighbours, ["妻の母", "同居人"])) == []


def test_いない世帯の番号は断る(family, neighbours):
    """The check digit is right, and nobody has it."""
    from daicho.residents.commands.atena import new_numbers

    free = new_numbers(households=1, newcomers=0, sheets=0).household_nos[0]
    assert ("H011", True) in codes(household_form(neighbours, ["同居人", "同居人"], household_no=free))


def building_changed(people, building):
    """The same 地番, another 方書."""
    dates = {"effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日"}
    return relocation_form(people, address="花園2丁目12番1号", address_building=building, **dates)


@pytest.mark.parametrize("room", ["juki_net", "atena", "konbini", "transfers"])
@pytest.mark.parametrize("merge_first", [True, False], ids=["合併が先", "方書が先"])
def test_住所の異動を世帯合併より先に回して知らせることはない(family, neighbours, room, merge_first):
    """N-4.1.4.1-05 (must not): each room is told in the order of the 本登録, whichever of the two came first, and is sent it in that order (design §5)."""
    done = Notice.objects.filter(destination=room).count()
    if merge_first:
        register("household_merge", into(family[0], neighbours, ["同居人", "同居人"]))
        register("relocation", building_changed([*family, *neighbours], "坂の上荘103号"))
    else:
        register("relocation", building_changed(neighbours, "坂の上荘101号"))
        register("household_merge", into(family[0], neighbours, ["同居人", "同居人"], effective_on="令和8年4月10日"))
    because = Notice.objects.filter(destination=room).order_by("order_no").values_list("because_event", flat=True)[done:]
    told = [CivilEvent.objects.get(pk=event).code for event in dict.fromkeys(because) if event]
    order = ["household_merge", "relocation"] if merge_first else ["relocation", "household_merge"]
    assert told == [code for code in order if room != "juki_net" or code == "relocation"]  # 世帯 is no 本人確認情報 (法30条の6)
