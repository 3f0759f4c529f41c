"""検索の履歴の画面 — an officer's own searches, made again and changed; what nobody else sees and nobody keeps. std 2.1.1."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from daicho.residents.models import SearchHistory
from daicho.residents.queries.search_history import own_history
from daicho.residents.rules.search_history import NUMBER, from_bytes, remembered, to_bytes
from daicho.staff.queries import find_account
from tests.cast import CLERK, HANAKO, TARO
from tests.residents import counter
from tests.residents.screens import desks
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import LOGIN, desk, family, open_visit

pytestmark = pytest.mark.django_db
FOUND = "/search/found/"


def listed(client) -> list[str]:
    """The history as the search screen lists it."""
    html = client.get("/search/?clear").content.decode()
    return [visible(_Html(item)).strip() for item in re.findall(r'<li class="history__item">(.*?)</li>', html, re.S)]


class _Html:
    def __init__(self, html: str) -> None:
        self.content = html.encode()


def number_of(client, text: str) -> str:
    """The number of the search of the history that says so."""
    html = client.get("/search/?clear").content.decode()
    return next(no for no, rest in re.findall(r'name="recall" value="(\d+)"(.*?)</button>', html, re.S) if text in re.sub(r"<[^>]+>", "", rest))


def another_officer(login: str = "s.shinsa"):
    client = desks.officer(login, desks.ALL, "H02")
    client.post(
        "/visit/", {"visitor_name": "別の　人", "standing": "self", "identity_check": "one_document", "identity_documents": "my_number_card", "purpose": "年金"}
    )
    return client


def test_検索は保存の操作なしに利用者ごとに残り件数を超えると古い順に消える():
    """N-2.1.1-01: Given two officers, When each searches in three ways, Then each has their own three, and beyond the city's number the oldest go."""
    family()
    clerk = desk()
    other = another_officer()
    for words in ({"name": "花園"}, {"name": "はなぞの", "sex": "2"}, {"address": "花園2丁目"}):
        assert clerk.post(FOUND, words).status_code == 200
    for words in ({"name": "佐藤"}, {"birth": "S55"}, {"address": "色内"}):
        assert other.post(FOUND, words).status_code == 200
    mine, theirs = listed(clerk), listed(other)
    assert len(mine) == len(theirs) == 3
    assert "花園2丁目" in mine[0] and "はなぞの" in mine[1] and "女" in mine[1] and "花園" in mine[2]
    assert "色内" in theirs[0] and not any("花園" in one for one in theirs)
    counter.city_decides("search_history_count", 2)
    clerk.post(FOUND, {"name": "太郎"})
    assert ["太郎" in one for one in listed(clerk)] == [True, False] and "花園2丁目" in listed(clerk)[1]


def test_履歴を選ぶと同じ条件で検索される():
    """N-2.1.1-02: 住所 with 生年月日, without typing again; the same search is listed once."""
    family()
    clerk = desk()
    first = visible(clerk.post(FOUND, {"address": "花園2丁目", "birth": "S55"}))
    clerk.post(FOUND, {"name": "佐藤"})
    open_visit()
    again = visible(clerk.post(FOUND, {"recall": number_of(clerk, "花園2丁目")}))
    assert TARO.name in again and again.split("検索結果")[-1] == first.split("検索結果")[-1]
    assert ["花園2丁目" in one for one in listed(clerk)] == [True, False]


def test_履歴を呼び出して条件を変えても元の履歴は残る():
    """N-2.1.1-03."""
    family()
    clerk = desk()
    clerk.post(FOUND, {"address": "花園2丁目", "birth": "S55"})
    html = clerk.get(f"/search/?recall={number_of(clerk, '花園2丁目')}").content.decode()
    assert 'value="花園2丁目"' in html and 'value="S55"' in html
    assert HANAKO.name in visible(clerk.post(FOUND, {"address": "花園2丁目", "birth": HANAKO.birth}))
    assert [("S55" in one, HANAKO.birth in one) for one in listed(clerk)] == [(False, True), (True, False)]


def test_番号は履歴に残らず打ち直してから検索する():
    """番号法12条; F-0-18: only that one was searched by."""
    family()
    clerk = desk()
    clerk.post(FOUND, {"individual_number": TARO.individual_number, "sex": "1"})
    [one] = listed(clerk)
    assert NUMBER in one and "男" in one and TARO.individual_number not in one
    account = find_account(LOGIN)
    assert account is not None
    [kept] = own_history(CLERK.__class__(**{**CLERK.__dict__, "account_id": account.pk}))
    assert TARO.individual_number not in str(kept) and kept.words_kept == {"sex": "1"}
    answer = clerk.post(FOUND, {"recall": str(kept.no)})
    assert answer.url == f"/search/?recall={kept.no}" and "番号をもう一度入力" in visible(clerk.get(answer.url))


def test_検索の言葉は封をして保たれほかの職員は番号を知っていても開けない():
    """個人情報保護: nothing of the words is in the table, nor in the session."""
    family()
    clerk = desk()
    clerk.post(FOUND, {"name": "花園", "birth": "S55.3.9"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT h::text, v.ciphertext FROM residents_searchhistory h JOIN vault_payload v ON v.id = h.payload_ref")
        [(row, sealed)] = cursor.fetchall()
    assert SearchHistory.objects.count() == 1 and "花園" not in row and "花園".encode() not in bytes(sealed)
    assert "花園" not in str(dict(clerk.session))
    other = another_officer()
    assert 'value="花園"' not in other.get("/search/?recall=1").content.decode()
    assert other.post(FOUND, {"recall": "1"}).url == "/search/" and listed(other) == []


def test_履歴にない番号や数でない番号では検索の画面に戻る():
    clerk = desk()
    for no in ("1", "x", "-1", "99999999999999"):
        assert clerk.post(FOUND, {"recall": no}).url == "/search/"
        assert clerk.get("/search/", {"recall": no}).status_code == 200


def test_古いものは数を超えると封の中からも消える():
    """Pure: what falls out is not kept anywhere."""
    history: tuple = ()
    for name in ("一", "二", "三", "一"):
        history = remembered(history, {"name": name, "sex": ""}, "1", "2026-04-10T09:00:00+09:00", 2)
    assert [one.words["name"] for one in history] == ["一", "三"] and len({one.no for one in history}) == 2
    assert from_bytes(to_bytes(history)) == history and "二" not in to_bytes(history).decode()


def test_よく似た人は見つからないときにそれと断って示される():
    """決定0035: もしかして is said, offered beside hits, and never among them."""
    family(TARO)
    clerk = desk()
    page = visible(clerk.post(FOUND, {"name": "ハナゾノ　タノウ"}))
    assert "もしかして" in page and TARO.name in page and "入力したとおりの人はいません" in page
    page = visible(clerk.post(FOUND, {"name": "ハナゾノ　タロウ"}))
    assert "入力したとおりの人はいません" not in page and "よく似た人を探す" in page
    assert "該当する人はいません" in visible(clerk.post(FOUND, {"again": "yes", "perhaps": "yes"}))


def test_結果は条件に近い順のほかフリガナや生年月日や住所の順に並べられる():
    family()
    clerk = desk()
    clerk.post(FOUND, {"name": "花園"})

    def shown(order: str) -> list[str]:
        return re.findall(r'<th scope="row">(?:<[^>]+>)*([^<]+)', clerk.post(FOUND, {"again": "yes", "order": order}).content.decode())

    assert shown("birth")[0] == TARO.name and shown("kana") == shown("near") and shown("birth") != shown("kana")
    assert len(shown("address")) == 4 and shown("nonsense") == shown("near")
