"""氏名・振り仮名・代替文字. 住基法7条1号・1号の2, std 1.1.18, spec/domain.md 1.1.10–1.1.12, 4.2, 6."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daicho.values.characters import UNKNOWN_CHARACTER, characters, gaiji_count, in_jis_x_0213, substitute
from daicho.values.kana import UnnotarisedTexts
from daicho.values.names import BadKana, BadName, Furigana, Notarised, OtherName, PersonName, kana_problems, parse_kana, to_katakana

YES, NO = Notarised.YES, Notarised.NO
surnames = st.text(max_size=8).filter(lambda text: "\u3000" not in text)


@given(surnames, st.text(max_size=8))
def test_氏名は与えられたとおりに1つの文として持つ(surname: str, given: str) -> None:
    """spec/domain.md 6: no NFC or NFKC, ever; 氏 and 名 come back code point by code point."""
    name = PersonName.japanese(surname, given)
    assert name.parts == (surname, given)
    assert name.text == (f"{surname}\u3000{given}" if surname or given else "")


def test_正規化すれば変わる文字もそのまま残る() -> None:
    """spec/domain.md 6: 神 U+FA19 and 葛+E0102 are what the family register says."""
    name = PersonName.japanese("神\U000e0100田", "葛\U000e0102か\u3099")
    assert unicodedata.normalize("NFC", name.text) != name.text
    assert name.text == "神\U000e0100田　葛\U000e0102か\u3099"


def test_氏に全角空白は使えない() -> None:
    with pytest.raises(BadName, match="氏に全角空白"):
        PersonName.japanese("小　樽", "花子")


def test_名が未定の者は氏だけで持てる() -> None:
    """N-1.1.6-19: 氏名 may be blank in part or whole."""
    assert PersonName.japanese("小樽", "").legal == "小樽"
    assert PersonName().is_blank
    assert not PersonName.japanese("小樽", "").is_blank
    assert PersonName.japanese("", "").is_blank


@pytest.mark.parametrize(
    ("surname_state", "given_state", "printed"),
    [
        (YES, YES, "オタル　ハナコ"),
        (YES, NO, "オタル　【名空欄】"),
        (NO, YES, "【氏空欄】　ハナコ"),
        (NO, NO, "********"),
    ],
)
def test_公証されていない振り仮名は印字しない(surname_state: Notarised, given_state: Notarised, printed: str) -> None:
    """spec/domain.md 1.1.11, 4.2."""
    furigana = Furigana("オタル", "ハナコ", surname_state, given_state)
    assert furigana.printed() == printed
    assert furigana.notarised == (printed == "オタル　ハナコ")
    assert furigana.text == "オタル　ハナコ"


def test_未公証の文言は市が決める() -> None:
    """spec/domain.md 13: the texts are the city's."""
    texts = UnnotarisedTexts("（未公証）", "（氏なし）", "（名なし）")
    assert Furigana("オタル", "ハナコ").printed(texts) == "（未公証）"
    assert Furigana("オタル", "", YES, YES).printed(texts) == "オタル　（名なし）"


@given(st.sampled_from(["オタル", "", "ヴァン"]), st.sampled_from(["ハナコ", "", "ユーコ"]), st.sampled_from(Notarised), st.sampled_from(Notarised))
def test_振り仮名は1つの文と2つの状態から戻る(surname: str, given: str, one: Notarised, two: Notarised) -> None:
    furigana = Furigana(surname, given, one, two)
    assert Furigana.from_text(furigana.text, one, two) == furigana


def test_三つのフリガナの確認フラグは互いに独立である() -> None:
    """N-1.1.18-01 to -03."""
    name = PersonName.japanese("小樽", "花子", Furigana("オタル", "ハナコ"), former_surname=OtherName("山田", "ヤマダ", kana_confirmed=True))
    assert name.former_surname is not None
    assert name.former_surname.kana_confirmed
    assert not name.kana_confirmed
    foreign = PersonName.foreign(
        "ZHANG YULIN", "張　玉蓮", katakana="チャン　ユウリン", alias=OtherName("住民　花子", "ジュウミン　ハナコ"), kana_confirmed=True
    )
    assert foreign.alias is not None
    assert foreign.kana_confirmed
    assert not foreign.alias.kana_confirmed
    assert foreign.problems() == ()


def test_ローマ字と漢字は併記する() -> None:
    """N-5.3-03."""
    assert PersonName.foreign("ZHANG YULIN", "張　玉蓮").legal == "ZHANG YULIN　張　玉蓮"
    assert PersonName.foreign("SMITH JOHN").legal == "SMITH JOHN"


def test_検索用カナは振り仮名とは別の項目である() -> None:
    """spec/domain.md 1.1.11: given apart, kept apart."""
    name = PersonName.japanese("東海林", "花子", Furigana("ショウジ", "ハナコ"), search_kana="トウカイリン　ハナコ")
    assert (name.search_kana, name.furigana and name.furigana.text) == ("トウカイリン　ハナコ", "ショウジ　ハナコ")
    assert PersonName.japanese("小樽", "花子", Furigana("オタル", "ハナコ")).search_kana == "オタル　ハナコ"


def test_誤りは全て挙げる() -> None:
    """Style 9: return all problems, not the first."""
    name = PersonName("小樽　花子", Furigana("小樽", "ーコ"), former_surname=OtherName("", "ヤマダ"), roman="OTARU", search_kana="おたる", katakana="x")
    says = "\n".join(name.problems())
    for part in (
        "両方が入力",
        "外国人住民に旧氏",
        "氏の振り仮名に使えない文字「小樽」",
        "名の振り仮名が小さい文字、長音",
        "旧氏の文字が入力",
        "カナ氏名に",
        "カタカナ表記に",
    ):
        assert part in says


@pytest.mark.parametrize(("typed", "kept"), [("おたる はなこ", "オタル　ハナコ"), ("ｵﾀﾙ　ﾊﾞﾅｺ", "オタル　バナコ"), ("ゔぁん", "ヴァン"), (" オタル ", "オタル")])
def test_ひらがなと半角はカタカナにして持つ(typed: str, kept: str) -> None:
    """N-1.1.18-04."""
    assert parse_kana(typed) == kept


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("小樽　ハナコ", "使えない文字「小樽」"),
        ("ABC", "使えない文字「ABC」"),
        ("ーコ", "長音「ー」"),
        ("ッコ", "小さい文字"),
        ("オタル　　ハナコ", "空白が続いて"),
        ("オタル１", "使えない文字「１」"),
    ],
)
def test_カタカナ以外の振り仮名は何が誤りかを言って断る(text: str, says: str) -> None:
    """N-1.1.18-04: refused, or turned into katakana."""
    with pytest.raises(BadKana) as refusal:
        parse_kana(text)
    assert says in str(refusal.value)


@given(st.text(max_size=10))
def test_読めた振り仮名には誤りがなく読み直しても変わらない(text: str) -> None:
    """N-1.1.18-04."""
    try:
        kana = parse_kana(text)
    except BadKana as refusal:
        problems = refusal.problems
        kana = ""
    else:
        problems = kana_problems(kana)
        assert problems == ()
    assert bool(problems) == (to_katakana(text.strip()) != kana)
    assert parse_kana(kana) == kana == to_katakana(kana)


# 代替文字・外字 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "instead", "count"),
    [
        ("髙島屋", "高島屋", 1),
        ("𠮷野", "吉野", 1),
        ("葛\U000e0102城", "葛城", 1),
        ("渡𨘢", "渡辺", 1),
        ("小樽　花子", "小樽　花子", 0),
        ("邉", "邉", 0),
        ("", "", 0),
    ],
)
def test_代替文字と外字の数(text: str, instead: str, count: int) -> None:
    """spec/domain.md 6 (縮退); C-05 (外字数). The stated set is JIS X 0213:2004."""
    assert substitute(text).text == instead
    assert substitute(text).unresolved == ()
    assert gaiji_count(text) == count == PersonName(text).gaiji_count
    assert PersonName(text).substitute == substitute(text)


def test_代替文字が無い字は何の字かを返す() -> None:
    """spec/domain.md 6: 〓 never goes to paper; a clerk learns which character it was."""
    found = substitute("小樽\ue000\U000e0100子")
    assert (found.text, found.unresolved) == (f"小樽{UNKNOWN_CHARACTER}子", ("\ue000\U000e0100",))


@given(
    st.text(
        alphabet=st.one_of(
            st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF),
            st.characters(min_codepoint=0x20000, max_codepoint=0x2A6DF),
            st.sampled_from("\U000e0100\U000e01ef\ufe00あA"),
        )
    )
)
def test_代替文字は字数を変えず全てJISX0213に収まる(text: str) -> None:
    """spec/domain.md 6: what goes to systems without the glyph."""
    found = substitute(text)
    assert len(found.text) == len(characters(text))
    assert "".join(characters(text)) == text
    assert all(in_jis_x_0213(c) for c in found.text)
    assert gaiji_count(found.text) == 0
    assert substitute(found.text).text == found.text
    assert len(found.unresolved) <= gaiji_count(text) <= len(characters(text))
