"""検索 — std 2.1.1–2.1.3; the rank and the count of the issue."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from daicho import audit, clock
from daicho.residents.queries.search import search
from daicho.residents.rules.search_keys import SearchForm, read_search
from tests.cast import CLERK, HANAKO, SATO, STRANGER, TARO
from tests.residents.counter import move_in_form, register, relocation_form

pytestmark = pytest.mark.django_db
AT_COUNTER = replace(CLERK, visit_no="1")


def names(**form: str) -> list[str]:
    keys, problems = read_search(SearchForm(**form))
    assert not problems, problems
    found = search(AT_COUNTER, keys)
    return [] if found.perhaps else [h.entries.name_kanji for h in found.hits]


@pytest.fixture
def family():
    written = register("domestic_move_in", move_in_form())
    register("domestic_move_in", move_in_form([SATO], address="色内1丁目3番5号"))
    return [w.person.public_id for w in written]


def test_フリガナと生年月日で見つかる(family):
    """N-2.1.2-02, N-2.1.3-05, -08, -09, -30."""
    assert names(name="ハナソノ　タロウ", birth="1980-03-09") == [TARO.name]
    assert names(name="はなぞの", birth="昭和55年") == [TARO.name]


def test_漢字二文字で家族全員がカナの順に並ぶ(family):
    assert names(name="花園") == ["花園　一郎", "花園　二郎", "花園　太郎", "花園　花子"]


def test_名だけでも異体字でも見つかる(family):
    """N-2.1.2-07, N-2.1.2-14: 葛󠄂 is found by 葛."""
    assert names(name="花子") == [HANAKO.name]
    assert names(name="佐藤葛子") == [SATO.name]


def test_検索の計画は探す言葉ごとに立てられる(family, monkeypatch):
    """決定0007: a plan kept for any words cannot use the index that a prefix has, and would read every term of the city."""

    def prepared_by_searches() -> tuple[int, int]:
        for kana in ("ハナゾノ", "サトウ", "ハナ", "サ", "イロ", "カ", "ミ", "ヤマ") * 2:
            names(name=kana)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FILTER (WHERE statement LIKE '%WITH term%'), count(*) FROM pg_prepared_statements")
            return cursor.fetchone()

    of_search, others = prepared_by_searches()
    assert of_search == 0 and others > 3  # what is not prepared is planned for each of the words; what else is asked still is prepared
    monkeypatch.setattr("daicho.rows.planned_for_their_words", nullcontext)
    assert prepared_by_searches()[0] > 0  # else this would see nothing


def test_過去の住所でも見つかり過去と示される(family):
    """N-2.1.3-27, -31."""
    with clock.at(date(2026, 5, 2)):
        register("relocation", relocation_form(family))
    keys, _ = read_search(SearchForm(birth="昭和55年3月9日", address="花園2丁目12番1号"))
    found = search(AT_COUNTER, keys)
    assert [(h.entries.name_kanji, h.past.text if h.past else None) for h in found.hits] == [(TARO.name, "北海道小樽市花園2丁目12番1号")]


def test_番号では権限のある者だけが探せる(family):
    """N-2.1.3-18, -19; F-1-10."""
    assert names(individual_number=TARO.individual_number) == [TARO.name]
    keys, _ = read_search(SearchForm(juminhyo_code=TARO.juminhyo_code))
    with pytest.raises(audit.Refused):
        search(replace(STRANGER, grants=frozenset({"residents:person:search"})), keys)


@pytest.mark.parametrize("form", [{}, {"match": "exact"}, {"standing": "open"}])
def test_条件のない検索と状態だけの検索は断る(form):
    """現存・除票 narrows what another key finds."""
    _, problems = read_search(SearchForm(**form))
    assert problems and problems[0][0] == "name"
