"""検索条件の読取り — what a form of search means, before anybody is looked for. std 2.1.3."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.search_birth import read_birth
from daicho.residents.rules.search_keys import SearchForm, read_search
from daicho.residents.rules.search_marks import REMOVALS, UNFILLED_WORDS, marks_of
from daicho.residents.rules.search_slips import birth_slips, name_slips
from daicho.values.dates import BadDate, JapaneseDate


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("S55.3.9", date(1980, 3, 9), date(1980, 3, 9)),
        ("昭和55年", date(1980, 1, 1), date(1980, 12, 31)),
        ("1980-03", date(1980, 3, 1), date(1980, 3, 31)),
        ("平成元年", date(1989, 1, 8), date(1989, 12, 31)),
        ("S55.3.1～S55.3.31", date(1980, 3, 1), date(1980, 3, 31)),
        ("昭和55年 ～ 1985年", date(1980, 1, 1), date(1985, 12, 31)),
        ("S55から平成元年まで", date(1980, 1, 1), date(1989, 12, 31)),
        ("S55～", date(1980, 1, 1), date.max),
        ("～昭和55年3月", date.min, date(1980, 3, 31)),
        ("昭和20年3月1日から3月5日頃までの間", date(1945, 3, 1), date(1945, 3, 5)),
    ],
)
def test_生年月日は日でも月でも年でも期間でもよい(typed, first, last):
    """N-2.1.3-08, N-2.1.3-09, N-2.1.3-30."""
    asked = read_birth(typed)
    assert (asked.first, asked.last, asked.is_uncertain) == (first, last, False)


def test_不詳は日まで分からない人を指す():
    assert read_birth("不詳").is_uncertain


@pytest.mark.parametrize("typed", ["S60～S55", "～", "S55～あす", "昨日"])
def test_読み取れない期間は断る(typed):
    with pytest.raises(BadDate):
        read_birth(typed)


def _marks(**form: str) -> tuple[tuple[str, ...], ...]:
    keys, problems = read_search(SearchForm(**form))
    assert not problems, problems
    return keys.marks


WIFE = SheetEntries(
    name_kanji="小樽　花子", name_kana="オタル　ハナコ", birth_date=JapaneseDate.parse("S60.3.9"), sex_code="2", relationship="妻（未届）", resident_kind="1",
    householder_name="小樽　太郎", household_no="1", address="北海道小樽市花園2丁目1番1号", address_town_code="01203001002", juminhyo_code=1, individual_number=2,
)  # fmt: skip


@pytest.mark.parametrize("typed", ["妻（未届）", "妻(未届)", " 妻（未届） "])
def test_続柄は書かれたとおりで妻と妻_未届_は別である(typed):
    """N-2.1.3-11."""
    [(asked,)] = _marks(relationship=typed)
    assert asked in marks_of(WIFE) and asked not in marks_of(replace(WIFE, relationship="妻"))


def test_住所コードは11桁で1桁違えば別である():
    """N-2.1.3-13."""
    [(asked,)] = _marks(town_code="０１２０３００１００２")
    assert asked in marks_of(WIFE) and _marks(town_code="01203001003")[0][0] not in marks_of(WIFE)
    assert read_search(SearchForm(town_code="0120300100"))[1][0][0] == "town_code"


def test_未入力の項目は無いべきでないものが無いときだけである():
    """N-2.1.3-28: who has no 旧氏 lacks no フリガナ of it."""
    assert [one for one in marks_of(WIFE) if one.startswith("un")] == ["unbuilding"]
    bare = replace(WIFE, name_kana=None, sex_code=None, birth_date=None, former_surname="山田")
    assert {"unkana", "unsex", "unbirth", "unformer_surname_kana"} <= set(marks_of(bare))
    foreign = marks_of(SheetEntries(resident_kind="2", foreign_name_kanji="王　偉"))
    assert {"unkana", "unalphabet", "unnationality", "unresidence_card_no"} <= set(foreign) and "unname" not in foreign
    assert len(dict(UNFILLED_WORDS)) == len(UNFILLED_WORDS)


def test_消除した事由は除票だけを指し現存とは合わせられない():
    """N-2.1.3-17; 転出 stands for every kind of it."""
    keys, problems = read_search(SearchForm(removal_reason="left"))
    assert (keys.standing, problems) == ("closed", ())
    assert keys.marks == (("rrmove_out", "rrmove_out_abroad", "rrspecial_move_out"),)
    assert read_search(SearchForm(removal_reason="death", standing="open"))[1][0][0] == "removal_reason"
    assert len({code for code, _, _ in REMOVALS}) == len(REMOVALS)


@pytest.mark.parametrize("form", [{"sex": "1"}, {"address": "花園"}, {"birth": "S55"}, {"name": "花"}, {"town_code": "01203001002"}, {"unfilled": "kana"}])
def test_どの条件も一つだけで探せる(form):
    """std 2.1.3; spec/domain.md §13: free combination in the register, two keys only of 本人確認情報 (F-2-03)."""
    assert read_search(SearchForm(**form))[1] == ()


def test_住所だけなら2文字以上であとは何文字でもよい():
    assert read_search(SearchForm(address="緑"))[1][0][0] == "address"
    assert read_search(SearchForm(address="緑", birth="S55.3.9"))[1] == read_search(SearchForm(address="緑1"))[1] == ()


def test_市の外字は登録した異体字でも探せ登録がなければ探せない():
    """N-2.1.2-15, as far as the search: the city's table is given by who asks."""
    gaiji = "\ue001"
    keys = read_search(SearchForm(name="渡辺"), variants={"辺": (gaiji,)})[0]
    assert keys.name is not None and f"渡{gaiji}" in keys.name.keys
    keys = read_search(SearchForm(name="渡辺"))[0]
    assert keys.name is not None and f"渡{gaiji}" not in keys.name.keys


def _near(typed: str, **more: str) -> set[str]:
    slips = name_slips(read_search(SearchForm(name=typed, **more))[0])
    return set(slips.patterns) if slips else set()


def test_氏名の打ち違いは一文字まで許す():
    """決定0035: one wrong, missing or too many, or two neighbours changed about; not two slips, not in a word of two characters."""
    assert _near("アサノ") == {"_サノ", "ア_ノ", "アサ_", "_アサノ", "ア_サノ", "アサ_ノ", "アサノ_", "サノ", "アノ", "アサ", "サアノ", "アノサ"}
    assert _near("オタ") == _near("太田") == _near("ア゛゛゛") == _near("ア" * 61) == set() and _near("サトウ", match="exact") == set()


def test_打ち違いは読み替える前の字で数える():
    """サウト is サトウ with two kana changed about, although ウ is heard as オ only in one of them."""
    assert "サトオ" in _near("サウト") and "サ_オト" in _near("サウト") | _near("サトウト")
    assert "ク_オイチ" in _near("クウイチ") | _near("ククウイチ")


def test_ローマ字はどの語の打ち違いでも残りの語の順を問わない():
    near = _near("zhang yulni")
    assert "YULIN ZHANG" in near and "ZHANGYULIN" in near and "_ULNI ZHANG" in near and "ZHANG _ULNI" in near and "YULNI ZHAN" in near


def test_打ち違いの索引は要るものだけを尋ねる():
    """Each pattern holds all of one list of grams, or nobody would be found by it."""
    slips = name_slips(read_search(SearchForm(name="ハナゾノタロウ"))[0])
    assert slips is not None
    for pattern in slips.patterns:
        parts = pattern.split("_")
        held = {part[at : at + 2] for part in parts for at in range(len(part) - 1)}
        assert any(set(grams) <= held for grams in slips.grams), pattern
    assert len(slips.grams) < 16


@pytest.mark.parametrize("meant", ["S55.3.9", "S53.3.9", "1980-09-03", "S50.3.9", "1908-03-09"])
def test_生年月日の打ち違いは一桁か入替りか月日の逆か元号まで許す(meant):
    """決定0035: typed 昭和55年3月9日."""
    slips = birth_slips(read_search(SearchForm(name="ハナ", birth="S55.3.9"))[0])
    day = JapaneseDate.parse(meant).first
    assert (day in slips) == (meant != "S55.3.9") and len(slips) < 150
    assert birth_slips(read_search(SearchForm(name="ハナ", birth="S55"))[0]) == {}


def test_元号の打ち違いはその元号にある日だけを指す():
    """決定0035: 昭和5年 may be 平成5年; 昭和48年 with its digits changed about would be a 昭和84年, which never was."""
    of_5 = birth_slips(read_search(SearchForm(name="ハナ", birth="昭和5年3月9日"))[0])
    assert date(1993, 3, 9) in of_5 and date(2023, 3, 9) in of_5
    assert date(2009, 3, 9) not in birth_slips(read_search(SearchForm(name="ハナ", birth="昭和48年3月9日"))[0])


def test_月日の逆や数字の入替りは一桁の誤りより少ない():
    slips = birth_slips(read_search(SearchForm(name="ハナ", birth="1980-03-09"))[0])
    assert slips[date(1980, 9, 3)] == slips[date(1908, 3, 9)] < slips[date(1980, 3, 8)] == slips[date(1981, 3, 9)]
