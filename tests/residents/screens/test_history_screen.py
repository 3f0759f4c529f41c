"""異動履歴の画面 — what happened, two versions side by side, any day. std 1.2.1, 2.2.1; design §4."""

from __future__ import annotations

from datetime import date

import pytest

from daicho import clock
from tests.cast import HANAKO, TARO
from tests.residents import counter
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family, queries, trail

pytestmark = pytest.mark.django_db
COUNTED = 10


@pytest.fixture
def moved():
    """A family that moved in on 令和8年4月1日, and told on 4月10日 that it moved house on 4月9日."""
    people = family()
    counter.register("relocation", counter.relocation_form(people, effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    return people


def test_新しい順に根拠と日付と人と変わった項目を示す(moved):
    """N-2.2.1-01, -04."""
    page = visible(desk().get(f"/person/{moved[0]}/history/"))
    assert page.index("転居") < page.index("国内転入")
    for said in ("届出・修正", "令和8年4月9日", "小林　窓子", "照合 高橋　照合", "住所異動日", "住民票を新しく記載"):
        assert said in page, said
    [row] = trail("residents:history:read")
    assert row.subjects == [moved[0]]


def test_二つの履歴を見比べる(moved):
    """design §3: by code points; the older one first, however they are named."""
    page = visible(desk().get(f"/person/{moved[0]}/history/compare/", {"a": "2", "b": "1"}))
    assert "履歴番号1　国内転入" in page and "履歴番号2　転居" in page and "市内転居の有無" in page
    assert page.index("履歴番号1") < page.index("履歴番号2")
    assert TARO.individual_number not in page


def test_無い履歴番号は404(moved):
    clerk = desk()
    for wrong, said in (
        ({}, "二つ選ばれていません"),
        ({"a": "1"}, "二つ選ばれていません"),
        ({"a": "1", "b": "9"}, "記録はありません"),
        ({"a": "x", "b": "1"}, "二つ"),
    ):
        answer = clerk.get(f"/person/{moved[0]}/history/compare/", wrong)
        assert answer.status_code == 404 and said in answer.content.decode(), wrong


def test_ある日の住民票と世帯(moved):
    """Retroactive 転居: before it the old address, from it the new one; everyone shown is on record."""
    clerk = desk()
    before = visible(clerk.post(f"/person/{moved[0]}/as-of/", {"day": "令和8年4月5日"}))
    assert "花園2丁目12番1号" in before and HANAKO.name in before and "色内" not in before
    assert "色内1丁目3番5号" in visible(clerk.post(f"/person/{moved[0]}/as-of/", {"day": "R8.4.9"}))
    assert set(trail("residents:history:read")[-1].subjects) == set(moved)


@pytest.mark.parametrize("known_on", ["令和8年4月10日", "令和8年4月11日"])
def test_終わっていない日を記録された時点にはできない(moved, known_on):
    answer = desk().post(f"/person/{moved[0]}/as-of/", {"day": "令和8年4月5日", "known_on": known_on})
    assert answer.status_code == 422 and "昨日までの日を入力するか" in answer.content.decode()


def test_記録された時点を指定できる(moved):
    """What was known by the end of a day."""
    with clock.at(date(2026, 4, 20)):
        counter.register("relocation", counter.relocation_form(moved, effective_on="令和8年4月10日", filed_on="令和8年4月20日", address="稲穂2丁目12番1号"))
        clerk = desk()
        asked = {"day": "令和8年4月15日"}
        assert "稲穂2丁目" in visible(clerk.post(f"/person/{moved[0]}/as-of/", asked))
        assert "色内1丁目" in visible(clerk.post(f"/person/{moved[0]}/as-of/", {**asked, "known_on": "令和8年4月15日"}))


def test_住民でなかった日はそう告げる(moved):
    assert "この日は住民ではありません" in visible(desk().post(f"/person/{moved[0]}/as-of/", {"day": "令和8年3月31日"}))


def test_読めない日や月までの日は項目で断る(moved):
    clerk = desk()
    for day, said in (("", "照会する日を入力"), ("S60.4.31", "暦にある日"), ("令和8年4月 日不詳", "年月日まで")):
        answer = clerk.post(f"/person/{moved[0]}/as-of/", {"day": day})
        assert answer.status_code == 422 and said in visible(answer), day


def test_権限がなければどれも見られない(moved):
    clerk = desk("residents:visit:open", "residents:person:read")
    for url in (f"/person/{moved[0]}/history/", f"/person/{moved[0]}/history/compare/?a=1&b=2"):
        assert clerk.get(url).status_code == 403
    assert clerk.post(f"/person/{moved[0]}/as-of/", {"day": "R8.4.5"}).status_code == 403
    assert [row.outcome for row in trail("residents:history:read")] == ["refused"] * 3


def test_問合せの数は履歴の数によらない(moved):
    """Style 14."""
    [alone] = family(counter.FAMILY[0].__class__(21, "港　一", "ミナト　ハジメ", "昭和40年1月1日", "1", "世帯主"))
    clerk = desk()
    assert (queries(clerk, "get", f"/person/{alone}/history/"), queries(clerk, "get", f"/person/{moved[0]}/history/")) == (COUNTED, COUNTED)
