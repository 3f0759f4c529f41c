"""方書の表記ゆれ — which building of the dictionary a 方書 names, and whether as it is written there. domain §11 A; std 1.3.4."""

from __future__ import annotations

import pytest

from daicho.residents.rules.building_name import written_in_dictionary

NAMES = ("コーポ花園", "ハイツ２", "青空荘")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("コーポ花園", None), ("コーポ花園　203", None), ("コーポ花園203号", None), ("青空荘101", None), ("ハイツ２　101", None),
        ("ｺｰﾎﾟ花園203", "コーポ花園"), ("コ－ポ花園", "コーポ花園"), ("こーぽ花園　203", "コーポ花園"), ("コーポ　花園　203", "コーポ花園"), ("ハイツ2　101", "ハイツ２"), ("靑空荘101", "青空荘"),
        ("コ－ポ花園町", None), ("青空荘別館", None), ("靑空荘別館101", None), ("若葉荘", None), ("101号", None), ("コ", None), ("ハイツ203", None), ("ハイツ2-03", "ハイツ２"),
    ],
)  # fmt: skip
def test_同じ建物の別の書き方だけを言う(typed: str, written: str | None):
    assert written_in_dictionary(typed, NAMES) == written


def test_辞書にその住所の建物がなければ何も言わない():
    assert written_in_dictionary("ｺｰﾎﾟ花園203", ()) is None
