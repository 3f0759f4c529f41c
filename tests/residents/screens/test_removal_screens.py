"""消除の画面 — 死亡 from the card to the 除票: who can be chosen, what the examiner sees, how a 除票 reads. std 1.1.5, 4.2.2.1; N-4.0.1-01."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from daicho.residents.models import SheetCurrent
from tests.cast import HANAKO, TARO
from tests.residents import counter
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import enter, form_of, open_visit, register

pytestmark = pytest.mark.django_db
DEATH = {"f-effective_on": "令和8年4月8日", "f-filed_on": "令和8年4月10日", "f-ground": "family_register"}


@pytest.fixture
def couple() -> list[UUID]:
    return [w.person.public_id for w in counter.register("domestic_move_in", counter.move_in_form([TARO, HANAKO]))]


def begin(client: Client, code: str, of: UUID, **data: object) -> UUID:
    answer = client.post(f"/filings/new/{code}/{of}/", data)
    assert answer.status_code == 302, visible(answer)
    return UUID(answer.url.strip("/").split("/")[1])


def test_死亡は個人票から一人について始まり本人確認のない受付でもできる(clerk, examiner, couple):
    """N-4.0.1-01, N-4.2.0.4-02; 令12条2項: upon a 戸籍の届書 nobody need be identified here. The household is not offered."""
    open_visit(identity_check="not_needed")
    assert 'href="/filings/new/death/' in clerk.get(f"/person/{couple[0]}/").content.decode()
    page = visible(clerk.get(f"/filings/new/death/{couple[0]}/"))
    assert TARO.name in page and HANAKO.name not in page
    filing = begin(clerk, "death", couple[0], person=[str(couple[0])])
    form = clerk.get(f"/filings/{filing}/")
    assert (form_of(form)["f-filed_on"], form_of(form)["f-effective_on"]) == ("令和8年4月10日", "")  # N-4.2.0.4-02, N-4.0.3-02
    assert "いまの世帯に残る人" in visible(form) and "この人も加える" not in visible(form)
    enter(clerk, filing, form_of(form) | DEATH)
    review = visible(examiner.get(f"/filings/{filing}/examination/"))
    assert "消除（除票になる）" in review and "職権の世帯主変更（令第25条）" in review and "消除の事由の生じた年月日" in review
    register(examiner, filing)
    result = visible(examiner.get(f"/filings/{filing}/result/"))
    assert "除票（死亡）" in result and "戸籍届出・通知日" in result


def test_除票の個人票は消除の事由と日を示し新しい異動を勧めない(clerk, couple):
    """N-1.1.5-01, N-1.1.5-13; N-4.0.2-05."""
    counter.register("death", counter.death_form(couple[0]))
    open_visit()
    answer = clerk.get(f"/person/{couple[0]}/")
    page, html = visible(answer), answer.content.decode()
    assert "除票（死亡）" in page and "消除日 令和8年4月8日" in page and "消除の事由 死亡" in page
    assert "/filings/new/death/" not in html and "/filings/new/relocation/" not in html
    wife = visible(clerk.get(f"/person/{couple[1]}/"))
    assert "除票（死亡）" in wife and f"世帯主 {HANAKO.name}" in wife


def test_除票は検索で見つかる(clerk, couple):
    """N-4.0.2-05: found by the same search, named as a 除票."""
    counter.register("death", counter.death_form(couple[0]))
    open_visit()
    found = visible(clerk.post("/search/found/", {"name": "花園太郎", "birth": "S55.3.9"}))
    assert TARO.name in found and "除票（死亡）" in found


def test_現存者の写しは交付できない(clerk, couple):
    """N-1.1.5-01; 法15条の4."""
    counter.register("death", counter.death_form(couple[0]))
    open_visit()
    page = visible(clerk.get(f"/person/{couple[0]}/certificate/"))
    assert "住民票の除票の写し" in page and "住民票の写し（個人票）" not in page


def test_世帯の人を偽って加えられない(clerk, couple):
    open_visit()
    assert clerk.post(f"/filings/new/death/{couple[0]}/", {"person": [str(couple[0]), str(couple[1])]}).status_code == 400
    filing = begin(clerk, "death", couple[0], person=[str(couple[0])])
    clerk.post(f"/filings/{filing}/people/", {**form_of(clerk.get(f"/filings/{filing}/")), "do": f"join:{couple[1]}"})
    answer = clerk.post(f"/filings/{filing}/enter/", form_of(clerk.get(f"/filings/{filing}/")) | DEATH)
    assert (answer.status_code, SheetCurrent.objects.filter(closed_on__isnull=False).count()) == (422, 0)
    assert "1人だけ選んでください" in visible(answer)


MOVE_OUT = {"f-effective_on": "令和8年5月1日", "f-filed_on": "令和8年4月10日", "f-filer": "self", "f-planned_municipality_code": "旭川市",
            "f-planned_address": "北海道旭川市七条通九丁目48番地"}  # fmt: skip


def test_転出は世帯から全員でも一部でも選べ予定として残る(clerk, examiner, couple):
    """N-4.0.1-01, N-4.0.1-03, -04, -05; N-1.1.5-06: a resident until the day, and the card says so."""
    open_visit()
    page = visible(clerk.get(f"/filings/new/move_out/{couple[0]}/"))
    assert TARO.name in page and HANAKO.name in page
    filing = begin(clerk, "move_out", couple[0], person=[str(couple[0])])
    form = clerk.get(f"/filings/{filing}/")
    assert "いまの世帯に残る人" in visible(form) and "この人も加える" in visible(form)
    enter(clerk, filing, form_of(form) | MOVE_OUT)
    review = visible(examiner.get(f"/filings/{filing}/examination/"))
    assert "消除の予定（その日までは現存）" in review and "転出予定地 北海道旭川市七条通九丁目48番地" in review.replace("（空欄） ", "")
    register(examiner, filing)
    card = visible(clerk.get(f"/person/{couple[0]}/"))
    assert "転出予定" in card and "転出予定地異動日 令和8年5月1日" in card
    everybody = begin(clerk, "move_out", couple[1], everybody="yes")
    assert form_of(clerk.get(f"/filings/{everybody}/"))["people"] == "2"


def test_本人確認のない受付では転出の届出を始められない(clerk, couple):
    """法27条2項: a 届出, unlike 死亡."""
    open_visit(identity_check="not_needed")
    assert clerk.get(f"/filings/new/move_out/{couple[0]}/").url.endswith("/visit/")


def test_処理が記録する異動は一覧にも個人票にもなく始められない(clerk, couple):
    """design §4: recorded by the job alone."""
    open_visit()
    assert "転出予定日の到来" not in visible(clerk.get("/filings/new/"))
    assert "head_by_removal" not in clerk.get(f"/person/{couple[0]}/").content.decode()
    assert clerk.get(f"/filings/new/head_by_removal/{couple[0]}/").status_code == 404
    assert clerk.post("/filings/new/head_by_removal/", {"count": "1"}).status_code == 404


def test_国外転出は国と国外の住所を入れて二人で登録し除票にそう出る(clerk, examiner, couple):
    """N-4.1.3.0.2-05, -06: through the form like a 転出."""
    open_visit()
    assert 'href="/filings/new/move_out_abroad/' in clerk.get(f"/person/{couple[1]}/").content.decode()
    filing = begin(clerk, "move_out_abroad", couple[1], person=[str(couple[1])])
    texts = {
        "f-effective_on": "令和8年4月10日",
        "f-filer": "self",
        "f-planned_country": "カナダ",
        "f-planned_address": "1 Main St, Halifax",
        "f-card": "returns",
    }
    enter(clerk, filing, form_of(clerk.get(f"/filings/{filing}/")) | texts)
    review = visible(examiner.get(f"/filings/{filing}/examination/"))
    assert "カナダ　1 Main St, Halifax" in review and "返納する（失効する）" in review
    register(examiner, filing)
    page = visible(clerk.get(f"/person/{couple[1]}/"))
    assert "除票（国外転出）" in page and "転出予定地 カナダ　1 Main St, Halifax" in page
