"""住民から始める届出 — 転居 of all or some, a former resident who returns, a household to join. N-4.0.1-*, N-4.0.2-*, N-4.1.1.2-*, N-4.1.2."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from daicho import clock
from daicho.residents.models import Filing, Person, SheetCurrent
from daicho.values.dates import JapaneseDate
from tests.cast import FAMILY, HANAKO, ICHIRO, SATO, TARO
from tests.residents import counter
from tests.residents.screens import desks
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import begin_move_in, enter, form_of, move_in_data, open_visit, register, with_reasons

pytestmark = pytest.mark.django_db
RELOCATION = {"f-effective_on": "令和8年4月5日", "f-filed_on": "令和8年4月10日", "f-filer": "self", "f-address": "色内1丁目3番5号"}


@pytest.fixture
def family() -> list[UUID]:
    """花園 of four, residents since 4/1."""
    return [w.person.public_id for w in counter.register("domestic_move_in", counter.move_in_form())]


@pytest.fixture
def former(family) -> UUID:
    """花子 left on 4/8 (転出 comes with a later issue: the closed sheet is laid by hand, as migration does)."""
    SheetCurrent.objects.filter(person__public_id=family[1]).update(closed_on=date(2026, 4, 8), removal_date=JapaneseDate.parse("令和8年4月8日"))
    return family[1]


def _begin(client: Client, code: str, of: UUID, **data: object) -> UUID:
    answer = client.post(f"/filings/new/{code}/{of}/", data)
    assert answer.status_code == 302, visible(answer)
    return UUID(answer.url.strip("/").split("/")[1])


def test_転居は住民を選んで始め全員なら世帯はそのまま(clerk, examiner, family):
    """N-4.0.1-01, -03, -04."""
    open_visit()
    page = visible(clerk.get(f"/filings/new/relocation/{family[0]}/"))
    assert all(role.name in page for role in FAMILY)
    filing = _begin(clerk, "relocation", family[0], everybody="yes")
    data = form_of(clerk.get(f"/filings/{filing}/"))
    assert (data["people"], data["f-household_choice"]) == ("4", "same")
    enter(clerk, filing, data | RELOCATION)
    assert "色内1丁目3番5号" in visible(examiner.get(f"/filings/{filing}/examination/"))
    register(examiner, filing)
    assert {row.address for row in SheetCurrent.objects.all()} == {"北海道小樽市色内1丁目3番5号"}


def test_職権修正で打った生年月日は誤りを示す画面にも和暦で残る(clerk, family):
    """N-1.1.9-06: the form asks for no 住民種別; what else is wrong is said, and the day stays as it was typed."""
    open_visit()
    filing = _begin(clerk, "ex_officio_correction", family[0], person=[str(family[0])])
    data = form_of(clerk.get(f"/filings/{filing}/")) | {"m0-birth_date": "S60.4.1", "f-effective_on": ""}
    refused = clerk.post(f"/filings/{filing}/enter/", data)
    assert refused.status_code == 422 and "昭和60年4月1日" in visible(refused)


def test_一部の転居では残る人が見えあとから加えられ世帯主の写しも審査に並ぶ(clerk, examiner, family):
    """N-4.0.1-05; std 1.2.1-16."""
    open_visit()
    filing = _begin(clerk, "relocation", family[0], person=[str(family[0])])
    page = clerk.get(f"/filings/{filing}/")
    assert form_of(page)["f-household_choice"] == "new" and "いまの世帯に残る人" in visible(page) and "花園　花子" in visible(page)
    clerk.post(f"/filings/{filing}/people/", {**form_of(page), "do": f"join:{family[3]}"})
    data = form_of(clerk.get(f"/filings/{filing}/"))
    assert data["people"] == "2"
    enter(clerk, filing, data | RELOCATION | {"m0-relationship": "世帯主", "m1-relationship": "子"})
    review = visible(examiner.get(f"/filings/{filing}/examination/"))
    assert review.count("世帯主氏名だけ変わる") == 2
    register(examiner, filing)
    assert {row.householder_name for row in SheetCurrent.objects.filter(person__public_id__in=family[1:3])} == {None}


def test_世帯にいない人は選べず消除された人から転居は始められない(clerk, family, former):
    open_visit()
    stranger = counter.register("domestic_move_in", counter.move_in_form([SATO], address="色内1丁目3番5号"))[0].person.public_id
    assert clerk.post(f"/filings/new/relocation/{family[0]}/", {"person": str(stranger)}).status_code == 400
    assert "いま本市の住民ではありません" in visible(clerk.get(f"/filings/new/relocation/{former}/"))
    assert clerk.post(f"/filings/new/relocation/{family[0]}/", {}).url.endswith(f"/{family[0]}/")
    assert clerk.get(f"/filings/new/relocation/{UUID(int=1)}/").status_code == 404 and clerk.get("/filings/new/no_such/").status_code == 404
    assert not Filing.objects.filter(code="relocation").exists()


def test_前の住民は除票の内容を取り込み宛名番号を保って戻る(clerk, examiner, former):
    """N-4.1.1.2-05, -06, -07."""
    open_visit()
    filing = _begin(clerk, "domestic_move_in", former, person=[str(former)], count="0")
    page = clerk.get(f"/filings/{filing}/")
    data = form_of(page)
    assert "再転入者" in visible(page)
    assert (data["m0-name_kanji"], data["m0-birth_date"], data["m0-sex_code"], data["m0-kana_notarised"]) == (HANAKO.name, "昭和57年7月1日", "2", "both")
    assert data["m0-juminhyo_code"] == "" == data["f-effective_on"]
    common = {name: text for name, text in move_in_data([]).items() if name.startswith("f-")}
    enter(
        clerk,
        filing,
        data
        | common
        | {
            "f-effective_on": "令和8年4月9日",
            "f-filed_on": "令和8年4月10日",
            "m0-registered_domicile": "北海道小樽市花園一丁目1番地",
            "m0-relationship": "世帯主",
        },
    )
    review = visible(examiner.get(f"/filings/{filing}/examination/"))
    assert "再転入の新しい住民票" in review
    register(examiner, filing)
    person = Person.objects.get(public_id=former)
    assert Person.objects.count() == 4 and person.sheets_current.count() == 2
    assert person.sheets_current.get(closed_on__isnull=True).registered_domicile == "北海道小樽市花園一丁目1番地"


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("北海道小樽市花園一丁目1番地", "北海道小樽市花園一丁目1番地"),
        ("北海道上磯郡上磯町字飯生1番地", ""),  # 北斗市 since 2006
        ("埼玉県浦和市常盤六丁目4番地", ""),  # さいたま市 since 2001
        ("なし", "なし"),
    ],
)
def test_前の住民の本籍は市区町村が今もあるときだけ入る(clerk, former, written, offered):
    """N-4.0.6-05; the rest of the sheet comes in all the same."""
    SheetCurrent.objects.filter(person__public_id=former).update(registered_domicile=written)
    open_visit()
    data = form_of(clerk.get(f"/filings/{_begin(clerk, 'domestic_move_in', former, person=[str(former)], count='0')}/"))
    assert (data["m0-registered_domicile"], data["m0-name_kanji"]) == (offered, HANAKO.name)


def test_番号が除票と同じなら新規を抑え画面から再転入者に切り替えられる(clerk, former):
    """N-4.1.1.2-01, -02, -04."""
    open_visit()
    filing = begin_move_in(clerk)
    data = move_in_data([replace(HANAKO, relationship="世帯主")], effective_on="令和8年4月9日", filed_on="令和8年4月10日")
    answer = clerk.post(f"/filings/{filing}/enter/", data)
    assert answer.status_code == 422 and "同じ番号の除票があります" in visible(answer) and "除票に似た人がいます" in visible(answer)
    clerk.post(f"/filings/{filing}/people/", {**data, "do": f"take:0:{former}"})
    assert Filing.objects.get(public_id=filing).typed["members"][0]["person"] == str(former)
    taken = form_of(clerk.get(f"/filings/{filing}/"))
    assert taken["m0-individual_number"] == HANAKO.individual_number
    assert enter(clerk, filing, taken).state == "entered"
    assert clerk.post(f"/filings/{filing}/people/", {**data, "do": f"take:0:{UUID(int=1)}"}).url == f"/filings/{filing}/"


def test_住民の世帯に入る転入は世帯番号が入り世帯員が見える(clerk, family):
    """N-4.0.2-01, -03, -04."""
    open_visit()
    assert "この世帯に入る転入を始めます" in visible(clerk.get(f"/filings/new/domestic_move_in/{family[0]}/"))
    filing = _begin(clerk, "domestic_move_in", family[0], count="1")
    page = clerk.get(f"/filings/{filing}/")
    data = form_of(page)
    household = SheetCurrent.objects.values_list("household_no", flat=True).distinct().get()
    assert (data["f-household_choice"], data["f-household_no"]) == ("existing", household) and TARO.name in visible(page)
    typed = move_in_data([replace(SATO, relationship="同居人")], household_choice="existing", household_no=household)
    assert enter(clerk, filing, typed).state == "entered"


def test_外国人の転入は外国人の欄の誤りがその欄に出る(clerk):
    """N-4.1.1.1-02; std 1.1.6."""
    open_visit()
    filing = begin_move_in(clerk)
    data = move_in_data([SATO]) | {"m0-resident_kind": "2"}
    answer = clerk.post(f"/filings/{filing}/enter/", data)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id-m0-article_30_45_class_code-error"' in html and 'id="id-m0-registered_domicile-error"' in html and "form__group--used" in html


def test_住民の届出にも受付と権限がいる(made_up_city, family):
    nobody = desks.officer("t.taka", ("residents:person:read",), "Z01")
    assert nobody.get(f"/filings/new/relocation/{family[0]}/").status_code == 403
    clerk = desks.officer("m.mado", desks.ENTERS, "H01")
    assert clerk.get(f"/filings/new/relocation/{family[0]}/").status_code == 302
    with clock.at(date(2026, 4, 11)):
        assert with_reasons(clerk.get("/"), {}) == {}


@pytest.mark.parametrize(("by", "found"), [("atena_no", [ICHIRO]), ("name", [ICHIRO]), ("household_no", list(FAMILY))], ids=["宛名番号", "氏名", "世帯番号"])
def test_異動者は基本検索で個人でも世帯でも引けて選べる(clerk, family, by, found):
    """N-4.0.1-02: of a person that one, of a household all its members, each to be chosen; never another household's."""
    counter.register("domestic_move_in", counter.move_in_form([SATO], address="色内1丁目3番5号"))
    row = SheetCurrent.objects.get(name_kanji=ICHIRO.name)
    open_visit()
    clerk.post("/filings/new/relocation/")
    answer = clerk.post("/search/found/", {by: {"atena_no": row.person.atena_no, "name": ICHIRO.name, "household_no": row.household_no}[by]})
    html = answer.content.decode()
    assert html.count('action="/filings/new/relocation/picked/"') == len(found)
    offered = re.findall(r'name="person" value="([^"]+)"', html)
    assert offered == [str(SheetCurrent.objects.get(name_kanji=role.name).person.public_id) for role in found]
    assert clerk.post("/filings/new/relocation/picked/", {"person": offered[0]}).url == f"/filings/new/relocation/{offered[0]}/"


def test_検索で選んだ人から転居が始まり受付に戻る道も覚えている(clerk, family):
    open_visit()
    assert clerk.post("/filings/new/relocation/").url == "/search/"
    assert clerk.session["picking"]["url"] == "/filings/new/relocation/picked/"
    assert clerk.post("/filings/new/relocation/picked/", {"person": str(family[0])}).url == f"/filings/new/relocation/{family[0]}/"
    assert "picking" not in clerk.session
    assert clerk.post("/filings/new/relocation/picked/", {"person": "x"}).status_code == 400


def test_入力の途中で再転入者と入る世帯を検索して選べる(clerk, family, former):
    """N-4.0.2-03, N-4.1.1.2-05: what was typed before the search is there after it."""
    open_visit()
    filing = begin_move_in(clerk)
    page = form_of(clerk.get(f"/filings/{filing}/"))
    assert clerk.post(f"/filings/{filing}/people/", {**page, "f-address_building": "離れ", "do": "search:household"}).url == "/search/"
    clerk.post(f"/filings/{filing}/picked-household/", {"person": str(family[0])})
    page = clerk.get(f"/filings/{filing}/")
    data = form_of(page)
    assert (data["f-household_choice"], data["f-address_building"]) == ("existing", "離れ") and "入る世帯を選びました" in visible(page)
    clerk.post(f"/filings/{filing}/people/", {**data, "do": "search:person"})
    clerk.post(f"/filings/{filing}/picked-person/", {"person": str(former)})
    data = form_of(clerk.get(f"/filings/{filing}/"))
    assert (data["people"], data["m0-name_kanji"]) == ("1", HANAKO.name)
    assert "もうこの届出に" in visible(clerk.get(clerk.post(f"/filings/{filing}/picked-person/", {"person": str(former)}).url))
    assert "いま本市の住民ではありません" in visible(clerk.get(clerk.post(f"/filings/{filing}/picked-household/", {"person": str(former)}).url))
    assert clerk.post(f"/filings/{filing}/picked-person/", {"person": str(UUID(int=1))}).status_code == 404
    assert clerk.post(f"/filings/{filing}/people/", {**data, "do": "search:moon"}).status_code == 400
