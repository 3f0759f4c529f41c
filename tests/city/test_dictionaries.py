"""辞書の変更 — editions by file and single rows by hand, in force by two officers, with before and after and who did what when. 標準1.3.2–1.3.5."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from daicho import clock
from daicho.city import demo, imports, queries
from daicho.city.dictionary_queries import lots_of, names_below
from daicho.city.permissions import CityPermission as Can
from daicho.city.values import Code, Lot
from tests.city.test_city_masters import CHIEF
from tests.city.test_city_screens import words
from tests.staff.people import COUNTER_2, TODAY, signed_in

pytestmark = pytest.mark.django_db
DAY = {"valid_from": "令和8年8月1日", "reason": "告示第12号"}
AUGUST, JULY = date(2026, 8, 1), date(2026, 7, 31)
COLUMNS = ",".join(imports.TOWN_COLUMNS)


@pytest.fixture(autouse=True)
def today(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    with clock.at(TODAY):
        demo.fill()
        yield


@pytest.fixture
def proposer() -> Client:
    return signed_in(Can.SETTING_READ, Can.DICTIONARY_IMPORT)


@pytest.fixture
def approver() -> Client:
    return signed_in(Can.SETTING_READ, Can.SETTING_APPROVE, Can.DICTIONARY_IMPORT, login="t.honma", terminal=COUNTER_2)


def taken(client: Client, code: str, text: str, **more: str) -> HttpResponse:
    file = SimpleUploadedFile("edition.csv", text.encode(), content_type="text/csv")
    return client.post(f"/city/dictionaries/{code}/take/", {"file": file, **DAY, **more})


def approved(answer: HttpResponse, approver: Client) -> None:
    assert answer.status_code == 302, words(answer)
    assert approver.post(f"{answer.url}approve/").status_code == 302


def row_at(client: Client, code: str, typed: str) -> str:
    """The address of the one row that a dictionary shows for what was typed."""
    page = client.get(f"/city/dictionaries/{code}/", {"typed": typed}).content.decode()
    [address] = {part.split('"')[0] for part in page.split('href="')[1:] if part.startswith(f"/city/dictionaries/{code}/") and part.split("/")[4].isdigit()}
    return address


def edition() -> list[str]:
    """The lines of the city's dictionary as it stands."""
    towns = queries.towns(TODAY, municipality="小樽市")
    return [",".join([t.town_code, t.prefecture, t.municipality, t.oaza, t.koaza, t.kana, t.postal_code, "", "", "", "", ""]) for t in towns]


def test_版のファイルは追加と変更と廃止を見せ別の職員の承認でその日から効く(proposer, approver):
    """N-1.3.3-01, -03, -10: only the 郵便番号 of 相生町 changes, 赤岩 is renamed, one 町字 ends, one is new."""
    lines = [line.replace(",0470028,", ",0470099,").replace(",赤岩,", ",新赤岩,") for line in edition() if ",入船," not in line]
    lines.append("01203999000,北海道,小樽市,新町,,ホッカイドウ オタルシ シンマチ,0470001,,,,,")
    answer = taken(proposer, "towns", "\n".join([COLUMNS, *lines]))
    own = words(proposer.get(answer.url))
    assert "追加1件、変更2件、廃止1件（変わらないもの" in own and "自分の申請です" in own and "承認する F9" not in own
    assert "郵便番号：0470028 郵便番号：0470099" in own and "大字・町：赤岩 大字・町：新赤岩" in own and "edition.csv" in own
    assert queries.find_town("01203999000", AUGUST) is None
    assert proposer.post(f"{answer.url}approve/").status_code == 403
    approved(answer, approver)
    assert [queries.find_town("01203001000", day).postal_code for day in (JULY, AUGUST)] == ["0470028", "0470099"]
    assert [queries.find_town("01203002000", day).oaza for day in (JULY, AUGUST)] == ["赤岩", "新赤岩"]
    assert queries.find_town("01203999000", AUGUST).oaza == "新町"
    assert [[t.oaza for t in queries.towns(day) if t.oaza == "入船"] for day in (JULY, AUGUST)] == [["入船"], []]
    assert "承認 t.honma" in words(approver.get(answer.url))


def test_誤った行は一つ残らず理由を言い何も申請されない(proposer):
    """N-1.3.3-06, -08: nothing is kept with one wrong line."""
    wrong = ["0120300100,北海道,小樽市,花園,,,,,,,,", "01203001000,北海道,札幌市,花園,,,047,,,,,", "01203002000,北海道,小樽市,,,,,,,,,無い支所"]
    answer = taken(proposer, "towns", "\n".join([COLUMNS, *wrong]))
    said = words(answer)
    assert answer.status_code == 422
    for line in ("2行目: 住所コード「0120300100」は11桁", "3行目: 郵便番号「047」は7桁", "3行目: 住所コード「01203001000」の市区町村は北海道小樽市です", "4行目: 大字・町を入力",
                 "4行目: 管轄「無い支所」は、入力場所にありません"):  # fmt: skip
        assert line in said
    assert "承認待ちの申請はありません" in words(proposer.get("/city/dictionaries/changes/"))


def test_同じ版を出し直しても申請にならず過ぎた日は選べない(proposer):
    assert "いまの内容と同じです" in words(taken(proposer, "towns", "\n".join([COLUMNS, *edition()])))
    assert "適用日が過ぎています" in words(taken(proposer, "towns", "\n".join([COLUMNS, *edition()]), valid_from="令和8年6月30日"))


def test_町字の一件を画面で直すと修正者と日時が残る(proposer, approver):
    """N-1.3.3-04, -10: by an officer without the maker's help; one entry compared side by side."""
    row = row_at(proposer, "towns", "相生町")
    typed = {
        "prefecture": "北海道",
        "municipality": "小樽市",
        "oaza": "相生",
        "koaza": "",
        "kana": "ホッカイドウ オタルシ アイオイ",
        "postal_code": "0470029",
        **DAY,
    }
    answer = proposer.post(f"{row}change/", typed)
    assert "大字・町 相生町 相生" in words(approver.get(answer.url))
    approved(answer, approver)
    town = queries.find_town("01203001000", AUGUST)
    assert (town.oaza, town.postal_code) == ("相生", "0470029") and queries.find_town("01203001000", JULY).oaza == "相生町"
    seen = words(proposer.get(row))
    assert "変更 北海道小樽市相生 住所辞書 申請" in seen and "h.otaru 令和8年7月1日" in seen and "t.honma 令和8年7月1日" in seen


def test_方書の追加と改称と廃止は承認された日から選択肢に効く(proposer, approver):
    """N-1.3.4-01, -03."""
    address, day = "花園2丁目1番1号", clock.today()
    today = {"valid_from": day.isoformat(), "reason": "新築"}

    def offered(on: date = day) -> tuple[str, ...]:
        return queries.buildings_at([address], on)[address]

    approved(proposer.post("/city/dictionaries/buildings/new/", {"address": address, "name": "青空荘", **today}), approver)
    assert offered() == ("青空荘",)
    again = proposer.post("/city/dictionaries/buildings/new/", {"address": "花園二丁目１－１", "name": "青空荘", **today})
    assert again.status_code == 422 and "既に登録されています" in words(again)
    row = row_at(proposer, "buildings", "青空荘")
    approved(proposer.post(f"{row}change/", {"address": address, "name": "青空ハイツ", **today}), approver)
    assert offered() == ("青空ハイツ",)
    row = row_at(proposer, "buildings", "青空ハイツ")
    approved(proposer.post(f"{row}end/", DAY), approver)
    assert (offered(JULY), offered(AUGUST)) == (("青空ハイツ",), ())


def test_申請の後に同じ行が変わったら古い申請は承認できない(proposer, approver):
    typed = {"code": "VNM", "ja": "越南", **DAY}
    row = row_at(proposer, "nationality", "VNM")
    first, second = (proposer.post(f"{row}change/", {**typed, "ja": ja}) for ja in ("越南", "ヴィエトナム"))
    approved(first, approver)
    late = approver.post(f"{second.url}approve/")
    assert late.status_code == 422 and "いまの内容から申請し直してください" in words(late)
    assert queries.code_names("nationality", ["VNM"]) == {"VNM": "越南"}
    assert approver.post(f"{second.url}decline/", {"reason": "先の変更と同じ行"}).status_code == 302
    assert "先の変更と同じ行" in words(proposer.get(second.url))


def test_ファイルと適用日と理由のどれがなくても項目の名で言う(proposer):
    said = words(proposer.post("/city/dictionaries/towns/take/", {}))
    for line in ("CSVのファイルを選択してください", "適用日を入力してください", "理由を入力してください"):
        assert line in said


def test_権限がなければ申請も承認もできない(approver):
    reader = signed_in(Can.SETTING_READ, login="k.minato")
    assert reader.get("/city/dictionaries/towns/new/").status_code == 403
    assert taken(reader, "towns", COLUMNS).status_code == 403
    assert signed_in(login="y.ota").get("/city/dictionaries/").status_code == 403


def test_国名の新しい版は選択肢を替え並び順を保ち前の名称も読める(proposer, approver):
    """N-1.3.3-02"""
    imports.import_codes(CHIEF, "country", [Code("100", "甲国"), Code("200", "乙国")], date(2020, 1, 1))
    approved(taken(proposer, "country", "code,ja\n300,丙国\n100,甲国\n"), approver)
    assert queries.codes("country", AUGUST) == [Code("300", "丙国"), Code("100", "甲国")]
    assert queries.codes("country", JULY) == [Code("100", "甲国"), Code("200", "乙国")]
    assert queries.code_names("country", ["200"]) == {"200": "乙国"}


def test_番地の辞書は特殊地番も持ち数の順に並ぶ(proposer, approver):
    """N-1.3.2-02, -03: 1番10 stands behind 1番2, before 2番; not as texts would."""
    town = queries.towns(TODAY, municipality="小樽市")[0]
    lots = ["2番", "10番", "1番10", "甲1番2", "1番2"]
    text = "\n".join(["town_code,kind,lot", *(f"{town.town_code},parcel,{lot}" for lot in lots)])
    approved(taken(proposer, "lots", text), approver)
    assert lots_of(town.town_code, AUGUST) == ["1番2", "1番10", "2番", "10番", "甲1番2"]
    page = words(proposer.get("/city/dictionaries/lots/?on=R8.8.1"))
    assert page.index("1番2") < page.index("1番10") < page.index("2番") < page.index("甲1番2")
    wrong = taken(proposer, "lots", "town_code,kind,lot\n01203999000,parcel,1番\n" + f"{town.town_code},house,花園\n")
    for line in ("2行目: 住所コード「01203999000」の町字は、この市の住所辞書にありません", "3行目: 区分「house」", "3行目: 番地「花園」"):
        assert line in words(wrong)


def test_区画整理の後は新しい番地だけが選べる(proposer, approver):
    """N-1.3.2-01"""
    town = queries.towns(TODAY, municipality="小樽市")[0].town_code
    imports.import_lots(CHIEF, [Lot(town, "residence", "1番1号"), Lot(town, "parcel", "100番地")], date(2020, 1, 1))
    approved(taken(proposer, "lots", f"town_code,kind,lot\n{town},residence,1番1号\n{town},residence,1番2号\n"), approver)
    assert (lots_of(town, JULY), lots_of(town, AUGUST)) == (["1番1号", "100番地"], ["1番1号", "1番2号"])


def test_都道府県から小字まで前の段に応じた名だけが出る():
    """N-1.3.3-13"""
    assert names_below([], TODAY) == ["北海道"] and names_below(["北海道"], TODAY) == ["小樽市"]
    towns = names_below(["北海道", "小樽市"], TODAY)
    assert "銭函" in towns and len(towns) == 58
    assert names_below(["北海道", "小樽市", "銭函"], TODAY)[0].endswith("丁目") and names_below(["青森県"], TODAY) == []


def test_小学校区の割当ては表にあるものだけで版が空欄なら残る(proposer, approver):
    """N-1.3.5-01: and the district is one of the city's table, once it keeps one."""
    row = row_at(proposer, "towns", "相生町")
    town = queries.find_town("01203001000", TODAY)
    typed = {
        "prefecture": town.prefecture,
        "municipality": town.municipality,
        "oaza": town.oaza,
        "koaza": "",
        "kana": town.kana,
        "postal_code": town.postal_code,
    }
    imports.import_codes(CHIEF, "school_district", [Code("01", "花園小学校")], TODAY)
    wrong = proposer.post(f"{row}change/", {**typed, "school_district": "99", **DAY})
    assert wrong.status_code == 422 and "小学校区「99」は、小学校区の表にありません" in words(wrong)
    approved(proposer.post(f"{row}change/", {**typed, "school_district": "01", "jurisdiction": "honcho", **DAY}), approver)
    lines = [line.replace(",0470028,", ",0470027,") for line in edition()]
    approved(taken(proposer, "towns", "\n".join([COLUMNS, *lines]), valid_from="令和8年9月1日"), approver)
    town = queries.find_town("01203001000", AUGUST + timedelta(31))
    assert (town.postal_code, town.school_district, town.jurisdiction) == ("0470027", "01", "honcho")
