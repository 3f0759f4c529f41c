"""世帯の届出の画面 — who becomes 世帯主 is chosen at the start, the 続柄 of the others stand there as proposals. std 4.1.4; N-4.1.4.2-01; domain §3.2."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from daicho.residents.models import Filing, SheetCurrent
from daicho.residents.rules.definitions import Basis
from daicho.residents.rules.events import event_on, events_on
from tests.cast import FAMILY, HANAKO, SATO, TARO
from tests.residents import counter
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import begin_move_in, enter, form_of, open_visit, register

pytestmark = pytest.mark.django_db
DAYS = {"f-effective_on": "令和8年4月9日", "f-filed_on": "令和8年4月10日", "f-filer": "self"}


@pytest.fixture
def family() -> list[UUID]:
    """花園 of four, residents since 4/1: 世帯主, 妻, 子, 子."""
    return [w.person.public_id for w in counter.register("domestic_move_in", counter.move_in_form())]


def begin(client: Client, code: str, of: UUID, **data: object) -> UUID:
    answer = client.post(f"/filings/new/{code}/{of}/", data)
    assert answer.status_code == 302, visible(answer)
    return UUID(answer.url.strip("/").split("/")[1])


def words(data: dict[str, str]) -> list[str]:
    return [data[f"m{index}-relationship"] for index in range(int(data["people"]))]


@pytest.mark.parametrize("code", [event.code for event in events_on(date(2026, 4, 10)) if event.basis is Basis.FILING and not event.returning])
def test_入力の途中の画面にその異動の名称だけが出る(clerk, examiner, family, code):
    """N-2.3.1-01: at the beginning and in the form; no other 異動 is named at the top."""
    open_visit()
    start = clerk.get(f"/filings/new/{code}/{family[1]}/").content.decode()
    filing = begin(clerk, code, family[1], person=[str(family[1])], head=str(family[1]))
    headings = [re.search(r"<h1>([^<]+)", page)[1] for page in (start, clerk.get(f"/filings/{filing}/").content.decode())]
    assert headings == [event_on(code, date(2026, 4, 10)).ja] * 2


def test_転入の入力の途中の画面に転入の名称だけが出る(clerk):
    """N-2.3.1-01."""
    open_visit()
    page = clerk.get(f"/filings/{begin_move_in(clerk)}/").content.decode()
    assert re.findall(r"<h1>([^<]+)", page) == [event_on("domestic_move_in", date(2026, 4, 10)).ja]


def test_世帯主変更は全員が対象で新しい世帯主を選ぶと続柄の案が入る(clerk, examiner, family):
    """N-4.1.4.2-01: a proposal where the words tell, a question where they do not; seen, changed, examined, registered."""
    open_visit()
    page = clerk.get(f"/filings/new/head_change/{family[1]}/")
    assert "世帯の全員が対象です" in visible(page) and all(role.name in visible(page) for role in FAMILY)
    assert 'name="person"' not in page.content.decode() and f'name="head" value="{family[1]}"' in page.content.decode()
    filing = begin(clerk, "head_change", family[1], head=str(family[1]))
    page = clerk.get(f"/filings/{filing}/")
    data = form_of(page)
    assert words(data) == ["夫", "世帯主", "", ""]
    assert "続柄の案 夫" in visible(page) and visible(page).count("続柄の案は一つに決まりません") == 2
    enter(clerk, filing, data | DAYS | {"m2-relationship": "子", "m3-relationship": "子"})
    review = visible(examiner.get(f"/filings/{filing}/examination/"))
    assert "世帯主変更" in review and "世帯主氏名" in review
    register(examiner, filing)
    assert {row.householder_name for row in SheetCurrent.objects.all()} == {HANAKO.name}


def test_世帯主の票から始めると新しい世帯主は選ばれておらず選ばなくても進める(clerk, family):
    """std 1.1.10: 世帯主未設定 is lawful."""
    open_visit()
    assert " checked" not in clerk.get(f"/filings/new/head_change/{family[0]}/").content.decode()
    filing = begin(clerk, "head_change", family[0])
    assert words(form_of(clerk.get(f"/filings/{filing}/"))) == ["", "", "", ""]


def test_入力の途中で世帯主を替えると案を入れ直せる(clerk, family):
    """Typed 世帯主 is who the proposals are made for; what was said of another head goes."""
    open_visit()
    filing = begin(clerk, "head_change", family[1], head=str(family[1]))
    data = form_of(clerk.get(f"/filings/{filing}/")) | {"m1-relationship": "", "m2-relationship": "世帯主", "f-effective_on": "令和8年4月9日"}
    answer = clerk.post(f"/filings/{filing}/people/", {**data, "do": "propose"})
    page = clerk.get(answer.url)
    data = form_of(page)
    assert words(data) == ["父", "", "世帯主", "弟"] and data["f-effective_on"] == "令和8年4月9日"
    assert "続柄の案を入れました" in visible(page)


@pytest.mark.parametrize("typed", [{"m1-relationship": ""}, {"m2-relationship": "世帯主"}], ids=["だれもいない", "2人"])
def test_世帯主とする人が一人でなければ案は出ず入力は残る(clerk, family, typed):
    open_visit()
    filing = begin(clerk, "head_change", family[1], head=str(family[1]))
    data = form_of(clerk.get(f"/filings/{filing}/")) | {"m3-relationship": "子"} | typed
    page = clerk.get(clerk.post(f"/filings/{filing}/people/", {**data, "do": "propose"}).url)
    assert "「世帯主」と入力してから" in visible(page) and words(form_of(page))[3] == "子" and "続柄の案 " not in visible(page)


def test_案のない届出に案は求められない(clerk, family):
    open_visit()
    filing = begin(clerk, "relocation", family[0], everybody="yes")
    data = form_of(clerk.get(f"/filings/{filing}/"))
    assert clerk.post(f"/filings/{filing}/people/", {**data, "do": "propose"}).status_code == 400
    assert "続柄の案" not in visible(clerk.get(f"/filings/{filing}/"))


def test_世帯分離は票の人だけが選ばれ残る家族も見て案を出す(clerk, family):
    """domain §3.2: a child who stays counts too when it is asked whose the others are."""
    open_visit()
    page = clerk.get(f"/filings/new/household_split/{family[1]}/").content.decode()
    assert page.count('name="person"') == 4 and page.count(" checked") == 2 and "全員で始める" not in page
    filing = begin(clerk, "household_split", family[2], person=[str(family[2]), str(family[3])], head=str(family[2]))
    page = clerk.get(f"/filings/{filing}/")
    assert words(form_of(page)) == ["世帯主", "弟"]
    assert "いまの世帯に残る人" in visible(page) and TARO.name in visible(page)


def test_世帯主に選んだ人が対象に入っていなければ案は入らない(clerk, family):
    open_visit()
    filing = begin(clerk, "household_split", family[2], person=[str(family[3])], head=str(family[2]))
    assert words(form_of(clerk.get(f"/filings/{filing}/"))) == [""]


def test_世帯合併は世帯の全員を取り入る世帯を検索で選び住所の欄がない(clerk, examiner, family):
    """N-4.1.4.1-02, -03; N-4.0.2-03, -04."""
    sato = counter.register("domestic_move_in", counter.move_in_form([SATO], address_building="離れ"))[0].person.public_id
    open_visit()
    filing = begin(clerk, "household_merge", sato)
    data = form_of(clerk.get(f"/filings/{filing}/"))
    assert not [name for name in data if "address" in name]
    assert clerk.post(f"/filings/{filing}/people/", {**data, "do": "search:household"}).url == "/search/"
    clerk.post(f"/filings/{filing}/picked-household/", {"person": str(family[0])})
    page = clerk.get(f"/filings/{filing}/")
    assert TARO.name in visible(page) and "入る世帯を選びました" in visible(page)
    enter(clerk, filing, form_of(page) | DAYS | {"m0-relationship": "同居人"})
    register(examiner, filing)
    assert SheetCurrent.objects.values("household_no").distinct().count() == 1


def test_世帯の届出は住民の票にもメニューにも並ぶ(clerk, family):
    open_visit()
    for page in (clerk.get(f"/person/{family[0]}/"), clerk.get("/filings/new/")):
        assert all(ja in visible(page) for ja in ("世帯主変更", "世帯分離", "世帯合併", "世帯変更"))
    assert not Filing.objects.filter(code__startswith="household").exists()
