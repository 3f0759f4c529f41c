"""画面用の字形: every character of the certificate's font lies in exactly one slice, with its variants and the same outline. 設計7章."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from daicho.paper import web_fonts
from daicho.paper.fonts import FontSet
from daicho.paper.glyphs import Repertoire
from daicho.paper.web_fonts import Slice, cut, cut_slice, plan
from tests.paper.embedded_glyphs import original_outline, outline_of

pytestmark = pytest.mark.font
VARIANTS = tuple(map(ord, "葛邉邊齋"))


def test_全ての文字がちょうど一つの片に入る(fonts: FontSet):
    counted = Counter(code for piece in plan(fonts) for code in piece.characters)
    with TTFont(fonts.fonts[0].path, lazy=True) as font:
        assert set(counted) == set(font.getBestCmap())
    assert set(counted.values()) == {1}
    assert len(list(plan(fonts))) < 100


def test_日常の文字は先頭の数片に集まる(fonts: FontSet):
    """A list of names must not fetch the whole font."""
    names = set(map(ord, "佐藤鈴木高橋田中伊渡辺山本中村小林加吉花子太郎一二三カツラギハナコ"))
    touched = [piece for piece in plan(fonts) if names & set(piece.characters)]
    assert touched
    assert all(len(piece.characters) <= web_fonts.EVERYDAY_PER_SLICE for piece in touched)


@pytest.mark.parametrize("flavor", ["woff", "woff2"])
def test_片は基底の字と全ての異体字を同じ輪郭で持つ(fonts: FontSet, glyphs: Repertoire, flavor: str):
    with TTFont(io.BytesIO(cut_slice(Slice(fonts.fonts[0], VARIANTS, flavor)))) as font:
        best = font.getBestCmap()
        table = next(each for each in font["cmap"].tables if each.format == 14)
        pairs = {chr(code) + chr(selector): name or best[code] for selector, found in table.uvsDict.items() for code, name in found}
        assert set(best) == set(VARIANTS)
        assert len(pairs) == 7 + 16 + 11 + len([each for each in pairs if each[0] == "齋"])
        for cluster, name in [*pairs.items(), *((chr(code), name) for code, name in best.items())]:
            assert outline_of(font, name) == original_outline(glyphs, cluster)


def test_片は毎回同じバイト列で_ヒントも組版表も持たない(fonts: FontSet):
    piece = Slice(fonts.fonts[0], VARIANTS)
    contents = cut_slice(piece)
    assert contents == cut_slice(piece)
    assert contents[:4] == b"wOF2"
    with TTFont(io.BytesIO(contents)) as font:
        assert not {"fpgm", "prep", "cvt ", *web_fonts.UNUSED_TABLES} & set(font.keys())


def test_切り出した片と様式は一致し_二度目は何もしない(fonts: FontSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    few = [Slice(fonts.fonts[0], VARIANTS), Slice(fonts.fonts[0], tuple(map(ord, "あいう")), "woff")]
    monkeypatch.setattr(web_fonts, "plan", lambda _: iter(few))
    assert cut(fonts, tmp_path, processes=1) == 2
    style = (tmp_path / "names.css").read_text()
    assert set(re.findall(r'url\("(\w+\.woff2?)"\)', style)) == {file.name for file in tmp_path.glob("*.woff*")}
    assert "unicode-range:U+3042,U+3044,U+3046" in style
    assert style.count(f'font-family:"{web_fonts.FAMILY}"') == 2
    monkeypatch.setattr(web_fonts, "cut_slice", lambda _: pytest.fail("cut again"))
    assert cut(fonts, tmp_path, processes=1) == 2


def test_書体が替われば切り直し_古い片は消える(fonts: FontSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(web_fonts, "plan", lambda _: iter([Slice(fonts.fonts[0], (0x3042,))]))
    cut(fonts, tmp_path, processes=1)
    state = tmp_path / web_fonts.STATE
    state.write_text(json.dumps(json.loads(state.read_text()) | {"fonts": "other"}))
    (tmp_path / "stale.woff2").write_bytes(b"")
    assert cut(replace(fonts), tmp_path, processes=1) == 1
    assert not (tmp_path / "stale.woff2").exists()


@pytest.mark.browser
def test_画面でも異体字はその字形で描かれる(fonts: FontSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Chromium, with these slices alone: 葛 and its default sequence are one picture, the other variant is another; none falls back to another font."""
    from playwright.sync_api import sync_playwright

    from tests.ui.browser import chromium

    monkeypatch.setattr(web_fonts, "plan", lambda _: iter([Slice(fonts.fonts[0], VARIANTS), Slice(fonts.fonts[0], tuple(map(ord, "城花")), "woff")]))
    cut(fonts, tmp_path, processes=1)
    spans = "".join(f"<p><span>{text}</span></p>" for text in ("葛", "葛\U000e0103", "葛\U000e0102", "葛\U000e0102城"))
    style = "body{font:64px 'Daicho Names';background:#fff}span{display:inline-block}"
    page_file = tmp_path / "page.html"
    page_file.write_text(f'<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="names.css"><style>{style}</style>{spans}', encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(page_file.as_uri())
        page.evaluate("document.fonts.ready")
        pictures = [each.screenshot() for each in page.locator("span").all()]
        client = page.context.new_cdp_session(page)
        client.send("DOM.enable")
        client.send("CSS.enable")
        root = client.send("DOM.getDocument")["root"]["nodeId"]
        nodes = client.send("DOM.querySelectorAll", {"nodeId": root, "selector": "span"})["nodeIds"]
        used = [client.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"] for node in nodes]
        browser.close()
    assert pictures[0] == pictures[1] != pictures[2]
    assert [[(font["isCustomFont"], font["glyphCount"]) for font in each] for each in used] == [[(True, 1)], [(True, 1)], [(True, 1)], [(True, 2)]]
