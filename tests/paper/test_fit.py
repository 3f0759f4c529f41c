"""欄に収める: smaller letters first, then a named excess; no character is lost in between. 標準仕様 5.8 (N-5.8-01–06)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from daicho.paper.fit import NOT_FIRST, break_lines, fit
from daicho.paper.glyphs import clusters


@dataclass(frozen=True)
class Box:
    width_mm: float
    height_mm: float
    size_pt: float = 12.0
    smallest_pt: float = 6.0
    line_height: float = 1.25


ONE_LINE = Box(width_mm=42.4, height_mm=5.4)  # ten letters of 12 pt


def em(_: str) -> float:
    return 1.0


def test_収まる文字列は元の大きさのまま一行():
    assert fit("北海道小樽市花園二丁", ONE_LINE, em).lines == ("北海道小樽市花園二丁",)
    assert fit("北海道小樽市花園二丁", ONE_LINE, em).size_pt == 12.0


def test_一文字はみ出せば縮めて全文字を収める():
    """N-5.8-01."""
    fitted = fit("北海道小樽市花園二丁目", ONE_LINE, em)
    assert ("".join(fitted.lines), fitted.overflows) == ("北海道小樽市花園二丁目", False)
    assert 10.5 <= fitted.size_pt < 12.0


def test_縮めても収まらなければ溢れと知らせ_黙って切らない():
    """N-5.8-02: at 6 pt the box takes two lines of twenty; forty-one letters are one too many."""
    fitted = fit("あ" * 41, ONE_LINE, em)
    assert (fitted.overflows, fitted.fitted, fitted.length) == (True, 40, 41)


def test_異体字選択子は行末で基の字と離れない():
    lines = break_lines(clusters("葛\U000e0102" * 7), 3.0, em)
    assert [len(line) for line in lines] == [3, 3, 1]
    assert all(each == "葛\U000e0102" for line in lines for each in line)


def test_句読点は行頭に来ない():
    assert ["".join(line) for line in break_lines(list("一二三四五、六七八"), 5.0, em)] == ["一二三四", "五、六七八"]


def test_禁則文字が続いても行頭に来ない():
    """The bracket goes along with what it closes; an opening one does not stay behind."""
    assert ["".join(line) for line in break_lines(list("第二十五条）。次"), 6.0, em)] == ["第二十五", "条）。次"]
    assert ["".join(line) for line in break_lines(list("一二三四（五）。"), 6.0, em)] == ["一二三四", "（五）。"]


@given(st.text(alphabet="葛\U000e0102あ、。）（一A "), st.integers(2, 12))
def test_どこで折っても文字は減らず増えず順も変わらない(text: str, room: int):
    lines = break_lines(clusters(text), float(room), em)
    assert "".join("".join(line) for line in lines) == text
    assert all(len(line) <= room for line in lines)


@given(st.lists(st.sampled_from("あ、い。う"), min_size=1), st.integers(4, 12))
def test_行頭禁則を守れないのは禁則文字が続くときだけ(parts: list[str], room: int):
    lines = break_lines(parts, float(room), em)
    for before, line in pairwise(lines):
        assert line[0] not in NOT_FIRST or before[-1] in NOT_FIRST
