"""文字を探す・文字情報 — characters that cannot be typed, found by reading, parts, strokes, number and variant; looked up large. N-2.1.3-29, N-2.2.3-*."""

from __future__ import annotations

import re

import pytest

from daicho import clock
from daicho.ui.characters import SEARCH, CityTables, find, look_up
from daicho.ui.forms import BoundForm
from daicho.values.characters import jis_level, substitute
from tests.staff.people import TODAY, signed_in

OTHER_TSUJI = "辻\U000e0102"  # MJ025760, beside the plain one's MJ025761


@pytest.fixture
def clerk_client(settings, db):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    with clock.at(TODAY):
        yield signed_in()


def found(**typed: str) -> list[str]:
    shown, problems = find(BoundForm(SEARCH, typed))
    assert not problems
    return [one.cluster for one in shown]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ({"reading": "ヘン", "parts": "辶"}, "邉"), ({"reading": "あたり"}, "邊"), ({"parts": "自冖方"}, "邊"), ({"parts": "⻌穴"}, "邊"), ({"parts": "艹曷"}, "葛"),
        ({"radical": "189", "fewest": "11", "most": "11"}, "髙"), ({"variant": "高"}, "髙"), ({"variant": "吉"}, "𠮷"), ({"variant": "辺"}, "邉"),
        ({"code": "MJ026190"}, "邉"), ({"code": "mj60248"}, "邉\U000e0110"), ({"code": "u+9089 u+e010f"}, "邉\U000e010f"), ({"code": "U+20BB7"}, "𠮷"),
        ({"reading": "くづ", "fewest": "11", "most": "12"}, "葛"),
    ],
    ids=lambda value: "・".join(value) if isinstance(value, dict) else None,
)  # fmt: skip
def test_打てない文字を読みと部品と部首と画数と番号と異体字から探せる(typed: dict[str, str], wanted: str):
    """N-2.1.3-29."""
    assert wanted in found(**typed)


def test_見つかる文字は異体字の字形も一つずつ出る():
    """N-2.2.3-01: every form that the certificate's font has, to be compared by eye."""
    assert found(variant="辻")[:2] == ["辻", OTHER_TSUJI]  # E0103 is the plain glyph again
    assert len(found(variant="邉")) >= 16


@pytest.mark.parametrize("typed", [{"code": "MJ999999"}, {"code": "U+E010F"}, {"code": "U+9089 U+E0100"}, {"code": "渡"}, {"fewest": "十"}])
def test_読めない条件とフォントにない文字はその項目で断る(typed: dict[str, str]):
    shown, problems = find(BoundForm(SEARCH, typed))
    assert not shown and [problem.field for problem in problems] == [*typed]


def test_字形の似た二字は文字コードとMJ番号が異なる():
    """N-2.2.3-03: the two forms of 辻."""
    one, two = (look_up(cluster, CityTables()) for cluster in ("辻", OTHER_TSUJI))
    assert one.codes != two.codes and one.mj_number != two.mj_number and one.mj_number.startswith("MJ")
    assert one.kanji is not None and (one.kanji.radical_character, one.kanji.kun) == ("辵", ("ツジ",))


@pytest.mark.parametrize(
    ("character", "level"), [("亜", "第1水準"), ("邉", "第2水準"), ("𠀋", "第3水準"), ("𠂉", "第4水準"), ("髙", "水準外"), ("あ", "非漢字")]
)
def test_水準はJISX0213のとおり(character: str, level: str):
    assert jis_level(character) == level


def test_代替文字は市の表が先で表から外せば縮退マップに戻る():
    """spec/domain.md 6."""
    tables = CityTables(substitutes={"髙": "隆"}, variants={"髙": "高"})
    assert (look_up("髙", tables).substitute, look_up("髙", tables).of_city, look_up("髙", CityTables()).substitute) == ("隆", "高", "高")
    assert substitute("髙橋", {"髙": "隆"}).text == "隆橋" and substitute("髙橋").text == "高橋"


def test_画面は文字を大きく示し氏名をURLに出さない(clerk_client):
    """N-2.2.3-02."""
    page = clerk_client.post("/ui/characters/", {"text": "渡邉\U000e010f　花子"}).content.decode()
    glyphs = re.findall(r'<h2 id="character-\d" class="character__glyph name-glyph">(.+?)</h2>', page)
    assert glyphs == ["渡", "邉\U000e010f", "花", "子"]
    assert "U+9089 U+E010F" in page and "MJ026190" in page
    assert 'method="post" action="/ui/characters/"' in page


def test_窓は見つけた字形を入力欄に入れるボタンにする(clerk_client):
    """N-2.2.3-01, N-2.1.3-29: server-rendered; picker.js puts data-insert at the cursor (tests/journeys/browser/scenes/walk.py)."""
    inside = clerk_client.post("/ui/characters/picker", {"variant": "高"}).content.decode()
    assert 'data-insert="髙"' in inside and "<html" not in inside
    assert "当てはまる文字はありません" in clerk_client.post("/ui/characters/picker", {"reading": "ヌヌヌ"}).content.decode()
