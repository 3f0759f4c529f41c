"""前後の見比べ — by code points: what the eye may take for the same is named. F-1-02."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daicho.ui.diff import Change, code_points, compare, graphemes

PLAIN, VARIANT = "渡邉", "渡邉\U000e0102"


def changed(old, new):
    return [(part.change.value, part.old, part.new) for part in compare(old, new).segments if part.change is not Change.SAME]


def test_異体字の選択符だけの違いも違いで符号が出る():
    result = compare(PLAIN, VARIANT)
    assert not result.is_same
    assert result.looks_alike
    assert [(part.old_codes, part.new_codes) for part in result.segments if part.change is Change.REPLACED] == [("U+9089", "U+9089 U+E0102")]


@pytest.mark.parametrize(("old", "new"), [("高橋", "髙橋"), ("斉藤", "齊藤"), ("Ａ棟", "A棟"), ("花子 ", "花子"), ("ハ゛", "バ"), ("か\u3099", "が")])
def test_目で区別しにくい違いには符号が出る(old, new):
    assert compare(old, new).looks_alike


@pytest.mark.parametrize(("old", "new"), [("花園三丁目", "花園四丁目"), ("佐藤", "鈴木"), ("", "コーポ花園"), ("方書", "")])
def test_見れば分かる違いに符号は出ない(old, new):
    result = compare(old, new)
    assert not result.is_same
    assert not result.looks_alike


def test_変わったところだけが示される():
    assert changed("小樽市花園三丁目1番", "小樽市花園四丁目1番") == [("replaced", "三", "四")]
    assert changed("花園", "花園1") == [("added", "", "1")]
    assert changed("花園1", "花園") == [("removed", "1", "")]
    assert changed("同じ", "同じ") == []


def test_一文字は選択符や濁点とともに切り出される():
    assert graphemes("葛\U000e0100城か\u3099") == ["葛\U000e0100", "城", "か\u3099"]
    assert code_points("葛\U000e0100") == "U+845B U+E0100"


_TEXT = st.text(st.sampled_from("渡邉邊辺高髙 花子ハ゛\U000e0100\U000e0102\u3099\u200d"), max_size=12)


@given(_TEXT, _TEXT)
def test_断片をつなぐと元の二つに戻る(old, new):
    segments = compare(old, new).segments
    assert "".join(part.old for part in segments) == old
    assert "".join(part.new for part in segments) == new
    assert compare(old, new).is_same == (old == new)


@given(_TEXT)
def test_切り出しをつなぐと元に戻る(text):
    assert "".join(graphemes(text)) == text
