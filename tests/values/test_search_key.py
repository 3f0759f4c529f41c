"""検索キー — every rule of the lenient search, and that nothing else is held equal. std 2.1.2 (N-2.1.2-*), spec/domain.md 6."""

from __future__ import annotations

import itertools

import jaconv
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from daicho.values.search_key import MAX_ALTERNATIVES, BadQuery, Match, SearchKind, expand, grams, like_pattern, query_grams, search_key

KANA, NAME, ROMAN, ADDRESS = SearchKind.KANA, SearchKind.NAME, SearchKind.ROMAN, SearchKind.ADDRESS


def found(query: str, stored: str, kind: SearchKind = KANA) -> bool:
    """完全一致: the query finds the stored text."""
    return search_key(stored, kind) in expand(query, kind)


def part_found(query: str, stored: str, kind: SearchKind = KANA) -> bool:
    """部分一致, as the database does it: first the grams, then the text."""
    key, held = search_key(stored, kind), set(grams(search_key(stored, kind)))
    return any(set(query_grams(wanted)) <= held and _like(like_pattern(wanted, Match.PART), key) for wanted in expand(query, kind))


def _like(pattern: str, text: str) -> bool:
    pieces, place = pattern.strip("%").split("%"), 0
    for piece in pieces:
        at = text.find(piece, place)
        if at < 0:
            return False
        place = at + len(piece)
    return True


@pytest.mark.parametrize("stored", ["ハヤシ", "バヤシ", "パヤシ"])
def test_清音濁音半濁音を区別しない(stored: str) -> None:
    """N-2.1.2-02."""
    assert found("ハヤシ", stored)


PAIRS = [("ヂ", "ジ"), ("ズ", "ヅ"), ("ワ", "ハ"), ("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴ", "ブ"), ("オ", "ヲ"), ("ヒ", "ピ")]


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize("frame", ["{}", "カ{}ン", "{}ル", "ミ{}"])
def test_同一視する8組はどちらで探しても双方が返る(one: str, other: str, frame: str) -> None:
    """N-2.1.2-03."""
    texts = frame.format(one), frame.format(other)
    assert all(found(query, stored) for query, stored in itertools.product(texts, texts))


def test_ヂはチともジとも一致しシとチは一致しない() -> None:
    """spec/domain.md 6, 13: not transitive. N-2.1.2-02 with N-2.1.2-03."""
    assert found("カヂ", "カチ")
    assert found("カチ", "カヂ")
    assert found("カヂ", "カジ")
    assert found("カジ", "カヂ")
    assert not found("カシ", "カチ")
    assert not found("カチ", "カシ")
    assert not found("カジ", "カチ")
    assert not found("カチ", "カジ")
    assert found("ミツ", "ミヅ")
    assert found("ミズ", "ミヅ")
    assert not found("ミス", "ミツ")
    assert not found("ミツ", "ミズ")


@pytest.mark.parametrize(("query", "stored"), [("キヨウコ", "キョウコ"), ("ハツトリ", "ハットリ"), ("シヤユミ", "シャュミ"), ("ハットリ", "ハツトリ")])
def test_拗音促音の大小を区別しない(query: str, stored: str) -> None:
    """N-2.1.2-04."""
    assert found(query, stored)


def test_完全一致と部分一致() -> None:
    """N-2.1.2-05, N-2.1.2-06."""
    assert found("オタ", "オタ")
    assert not found("オタ", "オタル")
    assert part_found("オタル", "キタオタル　ハナコ")
    assert part_found("オタ", "オタル")
    assert not part_found("オタル", "オタ")


def test_氏と名の間の空白を区別しない() -> None:
    """N-2.1.2-08, N-2.1.2-13."""
    for query in ("オタル　ハナコ", "オタル ハナコ", "オタルハナコ"):
        assert found(query, "オタル　ハナコ")
    assert found("小樽花子", "小樽　花子", NAME)
    assert found("小樽 花子", "小樽　花子", NAME)


def test_2文字目以降のウは直前がオ段ならオとする() -> None:
    """N-2.1.2-09."""
    assert found("オウタ", "オオタ")
    assert found("コウノ", "コオノ")
    assert found("キョウコ", "キョオコ")
    assert not found("ウエダ", "オエダ")
    assert not found("スウ", "スオ")
    assert search_key("ウエダ", KANA) == "ウエタ"


@pytest.mark.parametrize("mark", list("ー―－‐ｰ-−–—"))
def test_長音の有無と横棒の種類を区別しない(mark: str) -> None:
    """N-2.1.2-10, N-2.1.2-11."""
    assert found("ユコ", f"ユ{mark}コ")
    assert found(f"ユ{mark}コ", "ユコ")
    assert found("ユーコ", f"ユ{mark}コ")


@pytest.mark.parametrize("mark", list("ー―－‐ｰ-−–"))
def test_番地の横棒の種類を区別しない(mark: str) -> None:
    """N-2.1.2-12."""
    assert found("1-2", f"1{mark}2", ADDRESS)
    assert not found("12", f"1{mark}2", ADDRESS)


@pytest.mark.parametrize("query", ["おたる", "ｵﾀﾙ", "ｵﾀﾞﾙ", "オタ\u3099ル", "おだる"])
def test_ひらがなや半角でも探せる(query: str) -> None:
    """N-2.1.2-01, N-2.1.2-13 (width)."""
    assert found(query, "オタル")


@pytest.mark.parametrize("stored", [*"邊边邉𨘢", "邉\U000e0101", "辺\U000e0100"])
def test_辺の異体字(stored: str) -> None:
    """N-2.1.2-14."""
    assert found("渡辺", "渡" + stored, NAME)
    assert found("渡" + stored, "渡辺", NAME)


@pytest.mark.parametrize("group", ["浜濱濵滨", "藤䕨籘籐", "斎齋齊斉", "高髙", "崎﨑", "吉𠮷", "島嶋嶌", "沢澤", "桜櫻", "広廣", "国國", "竜龍"])
def test_異体字はどの字で探しても返る(group: str) -> None:
    """N-2.1.2-14; spec/domain.md 6; MJ縮退マップ."""
    assert len({search_key(c, NAME) for c in group}) == 1


@pytest.mark.parametrize("pair", ["玉王", "功切", "師帥", "書昼", "大太", "土士", "未末", "田由", "伝傅", "頻浜", "宍肉", "関姦", "英虹"])
def test_違う字は同じとみなさない(pair: str) -> None:
    """The table folds one character to one: rare glyphs and simplified forms must not join different names."""
    assert search_key(pair[0], NAME) != search_key(pair[1], NAME)


def test_IVSの枠は無視する() -> None:
    """spec/domain.md 6: 葛 with and without a selector; every one of U+E0100–E01EF."""
    assert {search_key(f"葛{chr(code)}城", NAME) for code in range(0xE0100, 0xE01F0)} == {search_key("葛城", NAME)}


def test_外字は市の異体字表を先に重ねて探す() -> None:
    """N-2.1.2-15: a character of the city's own, registered with its variant 辺."""
    own = {0xE000: "辺"}
    assert found("渡辺", "渡\ue000".translate(own), NAME)
    assert not found("渡辺", "渡\ue000", NAME)


@pytest.mark.parametrize("symbol", ["（株）", "㈱", "（有）", "(株)小樽"])
@pytest.mark.parametrize("kind", list(SearchKind))
def test_株などの記号では検索できない(symbol: str, kind: SearchKind) -> None:
    """N-2.1.2-17."""
    with pytest.raises(BadQuery, match="記号"):
        expand(symbol, kind)


@pytest.mark.parametrize("query", ["ZHANG YULIN", "yulin zhang", "Ｚｈａｎｇ　Ｙｕｌｉｎ", "ZHANGYULIN", "ZHANG YU LIN", "Yulin-Zhang"])
def test_ローマ字は空白と順序と大小文字を区別しない(query: str) -> None:
    """N-2.1.3-02; spec/domain.md 6."""
    assert found(query, "ZHANG YULIN", ROMAN)


def test_ローマ字の一部の語で探せる() -> None:
    """N-2.1.3-02."""
    assert part_found("zhang", "ZHANG YULIN", ROMAN)
    assert part_found("JOHN SMITH", "SMITH JOHN PAUL", ROMAN)
    assert part_found("jose o'brien", "O'BRIEN JOSÉ", ROMAN)
    assert not part_found("ZHANG LI", "WANG YULIN", ROMAN)


@pytest.mark.parametrize(
    "query", ["花園二丁目", "花園2丁目", "花園２丁目１番１号", "花園2-1-1", "花園二", "花園2", "青空荘", "青空荘101", "小樽市花園", "花園二丁目１－１ 青空荘"]
)
def test_住所は丁目や番地の書き方を区別せず一部で探せる(query: str) -> None:
    """N-2.1.3-12, N-2.1.3-14, N-2.1.3-26."""
    assert part_found(query, "北海道小樽市花園二丁目1番1号　青空荘101号", ADDRESS)


@pytest.mark.parametrize("query", ["花園2丁目", "花園二丁目", "花園2", "三条", "花園1"])
def test_住所の数字は途中で一致しない(query: str) -> None:
    """花園2丁目 must not find 花園21番地; 三条 must not find 3番地."""
    assert not part_found(query, "小樽市花園21番地3", ADDRESS)


def test_検索の誤りになるほど候補が多いときは断る() -> None:
    """A part of the answers would be worse than a refusal."""
    assert len(expand("ツヅキ チヅコ", KANA)) == 36
    with pytest.raises(BadQuery, match="氏と名を分ける"):
        expand("ヅ" * 6, KANA)


def test_空の語は何も探さない() -> None:
    assert [expand(text, kind) for text in ("", "　", "・") for kind in (KANA, NAME, ROMAN)] == [()] * 9
    assert query_grams("") == ()
    assert grams("") == ()


def test_LIKEの記号は文字として探す() -> None:
    assert like_pattern("100%_", Match.PART) == r"%100\%\_%"
    assert like_pattern("ア", Match.PREFIX) == "ア%"
    assert like_pattern("ア", Match.EXACT) == "ア"


def test_gramsは1字と隣り合う2字を一度ずつ() -> None:
    """Parts: 1+2-grams for the GIN column; a single character asks by itself."""
    assert grams("ココア") == ("コ", "ア", "ココ", "コア")
    assert query_grams("ココア") == ("ココ", "コア")
    assert query_grams("渡") == ("渡",)
    assert query_grams("SMITH JOHN") == ("SM", "MI", "IT", "TH", "JO", "OH", "HN")


# Properties -----------------------------------------------------------------------------------------------------------

katakana = st.text(alphabet=[chr(c) for c in range(0x30A1, 0x30FB)] + ["ー", "　", "・"], max_size=12)
few_ji = katakana.filter(lambda text: sum(c in "チジヂツッズヅ" for c in text) <= 4)
anything = st.text(max_size=20)
names = st.text(
    alphabet=st.one_of(st.characters(min_codepoint=0x3041, max_codepoint=0x30FF), st.sampled_from("渡邉邊辺髙高齋藤葛\U000e0100 　Ａaー")), max_size=12
)


@given(anything | katakana | names, st.sampled_from(list(SearchKind)))
@example("コウウ", KANA)
@example("花園二丁目", ADDRESS)
@example("1番2の3", ADDRESS)
def test_キーのキーは同じキーである(text: str, kind: SearchKind) -> None:
    """Rebuilding from keys changes nothing."""
    key = search_key(text, kind)
    assert search_key(key, kind) == key


@given(few_ji | names.filter(lambda text: sum(c in "チジヂツッズヅちじぢつっずづ" for c in text) <= 4), st.sampled_from([KANA, NAME]))
def test_登録したとおりに探せば必ず返る(text: str, kind: SearchKind) -> None:
    """N-2.1.2-05: no rule of the lenient search may lose an exact entry; the first alternative is the key itself."""
    alternatives = expand(text, kind)
    key = search_key(text, kind)
    assert alternatives[:1] == ((key,) if key else ())
    assert len(set(alternatives)) == len(alternatives) <= MAX_ALTERNATIVES


@given(few_ji, st.data())
def test_どの同一視で書き換えても返る(text: str, data: st.DataObject) -> None:
    """N-2.1.2-02 to -13 together: the stored name is the queried one rewritten at random by the rules."""
    equal = {
        "カ": "カガ",
        "キ": "キギ",
        "ト": "トド",
        "ハ": "ハバパワ",
        "ヒ": "ヒビピ",
        "オ": "オヲォ",
        "ヤ": "ヤャ",
        "ヨ": "ヨョ",
        "ジ": "ジヂシ",
        "チ": "チヂ",
        "ズ": "ズヅス",
        "ヅ": "ヅツズ",
    }
    stored = "".join(data.draw(st.sampled_from(equal.get(c, c))) for c in text if c not in "ー　・")
    spaced = "".join(c + data.draw(st.sampled_from(["", "　", " ", "ー", "－"])) for c in stored)
    assert not stored or "ヴ" in stored or found(text, spaced)


@given(katakana.filter(lambda text: "ヴ" not in text and "ヷ" not in text and not set(text) & set("ヸヹヺヵヶ")))
def test_半角とひらがなは全角カタカナと同じキーになる(text: str) -> None:
    """N-2.1.2-11 to -13 (width); jaconv as a second opinion on the conversion."""
    assert search_key(jaconv.z2h(text), KANA) == search_key(text, KANA) == search_key(jaconv.kata2hira(text), KANA)


@given(few_ji, st.integers(0, 8), st.integers(1, 8))
def test_キーの一部は必ずgramsで絞り込める(text: str, start: int, length: int) -> None:
    """Parts: the GIN condition may let too much through, never too little."""
    key = search_key(text, KANA)
    piece = key[start : start + length]
    assert set(query_grams(piece)) <= set(grams(key))


@given(st.text(alphabet="カキシチジヂスツズヅ", max_size=5), st.text(alphabet="カキシチジヂスツズヅ", max_size=5))
def test_一致は規則どおりでそれ以外では起きない(query: str, stored: str) -> None:
    """An oracle written as the relation itself: which stored kana each queried kana may find."""
    relation = {
        "カ": "カ",
        "キ": "キ",
        "シ": "シジ",
        "チ": "チヂ",
        "ジ": "ジシヂ",
        "ヂ": "ヂチジシ",
        "ス": "スズ",
        "ツ": "ツヅ",
        "ズ": "ズスヅ",
        "ヅ": "ヅツズス",
    }
    expected = len(query) == len(stored) and all(s in relation[q] for q, s in zip(query, stored, strict=True))
    assert found(query, stored) == (expected and bool(query))
