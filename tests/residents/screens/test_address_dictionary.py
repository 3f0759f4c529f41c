"""住所辞書 — addresses of all Japan offered while 転出先 is typed, 方書 at a 住所, and the 郵便番号 of what another city told. std 1.3.3, 4.0.7, 4.1.3.0.2, 4.1.3.1.2."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from daicho import clock
from daicho.audit.actor import Actor
from daicho.city import imports
from daicho.city.permissions import CityPermission
from daicho.city.values import Building, Code, Town
from daicho.residents.models import SheetCurrent
from tests.cast import TARO
from tests.residents import counter
from tests.residents.screens.filing_steps import begin_move_in, enter, form_of, open_visit, register
from tests.residents.screens.test_removal_screens import begin

pytestmark = pytest.mark.django_db
TOWNS = (
    Town("01204001000", "北海道", "旭川市", "六条通", "", "ホッカイドウ アサヒカワシ ロクジョウドオリ", "0780016"),
    Town("01204001010", "北海道", "旭川市", "六条通", "十丁目", "ホッカイドウ アサヒカワシ ロクジョウドオリ", "0780036"),
    Town("13212001000", "東京都", "日野市", "神明", "", "トウキョウト ヒノシ シンメイ", "1910016"),
)


@pytest.fixture
def towns(made_up_city) -> None:
    """An edition of the dictionary that knows 町字 of other cities."""
    imports.import_towns(Actor.system("tests", *CityPermission), TOWNS, date(2026, 4, 1))


def offered(client, typed: str) -> list[dict[str, str]]:
    return client.post(reverse("ui:candidates", args=["addresses"]), {"value": typed}).json()["candidates"]


def test_転出先は全国の辞書から選べる(clerk, examiner, towns):
    """N-1.3.3-10, N-4.1.3.0.2-03: what was chosen stands in the field, and on the sheet."""
    [chosen] = offered(clerk, "日野市神")
    assert chosen == {"value": "東京都日野市神明", "note": "191-0016"}
    person = counter.register("domestic_move_in", counter.move_in_form([TARO]))[0].person.public_id
    open_visit()
    filing = begin(clerk, "move_out", person, person=[str(person)])
    page = clerk.get(f"/filings/{filing}/")
    assert f'data-candidates-url="{reverse("ui:candidates", args=["addresses"])}" data-note-into="f-planned_postal_code"' in page.content.decode()
    texts = {"f-effective_on": "令和8年5月1日", "f-filer": "self", "f-planned_address": chosen["value"], "f-planned_postal_code": chosen["note"]}
    enter(clerk, filing, form_of(page) | texts)
    register(examiner, filing)
    row = SheetCurrent.objects.get(person__public_id=person)
    assert (row.planned_move_out_address, row.planned_move_out_postal_code) == ("東京都日野市神明", "1910016")


@pytest.mark.parametrize(
    "typed", ["東京都日野", "日野市", "神明", "191-0016", "ト ヒ シ", "と　ひ　し"], ids=["都道府県から", "市から", "町から", "郵便番号", "カナ", "かな"]
)
def test_住所のどこから入れても郵便番号でもカナの頭でも見つかる(clerk, towns, typed):
    """N-1.3.3-05, N-1.3.3-11, N-1.3.3-12: std 1.3.3: 「ト ヒ シ」 as the standard's own example."""
    assert [one["value"] for one in offered(clerk, typed)] == ["東京都日野市神明"]


def test_一文字では全国を探さない(clerk, towns):
    assert offered(clerk, "東") == []


def test_受信した転入通知の転出先に郵便番号が入る(clerk, towns):
    """N-4.1.3.1.2-07: by the longest 町字 that the address begins with; none where the dictionary knows none."""
    person = counter.register("domestic_move_in", counter.move_in_form([TARO]))[0].person.public_id
    counter.register("move_out", counter.move_out_form([person]))
    with clock.at(date(2026, 4, 25)):
        counter.receive(counter.move_in_received(TARO, date(2026, 4, 20)))
    row = SheetCurrent.objects.get(person__public_id=person)
    assert (row.confirmed_move_out_address, row.confirmed_move_out_postal_code) == ("北海道旭川市六条通十丁目1番1号　旭荘3号", "0780036")


def test_辞書にない町字なら郵便番号は空欄のまま受理される(clerk):
    person = counter.register("domestic_move_in", counter.move_in_form([TARO]))[0].person.public_id
    counter.register("move_out", counter.move_out_form([person]))
    with clock.at(date(2026, 4, 25)):
        assert counter.receive(counter.move_in_received(TARO, date(2026, 4, 20))).state == "accepted"
    assert SheetCurrent.objects.get(person__public_id=person).confirmed_move_out_postal_code is None


def test_職員が受理する転入通知にも郵便番号が写される(clerk, towns):
    """N-4.1.3.1.2-07, -02."""
    person = counter.register("domestic_move_in", counter.move_in_form([TARO]))[0].person.public_id
    counter.register("move_out", counter.move_out_form([person]))
    open_visit(identity_check="not_needed")
    row = counter.receive(counter.move_in_received(TARO, date(2026, 4, 8), notice_date=date(2026, 4, 9), name_kanji="花園　次郎"))
    answer = clerk.post(f"/received/{row.public_id}/accept/", {"person-0": str(person)})
    assert form_of(clerk.get(answer.url))["f-confirmed_postal_code"] == "0780036"


BUILDINGS = (Building("花園2丁目1番1号", "A荘"), Building("花園2丁目1番1号", "B荘"), Building("花園2丁目2番1号", "C荘"))


@pytest.fixture
def buildings(made_up_city) -> None:
    imports.import_buildings(Actor.system("tests", *CityPermission), BUILDINGS, date(2026, 4, 1))


def offered_beside(client, typed: str, address: str, dictionary: str = "buildings") -> list[str]:
    answer = client.post(reverse("ui:candidates", args=[dictionary]), {"value": typed, "beside": address})
    return [one["value"] for one in answer.json()["candidates"]]


def test_住所地番を入力するとその方書だけが候補に出る(clerk, buildings):
    """N-4.0.7-01."""
    assert offered_beside(clerk, "", "花園二丁目１番１号") == ["A荘", "B荘"]
    assert offered_beside(clerk, "ｂ", "花園2丁目1番1号") == ["B荘"]
    assert offered_beside(clerk, "", "花園2丁目9番1号") == []
    open_visit()
    page = clerk.get(f"/filings/{begin_move_in(clerk)}/").content.decode()
    assert f'data-candidates-url="{reverse("ui:candidates", args=["buildings"])}" data-beside="f-address"' in page


def test_方書から住所の候補は出ない(clerk, buildings):
    """N-4.0.7-02: not from the 方書 alone, and no dictionary of addresses knows a building."""
    assert offered_beside(clerk, "A荘", "") == []
    assert [offered_beside(clerk, "A荘", beside, name) for name in ("towns", "addresses") for beside in ("", "A荘")] == [[], [], [], []]


def test_方書の候補は住民の記録からは作らない(clerk, buildings):
    """domain §7 (支援措置): where somebody lives must not be told by what is offered there."""
    counter.register("domestic_move_in", counter.move_in_form([TARO], address="花園2丁目1番1号", address_building="匿名荘　101号"))
    assert offered_beside(clerk, "", "花園2丁目1番1号") == ["A荘", "B荘"]


def test_国外への転出の国は今年の国名から選べ_前の国名の記載は変わらない(clerk, examiner):
    """N-1.3.3-02: the next edition is offered, a name that it lacks is not; what was recorded under the last one stays as it was."""
    chief = Actor.system("tests", *CityPermission)
    imports.import_codes(chief, "country", [Code("100", "北甲国"), Code("200", "乙国")], date(2020, 1, 1))
    person = counter.register("domestic_move_in", counter.move_in_form([TARO]))[0].person.public_id
    open_visit()
    filing = begin(clerk, "move_out_abroad", person, person=[str(person)])
    page = clerk.get(f"/filings/{filing}/")
    assert f'data-candidates-url="{reverse("ui:candidates", args=["countries"])}"' in page.content.decode()
    texts = {"f-effective_on": "令和8年5月1日", "f-filer": "self", "f-planned_country": "乙国", "f-card": "none"}
    enter(clerk, filing, form_of(page) | texts)
    register(examiner, filing)
    imports.import_codes(chief, "country", [Code("100", "北甲国"), Code("300", "甲国")], date(2026, 4, 1))
    answers = {typed: clerk.post(reverse("ui:candidates", args=["countries"]), {"value": typed}).json()["candidates"] for typed in ("甲国", "乙国")}
    assert answers == {"甲国": [{"value": "甲国", "note": ""}, {"value": "北甲国", "note": ""}], "乙国": []}
    assert SheetCurrent.objects.get(person__public_id=person).planned_move_out_address == "乙国"
