"""字形の検査: what the certificate's font cannot print is named by code point, and nothing else is. 設計7章."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from daicho.paper.errors import GlyphMissing
from daicho.paper.fonts import FontSet
from daicho.paper.glyphs import Lack, Repertoire, clusters
from tests.paper import tools

pytestmark = pytest.mark.font

PRINTABLE = ["", "小樽市花園二丁目１２番１号", "ZHANG YULIN　張　玉蓮", "𠮷田　髙﨑", "葛\U000e0102城", "渡邉\U000e010f", "カツラギ　ハナコ", "(1) 〜 ー・Ⅳ①"]


@pytest.mark.parametrize("text", PRINTABLE)
def test_印字できる文字列には何も言わない(glyphs: Repertoire, text: str):
    assert glyphs.missing(text) == ()


@pytest.mark.parametrize(
    ("text", "offset", "code_points", "lack"),
    [
        ("葛\U000e0100城", 0, "U+845B U+E0100", Lack.SEQUENCE),
        ("渡邉\U000e0100", 1, "U+9089 U+E0100", Lack.SEQUENCE),
        ("山田\ue000", 2, "U+E000", Lack.GAIJI),
        ("\U000e0102葛", 0, "U+E0102", Lack.LONE_SELECTOR),
        ("葛\U000e0102\U000e0102", 2, "U+E0102", Lack.LONE_SELECTOR),
        ("花\n子", 1, "U+000A", Lack.CONTROL),
        ("花\u200b子", 1, "U+200B", Lack.CONTROL),
        ("寿司🍣", 2, "U+1F363", Lack.CHARACTER),
        ("\ud842", 0, "U+D842", Lack.CONTROL),
    ],
)
def test_印字できない文字は符号位置で名指す(glyphs: Repertoire, text: str, offset: int, code_points: str, lack: Lack):
    (found,) = glyphs.missing(text)
    assert (found.offset, found.code_points, found.lack) == (offset, code_points, lack)
    assert f"{offset + 1}文字目（{code_points}）" in found.message


def test_全ての欠けを一度に返す(glyphs: Repertoire):
    assert [each.offset for each in glyphs.missing("🍣葛\U000e0100\ue000")] == [0, 1, 3]


def test_例外の文に氏名は現れない(glyphs: Repertoire):
    error = GlyphMissing([("氏名", each) for each in glyphs.missing("葛\U000e0100城　花子")])
    assert str(error).startswith("「氏名」の1文字目（U+845B U+E0100）")
    assert not set("葛城花") & set(str(error))


def test_異体字は基底の字と別の字形に写る(glyphs: Repertoire):
    """A sequence that the font knows has the glyph of its MJ number, told apart from the base's."""
    assert glyphs.mj_number("葛") == glyphs.mj_number("葛\U000e0103") == "MJ022336"
    assert glyphs.mj_number("葛\U000e0102") == "MJ022335"
    assert glyphs.mj_number("葛\U000e0100") is None


def test_書体が持つ全ての異体字が印字でき_持たない組は一つも通らない(glyphs: Repertoire, fonts: FontSet):
    """Against the font's own format 14 table, read here a second time: all 11,474 sequences, and for 33 × 200 bases nothing else."""
    with TTFont(fonts.fonts[0].path, lazy=True) as font:
        table = next(each for each in font["cmap"].tables if each.format == 14)
        known = {chr(code) + chr(selector) for selector, pairs in table.uvsDict.items() for code, _ in pairs}
        selectors = sorted(table.uvsDict)
    assert len(known) == 11474
    assert [each for each in known if glyphs.missing(each)] == []
    bases = sorted({each[0] for each in known})[:200]
    pairs = [base + chr(selector) for base in bases for selector in selectors]
    assert {each for each in pairs if not glyphs.missing(each)} == {each for each in pairs if each in known}


@given(st.text())
def test_何を入れても落ちず_分けた片をつなげば元に戻る(text: str):
    known = _known()
    assert "".join(clusters(text)) == text
    for each in known.missing(text):
        assert text[each.offset : each.offset + len(each.cluster)] == each.cluster


def _known() -> Repertoire:
    from daicho.paper.glyphs import repertoire

    return repertoire(tools.fonts())
