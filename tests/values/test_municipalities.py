"""市区町村 — the municipality with whose name a 本籍 begins. 住民基本台帳法第19条第1項; S1-09."""

import pytest

from daicho.values.municipalities import _designated_cities, municipality_name, municipality_of


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("北海道小樽市花園2丁目12番地", "012033"),
        ("小樽市花園2丁目12番地", "012033"),
        ("北海道札幌市中央区南一条西一丁目1番地", "011011"),
        ("札幌市中央区南一条西一丁目1番地", "011011"),
        ("東京都千代田区千代田1番", "131016"),
        ("北海道余市郡余市町黒川町1番地", "014087"),
        ("奈良県高市郡明日香村大字岡55番地", "294021"),
        ("福島県郡山市朝日一丁目23番", "072036"),
        ("愛知県蒲郡市旭町17番", "232149"),
        ("広島県府中市府川町315番地", "342084"),
        ("広島県安芸郡府中町大通三丁目5番", "343021"),
        ("三重県四日市市諏訪町1番", "242021"),
        ("北海道　小樽市　花園", "012033"),
    ],
)
def test_本籍の初めから市区町村がわかる(place: str, code: str):
    assert municipality_of(place) == code


@pytest.mark.parametrize("place", ["なし", "不明", "", "府中市府川町315番地", "樺太豊原市東一条", "アメリカ合衆国"])
def test_読み取れない本籍や二つある名はわからない(place: str):
    """府中市 is in 東京都 and in 広島県."""
    assert municipality_of(place) is None


@pytest.mark.parametrize(
    ("code", "name"),
    [("011002", "北海道札幌市"), ("141305", "神奈川県川崎市"), ("271403", "大阪府堺市"), ("431001", "熊本県熊本市"), ("011011", "北海道札幌市中央区")],
)
def test_指定都市は区と同じく名で示される(code, name):
    """全国地方公共団体コード, which has a code for the city beside those of its wards."""
    assert municipality_name(code) == name


def test_指定都市は二十():
    """地方自治法第252条の19第1項の指定都市の指定に関する政令."""
    assert len(_designated_cities()) == 20
