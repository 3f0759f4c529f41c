"""文字と番地の入力 — what paper cannot print is refused at its field, the city's own 異体字 find, 番地 and 住所 come from lists. N-2.1.2-15, N-1.3.2, N-1.3.3."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from daicho import city, clock
from daicho.certificates.request import Omissible
from daicho.city import dictionary_changes, imports
from daicho.city.dictionaries import SUBSTITUTES, VARIANTS, table
from daicho.city.permissions import CityPermission
from daicho.city.values import Code, Lot, Town
from daicho.residents.models import SheetCurrent
from daicho.residents.queries.town_counts import residents_in
from tests.cast import ALL, FAMILY, TARO, Role, officer
from tests.paper.tools import text_of
from tests.residents import counter
from tests.residents.counter import before_the_font
from tests.residents.screens import desks
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import begin_move_in, move_in_data, open_visit
from tests.residents.screens.reading_steps import desk, family
from tests.residents.test_certificate import issue

pytestmark = pytest.mark.django_db
FOUND = "/search/found/"
OF_CITY = ALL | frozenset(map(str, CityPermission))
ONE, OTHER = officer(91, "辞書　入力", OF_CITY), officer(92, "辞書　承認", OF_CITY)


def of_city(code: str, ja: str, *, before: str | None = None) -> None:
    """A row of the city's table of 異体字 by two officers, from today; "" ends it."""
    was = {"code": code, "ja": before} if before else None
    no = dictionary_changes.propose_row(ONE, table(VARIANTS), was, {"code": code, "ja": ja} if ja else None, clock.today(), "外字の登録")
    dictionary_changes.approve(OTHER, no)


def test_外字は登録した異体字でも見つかり登録を外すと見つからない():
    """N-2.1.2-15: Given 外字G with 異体字 辺."""
    gaiji = "\u3402"
    with before_the_font():
        family(Role(12, f"渡{gaiji}　葵", "ワタナベ　アオイ", "平成元年1月8日", "2", "世帯主"))
    clerk = desk()

    def shown(typed: str) -> bool:
        return f"渡{gaiji}" in visible(clerk.post(FOUND, {"name": typed}))

    assert not shown("渡辺")
    of_city(gaiji, "辺")
    assert shown("渡辺") and shown("渡邊") and shown(f"渡{gaiji}")
    of_city(gaiji, "", before="辺")
    assert not shown("渡辺") and shown(f"渡{gaiji}")


def test_印字できない文字は項目と文字を言って断り入力は残る(clerk):
    """F003; std 30.2: 葛+E0100 is not the font's; 葛+E0102 is, and is entered as it stands."""
    open_visit()
    filing = begin_move_in(clerk)
    wrong = Role(12, "葛\U000e0100城　葵", "カツラギ　アオイ", "平成元年1月8日", "2", "世帯主")
    page = clerk.post(f"/filings/{filing}/enter/", move_in_data([wrong]))
    said = visible(page)
    assert "F003" in said and page.status_code == 422 and "氏名に、証明書用フォントで印字できない文字があります" in said
    assert "1文字目（U+845B U+E0100）" in said and "登録されている異体字を選び直してください" in said
    assert "葛\U000e0100城" in page.content.decode()
    right = Role(12, "葛\U000e0102城　葵", "カツラギ　アオイ", "平成元年1月8日", "2", "世帯主")
    assert "印字できない文字" not in visible(clerk.post(f"/filings/{filing}/enter/", move_in_data([right])))


@pytest.fixture
def towns(made_up_city) -> Town:
    """花園 with 番地, and a town of another prefecture with 小字."""
    town = next(t for t in city.queries.towns(clock.today(), municipality="小樽市") if t.oaza == "花園")
    lots = [Lot(town.town_code, "residence", lot) for lot in ("2番1号", "10番1号", "1番10号", "1番2号")] + [Lot(town.town_code, "parcel", "甲1番2")]
    imports.import_lots(ONE, lots, clock.today())
    imports.import_towns(ONE, [Town("13212001001", "東京都", "日野市", "神明", "一丁目", "トウキョウト ヒノシ シンメイ", "1910016")], clock.today())
    return town


def test_転居の住所では町字の次に番地を数の順に選べる(clerk, towns):
    """N-1.3.2-01, -02, -03: 特殊地番 too."""
    answer = clerk.post(reverse("ui:candidates", args=["towns"]), {"value": "花園"})
    offered = [one["value"] for one in answer.json()["candidates"]]
    assert offered == ["花園", "花園1番2号", "花園1番10号", "花園2番1号", "花園10番1号", "花園甲1番2"]
    answer = clerk.post(reverse("ui:candidates", args=["towns"]), {"value": "花園甲"})
    assert [one["value"] for one in answer.json()["candidates"]] == ["花園甲1番2"]


def test_住所は都道府県から小字まで順に選べ前の段に応じた一覧だけが出る(clerk, towns):
    """N-1.3.3-13: 住所 and 本籍 open the same dialog (picker.js); what was chosen last is offered as a whole, with its 郵便番号."""

    def inside(*path: str) -> str:
        return clerk.post(reverse("ui:address_steps"), {"step": list(path)}).content.decode()

    assert "東京都" in inside() and "北海道" in inside() and "日野市" not in inside()
    assert "日野市" in inside("東京都") and "小樽市" not in inside("東京都")
    assert "神明" in inside("東京都", "日野市") and "花園" not in inside("東京都", "日野市")
    last = inside("東京都", "日野市", "神明", "一丁目")
    assert 'data-replace="東京都日野市神明一丁目"' in last and 'data-note="191-0016"' in last and 'class="picker__names"' not in last
    ours = inside("北海道", "小樽市", "花園")
    assert 'data-replace="北海道小樽市花園"' in ours and 'data-inside="花園"' in ours and 'data-note="047-0024"' in ours


def test_行政区ごとの住民数は割り当てた町字の住民を数える(made_up_city):
    """N-1.3.5-01; and a change of districts says how many residents it concerns."""
    family(*FAMILY)
    [town] = [t for t in city.queries.towns(clock.today(), municipality="小樽市") if t.oaza == "花園"]
    assert residents_in([town.written, "北海道小樽市相生町"]) == {town.written: 4, "北海道小樽市相生町": 0}
    imports.import_codes(ONE, "administrative_district", [Code("A", "地区A"), Code("B", "地区B")], clock.today())
    before = {name: getattr(town, name) for name in town.__dataclass_fields__}
    no = dictionary_changes.propose_row(ONE, table("towns"), before, {**before, "administrative_district": "A"}, clock.today(), "地区の割当て")
    client = desk(*OF_CITY)
    assert "変わる住民　4人" in visible(client.get(f"/city/dictionaries/changes/{no}/"))
    dictionary_changes.approve(OTHER, no)
    page = visible(client.get("/city/dictionaries/administrative_district/"))
    assert "地区A 4人" in " ".join(page.split()) and "地区B 0人" in " ".join(page.split())
    assert TARO.name not in page


def test_代替文字氏名は本登録の時に市の表と縮退マップから入り記録される():
    """domain §6: 髙 and a selector are outside JIS X 0213; a name inside has none. The city's dated table goes first."""
    names = ("髙橋　一", "葛\U000e0102城　二", "渡辺　三")
    people = family(*(Role(20 + at, name, "カナ　カナ", "平成元年1月8日", "1", "世帯主" if at == 0 else "同居人") for at, name in enumerate(names)))

    def instead() -> list[str | None]:
        return [SheetCurrent.objects.get(person__public_id=person).name_substitute for person in people]

    assert instead() == ["高橋　一", "葛城　二", None]
    no = dictionary_changes.propose_row(ONE, table(SUBSTITUTES), None, {"code": "髙", "ja": "隆"}, clock.today(), "機構の指定")
    dictionary_changes.approve(OTHER, no)
    assert instead() == ["高橋　一", "葛城　二", None]  # what was recorded stays
    [later] = family(Role(30, "髙田　四", "カナ　カナ", "平成元年1月8日", "1", "世帯主"))
    assert SheetCurrent.objects.get(person__public_id=later).name_substitute == "隆田　四"


def test_個人票の氏名から文字情報を開ける():
    """N-2.2.3-02, -03: by POST, so that the name stands in no address."""
    [person] = family(Role(12, "葛\U000e0102城　葵", "カツラギ　アオイ", "平成元年1月8日", "2", "世帯主"))
    clerk = desk()
    card = clerk.get(f"/person/{person}/").content.decode()
    assert '<form method="post" action="/ui/characters/"' in card and 'name="text" value="葛\U000e0102城　葵"' in card
    page = clerk.post("/ui/characters/", {"text": "葛\U000e0102城　葵"}).content.decode()
    assert "U+845B U+E0102" in page and "MJ022335" in page


def test_辞書から廃止された町名も本籍に書け写しにそのまま出る(tmp_path):
    """N-1.3.3-03: 勝納町 was ended in the dictionary."""
    desks.city()
    towns = [town for town in city.queries.towns(clock.today(), municipality="小樽市") if town.oaza != "勝納町"]
    imports.import_towns(ONE, towns, clock.today())
    assert "勝納町" not in {town.oaza for town in city.queries.towns(clock.today())}
    old = "北海道小樽市勝納町1番地"
    [person] = family(replace(TARO, texts={"registered_domicile": old}))
    issued = issue(person, Omissible.REGISTERED_DOMICILE)
    assert old in text_of(issued.pdf, tmp_path)


def test_町字に割り当てた学区と投票区が住所とともに記録され辞書を変えても住民票は変わらない(made_up_city):
    """Items 64–68; N-1.3.5: who moves to another 町字 has its codes, or none."""
    [hanazono] = [t for t in city.queries.towns(clock.today(), municipality="小樽市") if t.oaza == "花園"]
    before = {name: getattr(hanazono, name) for name in hanazono.__dataclass_fields__}
    districts = {"school_district": "11", "junior_high_school_district": "21", "polling_district": "31", "jurisdiction": "honcho"}
    no = dictionary_changes.propose_row(ONE, table("towns"), before, {**before, **districts}, clock.today(), "割当て")
    dictionary_changes.approve(OTHER, no)
    people = family(*FAMILY)

    def codes() -> tuple[str | None, ...]:
        row = SheetCurrent.objects.get(person__public_id=people[0])
        return (
            row.address_town_code, row.address_jurisdiction_code, row.elementary_school_district_code, row.junior_high_school_district_code,
            row.polling_district_code,
        )  # fmt: skip

    assert codes() == (hanazono.town_code, "honcho", "11", "21", "31")
    held = {**before, **districts}
    no = dictionary_changes.propose_row(ONE, table("towns"), held, {**held, "polling_district": "32"}, clock.today(), "区割りの変更")
    dictionary_changes.approve(OTHER, no)
    assert codes() == (hanazono.town_code, "honcho", "11", "21", "31")
    counter.register("relocation", counter.relocation_form(people, effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    ironai = next(t for t in city.queries.towns(clock.today(), municipality="小樽市") if t.oaza == "色内")
    assert codes() == (ironai.town_code, None, None, None, None)
