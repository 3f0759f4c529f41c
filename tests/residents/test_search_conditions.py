"""検索の条件 — each key of the search, and several together. std 2.1.3."""

from __future__ import annotations

import pytest

from daicho.residents.models import Person, SheetCurrent
from daicho.residents.rules.search_keys import SearchForm, read_search
from tests.cast import FAMILY, HANAKO, ICHIRO, JIRO, TARO
from tests.residents.counter import move_in_form, register
from tests.residents.test_search_words import foreigner, lives, names

pytestmark = pytest.mark.django_db


def test_旧氏とそのフリガナで見つかる():
    """N-2.1.3-03, N-2.1.3-06."""
    lives("小樽　花子", "オタル　ハナコ", former_surname="山田", former_surname_kana="ヤマダ")
    lives("札幌　花子", "サッポロ　ハナコ")
    assert names(name="山田") == names(name="ヤマダ") == names(name="やまた") == ["小樽　花子"]


def test_通称とそのフリガナで見つかる():
    """N-2.1.3-04, N-2.1.3-07; N-2.1.2-13: with either space, and without."""
    foreigner("ZHANG YULIN", foreign_alias="住民　花子", foreign_alias_kana="ジュウミン　ハナコ")
    foreigner("ZHAO LI", foreign_alias="住民 太郎", foreign_alias_kana="ジュウミン　タロウ")
    for typed in ("住民　花子", "住民 花子", "住民花子", "ジュウミン ハナコ", "じゅうみんはなこ", "花子", "ハナコ"):
        assert names(name=typed) == ["ZHANG YULIN"], typed
    assert len(names(name="住民")) == 2
    assert names(name="住民　太郎") == names(name="住民 太郎") == ["ZHAO LI"]


def test_西暦と和暦のどちらの生年月日でも両方の暦の人が見つかる():
    """N-2.1.3-08, N-2.1.3-09."""
    lives("小樽　花子", "オタル　ハナコ", birth="昭和60年3月9日")
    foreigner("OTARU HANNA", birth_date="1985年3月9日", foreign_name_katakana="オタル　ハンナ")
    for typed in ("1985年3月9日", "1985-03-09", "昭和60年3月9日", "S60.3.9"):
        assert set(names(name="オタル", birth=typed)) == {"小樽　花子", "OTARU HANNA"}, typed
    assert names(name="オタル", birth="S60.3.10") == []


def test_性別や住所や生年月日を重ねるとすべてを満たす人だけ():
    """N-2.1.3-10, N-2.1.3-25, N-2.1.3-01."""
    register("domestic_move_in", move_in_form(FAMILY))
    lives("花園　桜", "ハナゾノ　サクラ", address="色内1丁目3番5号")
    lives("札幌　花子", "サッポロ　ハナコ")
    assert set(names(name="花園", sex="1")) == {TARO.name, ICHIRO.name, JIRO.name}
    assert set(names(name="花園", sex="2")) == {HANAKO.name, "花園　桜"}
    assert names(name="花園", sex="2", address="色内") == ["花園　桜"]
    assert names(name="花園", sex="2", address="色内", birth="昭和55年") == ["花園　桜"]
    assert names(name="花園", sex="2", address="色内", birth="昭和56年") == names(name="札幌", address="色内") == []


def test_宛名番号と世帯番号で見つかる():
    """N-2.1.3-15, N-2.1.3-16."""
    register("domestic_move_in", move_in_form(FAMILY))
    lives("札幌　花子", "サッポロ　ハナコ")
    row = SheetCurrent.objects.get(name_kanji=HANAKO.name)
    assert names(atena_no=Person.objects.get(pk=row.person_id).atena_no) == [HANAKO.name]
    assert set(names(household_no=row.household_no or "")) == {person.name for person in FAMILY}


def test_番地の横棒を区別しない():
    """N-2.1.2-12."""
    for name, lot in (("一　愛", "1ｰ2"), ("二　愛", "1-2"), ("三　愛", "1－2"), ("四　愛", "1番2号")):
        lives(name, address=f"花園2丁目{lot}")
    for typed in ("1ｰ2", "1-2", "１－２", "花園二丁目1‐2"):
        assert len(names(address=typed, birth="S55.3.9")) == 4, typed


@pytest.mark.parametrize("typed", ["（株）", "㈱", "（有）花園", "(株)"])
def test_株などの記号では検索できない(typed):
    """N-2.1.2-17."""
    lives("花園　桜", "ハナゾノ　サクラ")
    problems = read_search(SearchForm(name=typed))[1]
    assert [field for field, _ in problems] == ["name"] and "記号は検索に使えません" in problems[0][1]


def test_氏だけで探しても別の氏の人は出ない():
    """N-2.1.3-01, N-2.1.3-05: 小樽 does not bring 札幌."""
    lives("小樽　花子", "オタル　ハナコ")
    lives("札幌　花子", "サッポロ　ハナコ")
    assert names(name="小樽") == names(name="オタル") == ["小樽　花子"]
