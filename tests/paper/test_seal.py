"""電子公印と地紋: black vector drawings of at most 25 mm, nothing else is let in. 標準仕様 5.6."""

from __future__ import annotations

import pytest

from daicho.paper.errors import GlyphMissing
from daicho.paper.fonts import FontSet
from daicho.paper.ground import draw_ground
from daicho.paper.seal import check_seal, draw_made_up_seal, seal_size_mm

FIT = '<svg xmlns="http://www.w3.org/2000/svg" width="24mm" height="24mm" viewBox="0 0 24 24"><rect width="24" height="24" fill="{}"/>{}</svg>'


@pytest.mark.font
@pytest.mark.parametrize("characters", ["印", "小樽市印", "小樽市長之印", "北海道小樽市長之印"])
def test_見本の公印は登録の検査を通る(fonts: FontSet, characters: str):
    seal = draw_made_up_seal(characters, fonts)
    assert check_seal(seal) == ()
    assert seal_size_mm(seal) == 24.0
    assert seal == draw_made_up_seal(characters, fonts)
    assert "<text" not in seal


@pytest.mark.font
def test_公印の文字も字形を検査する(fonts: FontSet):
    with pytest.raises(GlyphMissing, match="「公印」"):
        draw_made_up_seal("\ue000", fonts)


def test_25mm角は通り_26mm角は断る():
    """N-5.6-07."""
    assert check_seal(FIT.replace("24mm", "25mm").format("#000", "")) == ()
    assert "25mm角以内" in check_seal(FIT.replace("24mm", "26mm").format("#000", ""))[0]


@pytest.mark.parametrize("paint", ["red", "#ff0000", "#000001", "url(#x)", "currentColor"])
def test_黒でない公印は断る(paint: str):
    """N-5.6-08."""
    assert "黒色" in check_seal(FIT.format(paint, ""))[0]


@pytest.mark.parametrize(
    "extra",
    [
        '<image href="http://example.invalid/a.png"/>',
        "<text>印</text>",
        "<script/>",
        '<g style="fill:red"/>',
        '<path d="M0 0" opacity="0.1"/>',
        "<style>*{fill:red}</style>",
    ],
)
def test_図形以外を含む公印は断る(extra: str):
    assert "図形以外" in check_seal(FIT.format("#000", extra))[0]


@pytest.mark.parametrize("empty", ["<g/>", '<rect width="24" height="24" fill="none"/>'])
def test_印影のない画像は断る(empty: str):
    """N-5.1-08: white is no seal."""
    white = f'<svg xmlns="http://www.w3.org/2000/svg" width="24mm" height="24mm" viewBox="0 0 24 24">{empty}</svg>'
    assert "印影がありません" in check_seal(white)[0]


@pytest.mark.parametrize("broken", ["", "<svg", "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>"])
def test_読めない画像は断る(broken: str):
    assert check_seal(broken) != ()


@pytest.mark.font
def test_地紋は文字を含まない小さな図形で毎回同じ(fonts: FontSet):
    ground = draw_ground("複写", fonts)
    assert ground == draw_ground("複写", fonts)
    assert "複" not in ground
    assert len(ground) < 40_000
