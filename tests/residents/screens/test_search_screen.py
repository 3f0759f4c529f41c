"""検索の画面 — right people found and put on record, nothing of them in an address, typed text never lost. std 2.1; F-0-12, F-1-13."""

from __future__ import annotations

import re

import pytest

from tests.cast import FAMILY, HANAKO, SATO, TARO
from tests.residents import counter
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family, open_visit, queries, trail

pytestmark = pytest.mark.django_db
FOUND = "/search/found/"
COUNTED = 21  # seven of them keep the search in the officer's history


def test_見つかった人は全て記録されてから示される():
    """F-1-13."""
    people = family()
    clerk = desk()
    page = visible(clerk.post(FOUND, {"name": "はなぞの"}))
    assert all(person.name in page for person in FAMILY) and "検索結果　4件" in page
    [row] = trail("residents:person:search")
    assert (set(row.subjects), row.visit_no != "", row.detail["keys"]) == (set(people), True, ["name"])


def test_漢字もかなもローマ字も一つの欄で足りる():
    """N-2.1.3-01, -02, -05."""
    family()
    clerk = desk()
    for name in ("花園　花子", "花園花子", "ハナゾノ ハナコ", "はなぞのはなこ"):
        assert HANAKO.name in visible(clerk.post(FOUND, {"name": name})), name
    assert "該当する人はいません" in visible(clerk.post(FOUND, {"name": "SMITH"}))


def test_過去の住所で見つかった人には印がある():
    """N-2.1.3-31; the newest address is shown."""
    people = family()
    counter.register("relocation", counter.relocation_form(people, effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    page = visible(desk().post(FOUND, {"birth": "S55", "address": "花園2丁目"}))
    assert (
        TARO.name in page and "過去の住所" in page and "花園2丁目12番1号" in page.split("過去の住所")[-1] and "色内1丁目3番5号" in page and "不詳" not in page
    )


@pytest.mark.parametrize("birth", ["S55", "昭和55年", "1980", "1980年3月", "S55.3", "ｓ５５．３", "1980-03", "S55.3.9", "1980-03-09"])
def test_生年月日は西暦でも和暦でも年や月まででもよい(birth):
    """N-2.1.3-08, -09, -30."""
    family()
    page = visible(desk().post(FOUND, {"birth": birth, "name": "花園"}))
    assert TARO.name in page and "検索結果　1件" in page


def test_除票の人は状態で分かる():
    [sato] = family(SATO)
    counter.removed(sato, counter.date(2026, 4, 5))
    assert "除票（国内転出）" in visible(desk().post(FOUND, {"name": "さとう"}))


def test_読み取れない条件や条件のない検索は断り入力は残る():
    """N-2.1.3-13."""
    family()
    clerk = desk()
    answer = clerk.post(FOUND, {"address": "花園2丁目", "town_code": "0120300100"})
    assert answer.status_code == 422 and "住所コードは11桁" in visible(answer)
    assert 'value="花園2丁目"' in answer.content.decode() and 'class="more-keys" open' in answer.content.decode()
    assert "条件を一つ以上" in visible(clerk.post(FOUND, {"standing": "open"}))
    assert not trail("residents:person:search")


def test_番号の検索は権限のある人だけにあり番号は画面に残らない():
    """F-0-18: the number that was typed is shown nowhere again, and kept nowhere."""
    people = family()
    clerk = desk()
    answer = clerk.post(FOUND, {"individual_number": TARO.individual_number})
    assert TARO.name in visible(answer) and TARO.individual_number not in answer.content.decode()
    assert TARO.individual_number not in str(dict(clerk.session))
    assert trail("residents:person:search")[0].subjects == [people[0]]


def test_番号の検索の権限がなければ欄がなく送っても受け付けない():
    clerk = desk("residents:visit:open", "residents:person:search")
    assert 'name="individual_number"' not in clerk.get("/search/").content.decode()
    assert clerk.post(FOUND, {"individual_number": TARO.individual_number}).status_code == 400


def test_前の条件でもう一度見られるが別の来庁者には残らない():
    family()
    clerk = desk()
    clerk.post(FOUND, {"name": "花園", "sex": "2"})
    assert 'value="花園"' in clerk.get("/search/").content.decode()
    again = visible(clerk.post(FOUND, {"again": "yes"}))
    assert HANAKO.name in again and TARO.name not in again.split("検索結果")[-1].split("氏名・フリガナ")[-1].split("世帯主")[0]
    open_visit()
    assert 'value="花園"' not in clerk.get("/search/").content.decode()
    assert clerk.post(FOUND, {"again": "yes"}).status_code == 302


def test_51人目からは条件を加えるよう促す(monkeypatch):
    family()
    monkeypatch.setattr("daicho.residents.screens.search.ROWS", 3)
    page = visible(desk().post(FOUND, {"name": "はなぞの"}))
    assert "はじめの3件だけ" in page and "検索結果　4件" in page


def test_人の言葉は番地に現れない():
    """F-0-12: GET finds nobody."""
    family()
    clerk = desk()
    assert clerk.get(FOUND, {"name": "花園"}).status_code == 405
    assert TARO.name not in visible(clerk.get("/search/", {"name": "花園"})).split("住民の検索")[-1]


def test_人を選ぶときは元の画面へ送り選ばずに戻れる():
    family()
    clerk = desk()
    session = clerk.session
    session["picking"] = {"label": "転入先の世帯", "url": "/filings/x/household/", "back": "/filings/x/"}
    session.save()
    html = clerk.post(FOUND, {"name": "花園"}).content.decode()
    assert "転入先の世帯" in html and html.count('action="/filings/x/household/"') == 4 and 'name="person"' in html
    answer = clerk.post("/search/stop-picking/")
    assert answer.url == "/filings/x/" and "picking" not in clerk.session


def test_権限がなければ検索できず記録される():
    clerk = desk("residents:visit:open")
    assert clerk.post(FOUND, {"name": "花園"}).status_code == 403
    assert [row.outcome for row in trail("residents:person:search")] == ["refused"]


def test_問合せの数は見つかる人の数によらない():
    """Style 14."""
    family(TARO)
    clerk = desk()
    one = queries(clerk, "post", FOUND, {"name": "花園"})
    family(*FAMILY[1:])
    assert (one, queries(clerk, "post", FOUND, {"name": "花園"})) == (COUNTED, COUNTED)


def test_完全一致を選べて選んだことが結果に示される():
    """N-2.1.2-05: a choice of the form; it is kept with the other words of the search."""
    family()
    clerk = desk()
    assert "完全一致" in visible(clerk.get("/search/"))
    page = visible(clerk.post(FOUND, {"name": "ハナゾノ", "match": "exact"}))
    assert "検索結果　4件" in page and "氏名の一致 完全一致" in page
    assert trail("residents:person:search")[-1].detail["keys"] == ["exact", "name"]
    assert "検索結果　4件" in visible(clerk.post(FOUND, {"again": "1"}))
    assert "該当する人はいません" in visible(clerk.post(FOUND, {"name": "ハナゾ", "match": "exact"}))
    assert "検索結果　4件" in visible(clerk.post(FOUND, {"name": "ハナゾ", "match": "any"}))


@pytest.mark.parametrize("url", ["/waiting/", "/visit-filings/"])
def test_異動の一覧に条件を加えて絞り込む欄がない(url):
    """N-2.1.3-33: a list is as it is; other conditions are another search."""
    people = family()
    counter.enter("relocation", counter.relocation_form(people, effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    clerk = desk()
    html = clerk.get(url).content.decode()
    typed = [control for control in re.findall(r"<(?:input|textarea)[^>]*>", html) if not re.search(r'type="(?:hidden|checkbox|submit)"', control)]
    assert typed == [] and "絞り込" not in html  # the place of entry is chosen (N-4.0.8), no condition on persons
