"""出生の画面 — from a parent's card, or from the menu: the child's part, what is quoted, what the examiner sees. std 4.2.1.2; N-4.0.1-06, N-4.2.0.3-02."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest

from daicho.residents.models import SheetCurrent
from tests.cast import HANAKO, TARO
from tests.residents import counter
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import enter, form_of, open_visit, register

pytestmark = pytest.mark.django_db
BIRTH = {"f-effective_on": "令和8年4月5日", "f-ground": "family_register", "m0-name_kanji": "花園 三郎", "m0-name_kana": "ハナゾノ サブロウ",
         "m0-kana_notarised": "both", "m0-sex_code": "1", "m0-relationship": "子"}  # fmt: skip


@pytest.fixture
def home() -> list[UUID]:
    counter.stock(*range(60))
    return [w.person.public_id for w in counter.register("domestic_move_in", counter.move_in_form([TARO, HANAKO]))]


def test_親の個人票から始めると世帯と戸籍の表示が引用される(clerk, examiner, home):
    """N-4.0.2-01, N-4.0.2-03, N-4.2.0.3-02, N-4.2.0.4-02."""
    open_visit(identity_check="not_needed")
    assert f"/filings/new/birth/{home[1]}/" in clerk.get(f"/person/{home[1]}/").content.decode()
    assert "この世帯に入る出生を始めます" in visible(clerk.get(f"/filings/new/birth/{home[1]}/"))
    filing = UUID(clerk.post(f"/filings/new/birth/{home[1]}/", {"count": "1"}).url.strip("/").split("/")[1])
    page = clerk.get(f"/filings/{filing}/")
    form = form_of(page)
    household_no = SheetCurrent.objects.values_list("household_no", flat=True).distinct().get()
    assert (form["f-household_choice"], form["f-household_no"], form["f-filed_on"]) == ("existing", household_no, "令和8年4月10日")
    assert (form["m0-registered_domicile"], form["m0-family_register_head_name"]) == ("北海道札幌市中央区南一条西一丁目1番地", "花園　太郎")
    assert TARO.name in visible(page) and "再転入者を検索" not in visible(page)
    enter(clerk, filing, form | BIRTH)
    review = visible(examiner.get(f"/filings/{filing}/examination/"))
    assert "新しい番号（本登録のときに空き番から付きます）" in review and "生年月日 令和8年4月5日" in review
    register(examiner, filing)
    child = SheetCurrent.objects.get(name_kanji="花園　三郎")
    assert (child.household_no, child.householder_name) == (household_no, TARO.name)
    assert "花園　三郎" in visible(clerk.get(f"/person/{home[0]}/"))


def test_一覧から始めて世帯を検索しても入れられる(clerk, home):
    """N-4.0.1-06: nobody of the register is chosen; the household is found later."""
    open_visit()
    answer = clerk.post("/filings/new/birth/", {"count": "2"})
    filing = UUID(answer.url.strip("/").split("/")[1])
    page = clerk.get(f"/filings/{filing}/")
    assert form_of(page)["people"] == "2" and "入る世帯を検索して選ぶ" in visible(page)
    clerk.post(f"/filings/{filing}/picked-household/", {"person": str(home[0])})
    assert re.fullmatch(r"\d{10}", form_of(clerk.get(f"/filings/{filing}/"))["f-household_no"])


def test_個人番号の欄はない(clerk, home):
    """F-1-04."""
    open_visit()
    filing = UUID(clerk.post(f"/filings/new/birth/{home[0]}/", {"count": "1"}).url.strip("/").split("/")[1])
    page = clerk.get(f"/filings/{filing}/")
    assert "m0-individual_number" not in form_of(page)
    assert clerk.post(f"/filings/{filing}/enter/", form_of(page) | BIRTH | {"m0-individual_number": "123456789018"}).status_code == 400


def test_国外からの転入は届出の一覧にあり前の住民は除票から始められる(clerk, examiner, home):
    """N-4.1.0.1-02, N-4.1.1.2-05: two kinds of 転入; the card of a 除票 offers both."""
    counter.register("death", counter.death_form(home[1]))  # somebody else's 除票 beside
    counter.removed(home[0], date(2026, 4, 9), "国外転出")
    open_visit()
    assert "転入（国外から）" in visible(clerk.get("/filings/new/"))
    card = clerk.get(f"/person/{home[0]}/").content.decode()
    assert f"/filings/new/move_in_from_abroad/{home[0]}/" in card and f"/filings/new/domestic_move_in/{home[0]}/" in card
    filing = UUID(clerk.post(f"/filings/new/move_in_from_abroad/{home[0]}/", {"person": [str(home[0])], "count": "0"}).url.strip("/").split("/")[1])
    form = form_of(clerk.get(f"/filings/{filing}/"))
    assert (form["m0-name_kanji"], form["m0-registered_domicile"]) == (TARO.name, "北海道札幌市中央区南一条西一丁目1番地")
    texts = {"f-effective_on": "令和8年4月10日", "f-filer": "self", "f-address": "色内1丁目3番5号", "f-previous_country": "カナダ", "f-papers_seen": "yes"}
    enter(clerk, filing, form | texts | {"m0-relationship": "世帯主"})
    assert "再転入の新しい住民票" in visible(examiner.get(f"/filings/{filing}/examination/"))
    register(examiner, filing)
    assert "前住所 カナダ" in visible(clerk.get(f"/person/{home[0]}/"))
