"""変更の指示 — what a rule or a line says of an address, and what it does not. 標準4.2.3.2, 9.7."""

from __future__ import annotations

import pytest

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.renaming import Instruction, Instructions, RenamingKind, in_full

CITY = "北海道小樽市"
LOT = RenamingKind.LOT


def said(one: Instruction, address: str, building: str | None = None, kind: RenamingKind = LOT):
    return one.said_of(kind, SheetEntries(address=address, address_building=building))


@pytest.mark.parametrize(
    ("address", "after"),
    [
        ("花園", "新花園"),
        ("花園1番", "新花園1番"),
        ("花園１番地", "新花園１番地"),
        ("花園二丁目3番", "新花園二丁目3番"),
        ("花園番外地", "新花園番外地"),
        ("花園町1番", None),
        ("花園東1番", None),
        ("上花園1番", None),
    ],
)
def test_町の名の後に番地が続くものだけを変える(address, after):
    found = said(Instruction(1, "花園", "新花園", begins=True), address)
    assert found == (None if after is None else {"address": after})


def test_番地の途中では切れない():
    """1番1 is not 1番10."""
    one = Instruction(1, "花園1番1", "花園2番3", begins=True)
    assert said(one, "花園1番10") is None
    assert said(one, "花園1番1") == {"address": "花園2番3"}


@pytest.mark.parametrize(("address", "is_in"), [("花園9番", False), ("花園10番1号", True), ("花園20番地", True), ("花園21番", False), ("花園", False)])
def test_番地の範囲は両端を含む(address, is_in):
    one = Instruction(1, "花園", "新花園", begins=True, first_lot=10, last_lot=20)
    assert (said(one, address) is not None) is is_in


def test_片側だけの範囲もある():
    assert said(Instruction(1, "花園", "新花園", begins=True, first_lot=10), "花園99番") is not None
    assert said(Instruction(1, "花園", "新花園", begins=True, last_lot=10), "花園11番") is None


@pytest.mark.parametrize(
    ("building", "after"),
    [
        ("青空荘101号", "緑荘101号"),
        ("青空荘", "緑荘"),
        ("青空荘Ａ-1", "緑荘Ａ-1"),
        ("青空荘別館1号", None),
        ("青空荘アネックス", None),
        ("", None),
        (None, None),
    ],
)
def test_建物の名の後に部屋が続くものだけを変える(building, after):
    one = Instruction(1, "花園1番", "花園1番", begins=True, old_building="青空荘", new_building="緑荘")
    found = said(one, "花園1番", building, RenamingKind.BUILDING)
    assert found == (None if after is None else {"address_building": after})


def test_方書の列がなければ方書は見も変えもしない():
    one = Instruction(2, "花園1番", "花園2番")
    assert said(one, "花園1番", "青空荘") == {"address": "花園2番"}


def test_方書の列が空欄なら方書のない人だけである():
    one = Instruction(2, "花園1番", "花園2番", old_building="", new_building="")
    assert said(one, "花園1番", "青空荘") is None
    assert said(one, "花園1番") == {"address": "花園2番"}


def test_方書をなくせる():
    one = Instruction(2, "花園1番", "花園1番", old_building="小林方", new_building="")
    assert said(one, "花園1番", "小林方") == {"address_building": None}


def test_番号の行は変更前も一致しなければ当たらない():
    given = Instructions(LOT, [Instruction(2, "花園1番", "花園2番", household_no="11"), Instruction(3, "花園1番", "花園3番", atena_no="5")])

    def met(atena_no, household_no, address="花園1番"):
        return [one.no for one, _ in given.about(atena_no, SheetEntries(address=address, household_no=household_no))]

    assert met("5", "99") == [3]
    assert met("6", "11") == [2]
    assert met("5", "11") == [3, 2]
    assert met("6", "11", "花園9番") == []
    assert met("6", "99") == []


@pytest.mark.parametrize("text", ["花園1番", "小樽市花園1番", "北海道小樽市花園1番"])
def test_市の名を書いても書かなくても同じ住所である(text):
    assert in_full(text, CITY) == "北海道小樽市花園1番"


def test_よその県の名から書けばそのままである():
    assert in_full("青森県青森市中央1番", CITY) == "青森県青森市中央1番"
