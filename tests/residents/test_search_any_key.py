"""検索の条件は一つでもいくつでも — a small town from a file, and whom each key finds in it, alone and with others. std 2.1.3."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from daicho import clock
from daicho.residents.commands.blocks import BlockForm, set_block
from daicho.residents.models import Person, SearchTerm, SheetCurrent
from daicho.residents.queries import search_sql
from daicho.residents.queries.proof import prove
from daicho.residents.queries.search import Found, search
from daicho.residents.rules.blocks import BlockKind, Process, Strength, Term
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.search_keys import SearchForm, read_search
from daicho.values.made_up import made_up_individual_number, made_up_residence_card_no
from tests.cast import CLERK
from tests.residents.register_files import foreigner, person, take_in

pytestmark = pytest.mark.django_db
AT_COUNTER = replace(CLERK, visit_no="1")
BLIND = replace(AT_COUNTER, grants=frozenset({"residents:person:search", "residents:number:search"}))
TODAY = date(2026, 4, 10)
_OUT = {"closed_on": "20250401", "removal_date": "R7-04-01"}


def someone(no: int, name: str, kana: str, **cells: str) -> dict[str, str]:
    return person(no, name_kanji=name, name_kana=kana, householder_name=cells.pop("head", name), **cells)


def gone(row: dict[str, str], reason: str, **cells: str) -> list[dict[str, str]]:
    """Somebody who lived here: the 記載 and the 消除."""
    return [
        row,
        {
            **row,
            **_OUT,
            "removal_reason_code": reason,
            "recorded_at": "2025-04-02T10:00:00+09:00",
            "event_history_changed_item": "closed_on removal_reason_code removal_date",
            **cells,
        },
    ]


@pytest.fixture
def town(tmp_path: Path) -> None:
    hanazono = {"address": "北海道小樽市花園2丁目1番1号", "address_town_code": "01203001002"}
    take_in(
        tmp_path,
        someone(1, "小樽　太郎", "オタル　タロウ", individual_number=str(made_up_individual_number(1)), address_building="青空荘　101号", **hanazono),
        someone(2, "小樽　花子", "オタル　ハナコ", head="小樽　太郎", relationship_code="妻", sex_code="2", birth_date="S60-03-09", household_no="0000000010", order_in_household="2", **hanazono),
        someone(3, "札幌　一", "サッポロ　ハジメ", birth_date="H1-05-01", address="北海道小樽市緑1丁目3番5号", address_town_code="01203001003"),
        someone(4, "札幌　雪", "サッポロ　ユキ", head="札幌　一", relationship_code="妻（未届）", sex_code="2", birth_date="year_only:S30", household_no="0000000030", order_in_household="2", address="北海道小樽市緑1丁目3番5号", address_town_code="01203001003"),
        someone(5, "余市　空", "", sex_code="", address="北海道小樽市緑2丁目1番1号", previous_address="北海道札幌市北区北十条西四丁目1番地"),
        foreigner(6, foreign_name_alphabet="ZHANG YULIN", foreign_name_katakana="チャン　ユーリン", nationality_code="CHN", birth_date="1985-03-09", residence_card_no=str(made_up_residence_card_no(6))),
        foreigner(7, foreign_name_alphabet="KIM MINJUN", foreign_name_katakana="キム　ミンジュン", nationality_code="KOR", article_30_45_class_code="2", birth_date="1970-01-02", residence_card_no=str(made_up_residence_card_no(7))),
        *gone(someone(8, "転　出", "テン　デル"), "move_out"),
        *gone(someone(9, "国　外", "クニ　ソト"), "move_out_abroad"),
        *gone(someone(10, "故　人", "コ　ジン"), "death"),
        *gone(someone(11, "改　製", "カイ　セイ"), "sheet_renewal"),
    )  # fmt: skip


def found(**form: str) -> Found:
    keys, problems = read_search(SearchForm(**form))
    assert not problems, problems
    with clock.at(TODAY):
        return search(AT_COUNTER, keys)


def names(**form: str) -> set[str]:
    as_typed = found(**form)
    return set() if as_typed.perhaps else {(shown_name(hit.entries) or "").split("　")[0] + (shown_name(hit.entries) or "")[-1:] for hit in as_typed.hits}


HERE = {"小樽郎", "小樽子", "札幌一", "札幌雪", "余市空", "ZHANG YULINN", "KIM MINJUNN"}
GONE = {"転出", "国外", "故人", "改製"}


def test_どの条件もそれだけで当たる人を返し合わせればすべてを満たす人だけになる(town):
    """N-1.1.1-51, N-2.1.3-08, -09, -11, -12, -13, -14, -17, -20, -21, -25, -26, -28, -30, -31: whom each finds in the town above, and nobody else."""
    table = (
        # 生年月日: 西暦 and 和暦 alike, a year, a month, a span, 不詳 (N-2.1.3-08, -09, -30)
        ({"birth": "1985年3月9日"}, {"小樽子", "ZHANG YULINN"}),
        ({"birth": "昭和60年3月9日"}, {"小樽子", "ZHANG YULINN"}),
        ({"birth": "1989"}, {"札幌一"}),
        ({"birth": "平成元年"}, {"札幌一"}),
        ({"birth": "S60.3"}, {"小樽子", "ZHANG YULINN"}),
        ({"birth": "S60～H1"}, {"小樽子", "ZHANG YULINN", "札幌一"}),
        ({"birth": "昭和62年～"}, {"札幌一"}),
        ({"birth": "昭和30年12月31日"}, {"札幌雪"}),  # 昭和30年 月日不詳 can be that day
        ({"birth": "不詳"}, {"札幌雪"}),
        # 性別, 続柄, 世帯主か (-10, -11)
        ({"sex": "2", "standing": "open"}, {"小樽子", "札幌雪"}),
        ({"sex": "2"}, {"小樽子", "札幌雪"}),
        ({"relationship": "妻"}, {"小樽子"}),
        ({"relationship": "妻(未届)"}, {"札幌雪"}),
        ({"is_head": "0"}, {"小樽子", "札幌雪"}),
        ({"relationship": "世帯主", "standing": "open"}, HERE - {"小樽子", "札幌雪"}),
        # 住所, 住所コード, 方書 (-12, -13, -14, -26, -31)
        ({"address": "花園二丁目", "standing": "open"}, {"小樽郎", "小樽子", "ZHANG YULINN", "KIM MINJUNN"}),
        ({"address": "緑1丁目"}, {"札幌一", "札幌雪"}),
        ({"address": "青空"}, {"小樽郎"}),
        ({"address": "青空荘"}, {"小樽郎"}),
        ({"address": "札幌市北区"}, {"余市空"}),
        ({"town_code": "01203001002"}, {"小樽郎", "小樽子"}),
        ({"town_code": "01203001004"}, set()),
        # 消除した事由, 状態, 住民種別, 国籍 (-17)
        ({"removal_reason": "death"}, {"故人"}),
        ({"removal_reason": "left"}, {"転出", "国外"}),
        ({"removal_reason": "move_out"}, {"転出"}),
        ({"removal_reason": "sheet_renewal"}, {"改製"}),
        ({"sex": "1", "standing": "closed"}, GONE),
        ({"resident_kind": "2"}, {"ZHANG YULINN", "KIM MINJUNN"}),
        ({"nationality": "KOR"}, {"KIM MINJUNN"}),
        # 番号 (-15, -16, -18, -20, -21), and with others
        ({"residence_card_no": str(made_up_residence_card_no(6))}, {"ZHANG YULINN"}),
        ({"residence_card_no": str(made_up_residence_card_no(7))}, {"KIM MINJUNN"}),  # 特別永住者証明書: the same entry
        ({"individual_number": str(made_up_individual_number(1))}, {"小樽郎"}),
        ({"individual_number": str(made_up_individual_number(1)), "name": "花子"}, set()),
        ({"individual_number": str(made_up_individual_number(1)), "address": "青空", "sex": "1", "birth": "S55"}, {"小樽郎"}),
        ({"household_no": "0000000010"}, {"小樽郎", "小樽子"}),
        ({"household_no": "0000000010", "sex": "2"}, {"小樽子"}),
        ({"household_no": "0000000010", "name": "オタル", "birth": "S60"}, {"小樽子"}),
        # 未入力 (-28)
        ({"unfilled": "kana"}, {"余市空"}),
        ({"unfilled": "sex"}, {"余市空"}),
        ({"unfilled": "sex", "address": "花園"}, set()),
        # 合わせて (-25)
        ({"birth": "1985", "sex": "2"}, {"小樽子"}),
        ({"birth": "1985", "address": "花園", "nationality": "CHN"}, {"ZHANG YULINN"}),
        ({"name": "サッポロ", "relationship": "妻（未届）", "standing": "open"}, {"札幌雪"}),
        ({"name": "テン", "standing": "open"}, set()),
        ({"name": "テン", "removal_reason": "move_out"}, {"転出"}),
        ({"name": "yulin zhang", "resident_kind": "2"}, {"ZHANG YULINN"}),
        ({"name": "オタル", "town_code": "01203001002", "is_head": "1", "birth": "不詳"}, set()),
    )  # fmt: skip
    for form, expected in table:
        assert names(**form) == expected, form


def test_世帯番号で探すと世帯の順に並ぶ(town):
    """N-2.1.3-16."""
    assert [hit.entries.name_kanji for hit in found(household_no="0000000010").hits] == ["小樽　太郎", "小樽　花子"]


def test_知ってはならない人は数にも順にもいない(town):
    """std 3; decision of the protection: hidden persons are as if they were not there, by every way of searching."""
    taro = Person.objects.get(sheets_current__name_kanji="小樽　太郎")
    set_block(CLERK, taro.public_id, BlockForm(BlockKind.OTHER, "照会の抑止", (Term(Process.INQUIRY, Strength.ERROR, TODAY),)))
    for form in (
        {"name": "オタル"}, {"name": "小樽　太郎"}, {"name": "小樽　大郎"}, {"birth": "S55"}, {"address": "青空"}, {"sex": "1"}, {"household_no": "0000000010"},
        {"atena_no": taro.atena_no}, {"individual_number": str(made_up_individual_number(1))}, {"name": "オタル　タロウ", "birth": "S55.9.3"},
    ):  # fmt: skip
        keys = read_search(SearchForm(**form))[0]
        with clock.at(TODAY):
            seen, unseen = search(AT_COUNTER, keys), search(BLIND, keys)
        assert taro.atena_no in {hit.atena_no for hit in seen.hits} and seen.count > 0, form
        assert taro.atena_no not in {hit.atena_no for hit in unseen.hits}, form
        assert unseen.count == len(unseen.hits), form


def test_隠れた人の有無で問いの形は変わらない(town):
    """The statements have one text, whoever asks."""
    keys = read_search(SearchForm(name="オタル", sex="1", address="花園"))[0]
    assert keys.name is not None
    with_nobody, with_some = (search_sql.Scope("012033", TODAY, hidden) for hidden in ((), (1, 2)))
    texts = {search_sql.of_name(keys, keys.name, search_sql.by_grams(keys.name), scope).text for scope in (with_nobody, with_some)}
    assert len(texts) == 1 and search_sql.beginning(keys.name, with_some).text == search_sql.beginning(keys.name, with_nobody).text


@pytest.mark.parametrize(
    ("form", "index"),
    [
        ({"relationship": "妻", "sex": "2"}, "search_term_grams"),
        ({"unfilled": "kana"}, "search_term_grams"),
        ({"birth": "S60.3.9"}, "search_term_birth"),
        ({"birth": "不詳"}, "search_term_uncertain"),
        ({"address": "花園2丁目"}, "search_term_grams"),
    ],
)
def test_一つの条件の検索も索引から答えられる(form, index):
    """Whatever the size of the city."""
    keys, scope = read_search(SearchForm(**form))[0], search_sql.Scope("012033", TODAY)
    sql = search_sql.of_address(keys, scope) if keys.address else search_sql.of_sheets(keys, scope)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + sql.text, sql.parameters)
        plan = "\n".join(row for (row,) in cursor.fetchall())
    assert index in plan and "Seq Scan on residents_searchterm" not in plan, plan


def test_印は履歴の語るとおりで票ごとに今のものは一つ(town):
    """design §4: what is searched is the fold, as the nightly proof finds it."""
    assert prove().findings == []

    present = list(SearchTerm.objects.filter(kind="mk", is_past=False).values_list("sheet_id", flat=True))
    assert sorted(present) == sorted(SheetCurrent.objects.values_list("sheet_id", flat=True))
    assert SearchTerm.objects.filter(kind="mk", is_past=True).count() == 4  # of those who left, what their sheets said before


def test_打ち違えた氏名や生年月日の人はよく似た人として見つかる(town):
    """決定0035: said to be that, by kana, kanji and roman letters; and never when somebody is as typed."""
    for form, expected in (
        ({"name": "オタル　ハコナ"}, "小樽　花子"), ({"name": "オタル　ハナ"}, None), ({"name": "小樽　華子"}, "小樽　花子"), ({"name": "サッポロ　ハジマ"}, "札幌　一"),
        ({"name": "ZHNAG YULIN"}, "ZHANG YULIN"), ({"name": "yulin zhan"}, None), ({"name": "オタル　ハナコ", "birth": "S60.9.3"}, "小樽　花子"),
        ({"name": "オタル　ハナコ", "birth": "H60.3.9"}, "小樽　花子"), ({"name": "小樽　華子", "birth": "S60.3.9"}, "小樽　花子"),
    ):  # fmt: skip
        got = found(**form)
        assert (got.perhaps, [shown_name(hit.entries) for hit in got.hits][:1]) == (
            (True, [expected]) if expected else (False, [shown_name(got.hits[0].entries)])
        ), form
    assert not found(name="オタル　ハナコ", birth="S61.3.9", household_no="0000000010").hits  # a number says who is meant
    assert found(name="アサヒカワ　ゴロウ").count == 0
