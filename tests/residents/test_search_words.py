"""検索の受入れ — each rule of the lenient search through the register: whom a word finds, and whom it does not. std 2.1.2, 2.1.3."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho import clock
from daicho.residents.commands import rebuilding
from daicho.residents.commands.terms import write_terms
from daicho.residents.models import SearchTerm, Sheet, SheetCurrent
from daicho.residents.queries import search_sql
from daicho.residents.queries.proof import prove
from daicho.residents.queries.search import Found, search
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.search_keys import SearchForm, read_search
from daicho.values.dates import JapaneseDate
from tests.cast import CLERK, NGUYEN, Role
from tests.residents.counter import before_the_font, move_in_form, register, relocation_form
from tests.residents.register_files import person, take_in

pytestmark = pytest.mark.django_db
AT_COUNTER = replace(CLERK, visit_no="1")
_numbers = count(100)


def lives(name: str, kana: str = "", birth: str = "昭和55年3月9日", **texts: str) -> str:
    """Moved in alone; the public id."""
    filing = {key: texts.pop(key) for key in ("address", "address_building", "previous_address", "previous_address_building") if key in texts}
    one = Role(next(_numbers), name, kana, birth, "2", "世帯主", {"kana_notarised": "" if not kana else "both", **texts})
    return str(register("domestic_move_in", move_in_form([one], **filing))[0].person.public_id)


def foreigner(name: str, **texts: str) -> str:
    one = replace(NGUYEN, index=next(_numbers), birth=texts.pop("birth_date", NGUYEN.birth))
    card = f"AB{one.index:08}CD"
    texts = {"foreign_name_alphabet": name, "residence_card_no": card, **texts}
    return str(register("domestic_move_in", move_in_form([replace(one, texts={**one.texts, **texts})]))[0].person.public_id)


def found(**form: str) -> Found:
    keys, problems = read_search(SearchForm(**form))
    assert not problems, problems
    return search(AT_COUNTER, keys)


def names(**form: str) -> list[str]:
    """Who is as was typed; もしかして is another matter."""
    as_typed = found(**form)
    return [] if as_typed.perhaps else [shown_name(hit.entries) or "" for hit in as_typed.hits]


def test_清音濁音半濁音の違いを無視する():
    """N-2.1.2-01, N-2.1.2-02."""
    for name, kana in (("林　一", "ハヤシ　イチ"), ("早矢　二", "バヤシ　ニ"), ("矢　三", "パヤシ　サン")):
        lives(name, kana)
    for typed in ("ハヤシ", "バヤシ", "パヤシ", "はやし", "ﾊﾞﾔｼ"):
        assert set(names(name=typed)) == {"林　一", "早矢　二", "矢　三"}, typed


@pytest.mark.parametrize(
    ("one", "other"),
    [("ヂ", "ジ"), ("ズ", "ヅ"), ("ワ", "ハ"), ("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴ", "ブ"), ("オ", "ヲ"), ("ヒ", "ピ"), ("キヨ", "キョ"), ("ハツ", "ハッ")],
)
def test_同じとみなす字はどちらで探しても双方が見つかる(one, other):
    """N-2.1.2-03, N-2.1.2-04."""
    lives("片　一", f"カタ　ア{one}リ")
    lives("片　二", f"カタ　ア{other}リ")
    assert set(names(name=f"ア{one}リ")) == set(names(name=f"ア{other}リ")) == {"片　一", "片　二"}


def test_四種の横棒を区別しない():
    """N-2.1.2-11; N-2.1.2-10: with the mark, and without it. 氏名 is kept as written, and so has its dashes."""
    for dash, given in zip("ー―－‐", ("一", "二", "三", "四"), strict=True):
        lives(f"{given}野　ユ{dash}コ")
    lives("五野　裕子", "ゴノ　ユコ")
    for typed in ("ユーコ", "ユ―コ", "ユ－コ", "ユ‐コ", "ユ-コ", "ﾕｰｺ", "ユコ", "ゆーこ"):
        assert len(names(name=typed)) == 5, typed
    problems = read_search(SearchForm(name="ー・"))[1]
    assert problems and "検索できる文字がありません" in problems[0][1]


def test_完全一致ではそのとおりの氏か名か氏名だけ():
    """N-2.1.2-05."""
    lives("太田　一", "オタ　ハジメ")
    lives("小樽　二", "オタル　ジロウ")
    lives("三木　太田", "ミキ　オタ")
    assert set(names(name="オタ")) == {"太田　一", "小樽　二", "三木　太田"}
    assert set(names(name="オタ", match="exact")) == {"太田　一", "三木　太田"}
    assert names(name="オタハジメ", match="exact") == names(name="オタ　ハジメ", match="exact") == ["太田　一"]
    assert names(name="小樽", match="exact") == ["小樽　二"]
    assert names(name="オタハ", match="exact") == []


def test_途中の文字でも見つかる():
    """N-2.1.2-06."""
    lives("北小樽　花子", "キタオタル　ハナコ")
    assert names(name="オタル") == names(name="小樽") == ["北小樽　花子"]


def test_名だけで探せ氏にまたがる人は出ない():
    """N-2.1.2-07: 花　子太郎 begins with 花子 only when the space is taken away."""
    for name, kana in (("小樽　花子", "オタル　ハナコ"), ("札幌　花子", "サッポロ　ハナコ"), ("花　子太郎", "ハナ　コタロウ")):
        lives(name, kana)
    for typed in ("花子", "ハナコ", "はなこ"):
        assert set(names(name=typed)) == {"小樽　花子", "札幌　花子"}, typed
        assert set(names(name=typed, birth="昭和55年3月9日")) == {"小樽　花子", "札幌　花子"}, typed
    assert names(name="花子太郎") == names(name="花 子太") == ["花　子太郎"]


def test_氏と名の間の空白を区別せず途中まででも見つかる():
    """N-2.1.2-08, N-2.1.2-13. ハナゾノタ is nobody's 氏 or 名: then it may be the beginning of both."""
    lives("小樽　花子", "オタル　ハナコ")
    for typed in ("小樽花子", "小樽　花子", "小樽 花子", "オタルハナコ", "オタル ハナコ", "オタルハ", "小樽花", "オタル　ハ"):
        assert names(name=typed) == ["小樽　花子"], typed


def test_二文字目以降のウは直前がオ段ならオとする():
    """N-2.1.2-09: also in the middle of a name, where the ウ of the query stands first; never at its beginning."""
    for name, kana in (("太田　浩平", "オオタ　コウヘイ"), ("河野　一", "コオノ　ハジメ"), ("上田　愛", "ウエダ　アイ"), ("尾枝　愛", "オエダ　アイ")):
        lives(name, kana)
    assert names(name="オウタ") == ["太田　浩平"]
    assert names(name="コウノ") == ["河野　一"]
    assert names(name="ウエダ") == ["上田　愛"]
    assert names(name="ウヘイ") == names(name="ウヘイ", birth="S55.3.9") == ["太田　浩平"]


def test_異体字でも探せる():
    """N-2.1.2-14."""
    forms = ("渡邊", "渡边", "渡邉", "渡\U00028622", "濱", "濵", "滨", "䕨", "籘", "籐")
    with before_the_font():
        for form in forms:
            lives(f"{form}　愛")
    assert {name[:-2] for typed in ("渡辺", "浜　愛", "藤　愛") for name in names(name=typed)} == set(forms)


def test_生年月日が不詳の人も年や日から見つかる():
    """N-2.1.3-30, N-1.1.8-15, -09: 平成元年 and 1989年 find both; the words stay as they were written."""
    lives("平　一", "タイラ　ハジメ", birth="平成元年5月1日")
    foreigner("TAIRA ANNA", birth_date="1989年 月日不詳", foreign_name_katakana="タイラ　アンナ")
    foreigner("TAIRA BEA", birth_date="年月日不詳", foreign_name_katakana="タイラ　ベア")
    lives("平　二", "タイラ　ジ", birth="昭和30年 月日不詳")
    for typed in ("平成元年", "H1", "1989年", "1989"):
        assert set(names(name="タイラ", birth=typed)) == {"平　一", "TAIRA ANNA", "TAIRA BEA"}, typed
    assert set(names(name="タイラ", birth="平成元年5月1日")) == {"平　一", "TAIRA ANNA", "TAIRA BEA"}
    assert set(names(name="タイラ", birth="昭和30年12月31日")) == {"平　二", "TAIRA BEA"}
    assert set(names(address="花園", birth="昭和30年")) == {"平　二", "TAIRA BEA"}
    assert set(names(name="タイラ", birth="昭和31年")) == {"TAIRA BEA"}
    [one] = [hit for hit in found(name="タイラ", birth="昭和30年").hits if hit.entries.name_kanji]
    assert str(one.entries.birth_date) == "昭和30年 月日不詳"


def test_不詳の生年月日は索引から見つかる():
    """The few of uncertain birth are found by the range of their days, not by reading everybody born before."""
    sql = search_sql.of_name(*_one_day("タイラ"), search_sql.Scope("012033", date(2026, 4, 10)), by_birth=True)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + sql.text, sql.parameters)
        plan = "\n".join(row for (row,) in cursor.fetchall())
    assert "search_term_birth" in plan and "search_term_uncertain" in plan, plan


def _one_day(name: str):
    keys = read_search(SearchForm(name=name, birth="平成元年5月1日"))[0]
    assert keys.name is not None
    return keys, keys.name, search_sql.anywhere(keys.name)


def test_前に住んでいた市外の住所でも見つかる():
    """N-2.1.3-31: the answer shows where they live now, and that the address is past."""
    lives("前　愛", "マエ　アイ", previous_address="北海道札幌市北区北十条西四丁目1番地", previous_address_building="北荘")
    for typed in ("札幌市北区", "北10条西4丁目", "北十条西４－１　北荘"):
        [hit] = found(address=typed, birth="昭和55年3月9日").hits
        assert (hit.past and hit.past.is_address, "小樽市花園" in (hit.entries.address or "")) == (True, True), typed
    assert names(name="マエ", address="札幌市北区") == ["前　愛"]
    assert prove().proven


def test_新しい票の氏名と古い票の住所を合わせて探せる(tmp_path):
    """N-2.1.3-27, -31, -25: the old and the new name, with the old and the new address, whichever sheet has it; the newest is shown."""
    old = {**person(7), "name_kanji": "旧姓　愛", "name_kana": "キュウセイ　アイ", "address": "北海道小樽市花園2丁目12番1号"}
    new = {**old, "name_kanji": "新姓　愛", "name_kana": "シンセイ　アイ", "address": "北海道小樽市色内1丁目3番5号", "juminhyo_no": "2000"}
    left = {**old, "recorded_at": "2012-03-25T09:00:00+09:00", "event_date": "H24-04-01", "closed_on": "20120401", "removal_reason_code": "move_out"}
    take_in(tmp_path, old, left, {**new, "recorded_at": "2013-01-10T09:00:00+09:00", "event_date": "H25-01-10", "opened_on": "20130110"})
    assert Sheet.objects.count() == 2
    for name in ("旧姓", "キュウセイ", "新姓", "シンセイ"):
        for address in ("花園2丁目", "色内1丁目"):
            assert names(name=name, address=address, birth="S55.3.9") == names(name=name, address=address) == ["新姓　愛"], (name, address)
    assert prove().proven


def test_旧い氏名でも今の人が特定される():
    """N-2.1.3-27: 転居 and the old address, with the present name and the other way round."""
    moved = lives("小樽　愛", "オタル　アイ", address="花園2丁目12番1号")
    with clock.at(date(2026, 5, 2)):
        register("relocation", relocation_form([moved]))
    [hit] = found(name="小樽", address="花園2丁目").hits
    assert (shown_name(hit.entries), hit.entries.address) == ("小樽　愛", "北海道小樽市色内1丁目3番5号")


def test_住所と方書はつないで探せる():
    """N-2.1.3-12, -14, -26."""
    lives("青空　愛", "アオゾラ　アイ", address="花園2丁目1番1号", address_building="青空荘１０１号")
    lives("隣　愛", "トナリ　アイ", address="花園2丁目1番1号")
    for typed in ("花園二丁目1番1号青空荘", "花園二丁目１－１ 青空荘", "青空", "1-1青空荘101", "青空荘101号"):
        assert names(address=typed, birth="S55.3.9") == ["青空　愛"], typed
    assert set(names(address="花園二丁目1番1号", birth="S55.3.9")) == {"青空　愛", "隣　愛"}
    assert {len(gram) for term in SearchTerm.objects.filter(kind__in=("ad", "bd")) for gram in term.grams} == {4}  # kind and pair


def test_件数と順は途中一致を含めて正しい(monkeypatch):
    """N-2.1.2-06: exact, then beginning, then within, then past; with as many as are shown the rest still counts."""
    monkeypatch.setattr(search_sql, "SHOWN", 4)
    monkeypatch.setattr("daicho.residents.queries.search.SHOWN", 4)
    for name, kana in (
        ("小野　愛", "オノ　アイ"),
        ("小野田　愛", "オノダ　アイ"),
        ("小野木　愛", "オノギ　アイ"),
        ("小野寺　愛", "オノデラ　アイ"),
        ("大小野　愛", "オオオノ　アイ"),
    ):
        lives(name, kana)
    assert found(name="オノ").count == 5
    assert "大小野　愛" not in names(name="オノ")[:4]


def test_外国人もローマ字と在留カードの番号で見つかる():
    """N-2.1.3-02, N-2.1.3-20."""
    foreigner("ZHANG YULIN", residence_card_no="XY12345678ZZ")
    foreigner("ZHAO LI")
    assert names(name="ZHANG") == names(name="yulin zhang") == names(name="ZhangYulin") == ["ZHANG YULIN"]
    assert names(residence_card_no="XY12345678ZZ") == names(residence_card_no="xy12345678zz") == ["ZHANG YULIN"]


def test_住民票コードで一人だけ見つかる():
    """N-2.1.3-19."""
    lives("小樽　花子")
    one = Role(next(_numbers), "札幌　花子", "", "昭和55年3月9日", "2", "世帯主", {"kana_notarised": ""})
    register("domestic_move_in", move_in_form([one]))
    assert names(juminhyo_code=one.juminhyo_code) == ["札幌　花子"]


def test_作り直した検索語も取り込んだ検索語も同じになる(tmp_path):
    """design §4: the written, the imported, the rebuilt and the proven are one."""
    moved = lives("前　愛", "マエ　アイ", birth="平成元年5月頃", previous_address="北海道札幌市北区北十条西四丁目1番地", address_building="青空荘")
    with clock.at(date(2026, 5, 2)):
        register("relocation", relocation_form([moved]))
        take_in(tmp_path, person(7, previous_address="北海道札幌市北区", address_building="青空荘"), {**person(7), "name_kanji": "花　園太郎"})
    said = ["sheet_id", "person_id", "kind", "key", "is_past", "birth_first", "birth_last", "sort_kana", "surname_length", "grams"]
    stand = sorted((*row[:-1], "\x1f".join(row[-1])) for row in SearchTerm.objects.values_list(*said))
    assert stand == sorted(rebuilding._term_rows())
    assert prove().proven
    SearchTerm.objects.filter(is_past=True, kind="ad").update(is_past=False)
    assert "search terms are not those of the rows" in {what for _, what in prove().findings}


def test_生年月日が正されれば過去の語も新しい生年月日で見つかる():
    """N-2.1.3-27: 誤記修正 is not an event yet; its writing of terms is."""
    moved = lives("小樽　愛", "オタル　アイ", address="花園2丁目12番1号")
    with clock.at(date(2026, 5, 2)):
        register("relocation", relocation_form([moved]))
    row = SheetCurrent.objects.get()
    right = replace(row.to_entries(), birth_date=JapaneseDate.parse("昭和55年 月日不詳"))
    write_terms([(row.sheet_id, row.person_id, row.to_entries(), right)])
    assert set(SearchTerm.objects.values_list("birth_first", "birth_last")) == {(date(1980, 1, 1), date(1980, 12, 31))}
    assert set(SearchTerm.objects.values_list("is_past", flat=True)) == {True, False}


def test_検索の問合せの数は決まっている():
    """Style 14: how many begin with it, then one way to find them; and, only when nobody was found, across 氏 and 名."""
    lives("小樽　花子", "オタル　ハナコ")
    for form, wanted in (
        ({"name": "オタル"}, 1),
        ({"name": "オタル", "match": "exact"}, 1),
        ({"name": "オタルハ"}, 2),
        ({"name": "オタル", "birth": "S55.3.9"}, 1),
    ):
        with CaptureQueriesContext(connection) as counted:
            assert names(**form) == ["小樽　花子"]
        assert sum("WITH term" in query["sql"] for query in counted) == wanted, form
