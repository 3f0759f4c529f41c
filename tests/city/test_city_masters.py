"""市の台帳 — offices, terminals, certifiers, dictionaries of addresses and buildings, code tables. 標準1.3.1, 1.3.3, 1.3.4, 1.3.9."""

import csv
from dataclasses import astuple, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from pytest_django import DjangoAssertNumQueries

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.city import commands, demo, imports, queries, sample
from daicho.city.errors import CityProblem
from daicho.city.permissions import CityPermission
from daicho.city.rules import About, Change, change_to
from daicho.city.values import Building, Certifier, Code, Office, Terminal, Town
from daicho.site.commands import import_
from synthetic.names import foreign_name

pytestmark = pytest.mark.django_db

CHIEF = Actor(3, "kakaricho", "係　長", "10", "戸籍住民課", "honcho", "H01", frozenset(map(str, CityPermission)))
D = date.fromisoformat
MACHINE = Actor.system("tests", *CityPermission)
LAYOUTS = Path(__file__).resolve().parents[2] / "layouts"


def put(thing: Office | Terminal | Certifier, valid_from: str, valid_to: str | None = None) -> None:
    """As the installation registers it: the rules and the effect are those of two officers' changes."""
    commands.install(MACHINE, change_to(thing, D(valid_from), D(valid_to) if valid_to else None))


def end(about: About, key: str, valid_from: str) -> None:
    commands.install(MACHINE, Change(about, key, None, D(valid_from)))


HANAZONO = Town("01203001002", "北海道", "小樽市", "花園", "2丁目", "ホッカイドウ オタルシ ハナゾノ 2チョウメ", "0470024")
INAHO = Town("01203002000", "北海道", "小樽市", "稲穂", "", "ホッカイドウ オタルシ イナホ", "0470032")


def test_見本の市には本庁と三つのサービスセンターがある(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    demo.fill()
    with django_assert_num_queries(1):
        assert [office.name for office in queries.offices(D("2026-04-01"))] == ["本庁", "駅前サービスセンター", "銭函サービスセンター", "塩谷サービスセンター"]
    with django_assert_num_queries(2):
        terminals = queries.terminals_on(D("2026-04-01"))
    assert [(terminal.name, terminal.office_name) for terminal in terminals][:1] == [("本庁1", "本庁")]
    assert len(terminals) == 6
    with django_assert_num_queries(1):
        assert len(queries.towns(D("2026-04-01"), municipality="小樽市")) == 62


def test_見本の市の国籍コードには証明書に印字する名称がある() -> None:
    """標準1.3.3: every nationality that the made-up residents have."""
    demo.fill()
    used = {foreign_name(Random(seed)).nationality for seed in range(300)}
    assert len(used) == 8 and set(queries.code_names("nationality", used)) == used


def test_見本の市は二度入れても同じ() -> None:
    demo.fill()
    before = (queries.offices(D("2026-04-01")), queries.terminals_on(D("2026-04-01")), queries.towns(D("2026-04-01")))
    demo.fill()
    assert (queries.offices(D("2026-04-01")), queries.terminals_on(D("2026-04-01")), queries.towns(D("2026-04-01"))) == before


def test_端末の名称はその日から変わり廃止まで使える() -> None:
    """N-1.3.1-02"""
    put(Office("honcho", "本庁"), "2020-01-01")
    put(Terminal("T01", "本庁1", "honcho"), "2020-01-01")
    put(Terminal("T01", "本庁甲", "honcho"), "2026-04-01")
    end(About.TERMINAL, "T01", "2026-10-01")
    names = [[terminal.name for terminal in queries.terminals_on(D(day))] for day in ("2019-12-31", "2026-03-31", "2026-04-01", "2026-09-30", "2026-10-01")]
    assert names == [[], ["本庁1"], ["本庁甲"], ["本庁甲"], []]
    with pytest.raises(CityProblem, match="登録されていません"):
        end(About.TERMINAL, "T01", "2026-10-02")


def test_入力場所を廃止すると端末も終わる() -> None:
    """N-1.3.1-01"""
    put(Office("shisho", "支所"), "2020-01-01")
    put(Terminal("T09", "支所1", "shisho"), "2020-01-01")
    end(About.OFFICE, "shisho", "2026-04-01")
    assert queries.offices(D("2026-04-01")) == [] == queries.terminals_on(D("2026-04-01"))
    assert len(queries.terminals_on(D("2026-03-31"))) == 1
    with pytest.raises(CityProblem, match="先に入力場所を登録してください"):
        put(Terminal("T10", "支所2", "shisho"), "2026-04-01")


def test_職務代理者の期間だけ認証者が自動で替わる(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """N-1.3.9-02"""
    put(sample.MAYOR, "2020-01-01")
    put(sample.DEPUTY, "2026-04-10", "2026-04-20")
    with django_assert_num_queries(4):
        found = [queries.find_certifier(D(f"2026-04-{day:02}")) for day in (9, 10, 20, 21)]
    assert found == [sample.MAYOR, sample.DEPUTY, sample.DEPUTY, sample.MAYOR]


def test_市長が替わればその日から新しい市長になる() -> None:
    put(sample.MAYOR, "2020-01-01")
    successor = replace(sample.MAYOR, name="見本　三郎")
    put(successor, "2026-05-01")
    assert [queries.find_certifier(D(day)) for day in ("2019-12-31", "2026-04-30", "2026-05-01")] == [None, sample.MAYOR, successor]


@pytest.mark.parametrize(
    ("certifier", "message"),
    [
        (Certifier("北海道小樽市長", "　", is_deputy=False), "氏名が空欄です"),
        (Certifier("小樽市長", "見本　太郎", is_deputy=False), "「北海道」から始まる職名を入力してください"),
        (Certifier("北海道小樽市長職務代理者", "見本　花子", is_deputy=True), "期間の終わりの日を入力してください"),
    ],
)
def test_認証者は氏名と都道府県名と期間が要る(certifier: Certifier, message: str) -> None:
    """N-1.3.9-04, N-5.6-04"""
    with pytest.raises(CityProblem, match=message):
        put(certifier, "2026-04-01")


def test_新しい版の取込みで追加と改称と廃止が日付どおりに効く() -> None:
    """N-1.3.3-01, N-1.3.3-03"""
    assert imports.import_towns(CHIEF, [HANAZONO, INAHO], D("2020-01-01")) == imports.Edition(2, 0, 0, 0)
    renamed, new = replace(HANAZONO, koaza="二丁目"), replace(INAHO, town_code="01203003000", oaza="新光")
    assert imports.import_towns(CHIEF, [renamed, new], D("2026-04-01")) == imports.Edition(1, 1, 1, 0)
    assert {town.written for town in queries.towns(D("2026-03-31"))} == {"北海道小樽市花園2丁目", "北海道小樽市稲穂"}
    assert {town.written for town in queries.towns(D("2026-04-01"))} == {"北海道小樽市花園二丁目", "北海道小樽市新光"}
    assert queries.find_town("01203002000", D("2026-04-01")) is None
    assert queries.find_town("01203002000") == INAHO
    assert imports.import_towns(CHIEF, [renamed, new], D("2026-05-01")) == imports.Edition(0, 0, 0, 2)


def test_同じ日の版を入れ直すと訂正になる() -> None:
    imports.import_towns(CHIEF, [HANAZONO, INAHO], D("2026-04-01"))
    corrected = replace(INAHO, postal_code="0470033")
    assert imports.import_towns(CHIEF, [HANAZONO, corrected], D("2026-04-01")) == imports.Edition(0, 1, 0, 1)
    assert queries.towns_by_postal_code("0470033", D("2026-04-01")) == [corrected]
    assert queries.towns_by_postal_code("0470032", D("2026-04-01")) == []
    with pytest.raises(CityProblem, match="より後の版が既に取り込まれています"):
        imports.import_towns(CHIEF, [INAHO], D("2026-03-01"))


def test_市が付けた学区と投票区は新しい版でも残る() -> None:
    imports.import_towns(CHIEF, [replace(HANAZONO, school_district="花園小", polling_district="3")], D("2020-01-01"))
    assert imports.import_towns(CHIEF, [replace(HANAZONO, postal_code="0470025")], D("2026-04-01")).changed == 1
    town = queries.find_town(HANAZONO.town_code, D("2026-04-01"))
    assert town is not None
    assert (town.school_district, town.polling_district, town.postal_code) == ("花園小", "3", "0470025")


def test_他の市町村の版は自分の市の町字に触れない() -> None:
    """N-1.3.3-05"""
    imports.import_towns(CHIEF, [HANAZONO], D("2020-01-01"))
    sapporo = Town("01101001000", "北海道", "札幌市中央区", "旭ケ丘", "", "ホッカイドウ サッポロシチュウオウク アサヒガオカ", "0640941")
    assert imports.import_towns(CHIEF, [sapporo], D("2026-04-01")) == imports.Edition(1, 0, 0, 0)
    assert len(queries.towns(D("2026-04-01"))) == 2


def test_悪い行が一つでもあれば取り込まず全部の行を言う() -> None:
    """N-1.3.3-06, N-1.3.3-09"""
    bad = [replace(HANAZONO, town_code="0120300100"), replace(INAHO, town_code="48203002000", postal_code="047-0032"), HANAZONO, HANAZONO]
    with pytest.raises(CityProblem) as refused:
        imports.import_towns(CHIEF, bad, D("2026-04-01"))
    assert [line[:4] for line in str(refused.value).splitlines()[1:]] == ["2行目:", "3行目:", "3行目:", "3行目:", "5行目:"]
    assert queries.towns(D("2026-04-01")) == []


@pytest.mark.parametrize(
    ("code", "prefecture", "municipality"),
    [("13203001002", "北海道", "小樽市"), ("01999001002", "北海道", "小樽市"), ("01203001002", "北海道", "札幌市北区"), ("01203001002", "青森県", "小樽市")],
)
def test_都道府県と市区町村のコードは標準の表の名称と一致しなければならない(code: str, prefecture: str, municipality: str) -> None:
    """N-1.3.3-07, -08."""
    with pytest.raises(CityProblem, match="2行目: 住所コード"):
        imports.import_towns(CHIEF, [replace(HANAZONO, town_code=code, prefecture=prefecture, municipality=municipality)], D("2026-04-01"))


def test_同じ日に外して入れ直した町字は残る() -> None:
    for edition in ([HANAZONO, INAHO], [HANAZONO], [HANAZONO, INAHO]):
        imports.import_towns(CHIEF, edition, D("2026-04-01"))
    assert queries.find_town("01203002000", D("2027-01-01")) == INAHO


AO, WAKABA = Building("花園2丁目1番1号", "青空荘"), Building("北海道小樽市花園二丁目２番１号", "若葉荘")


@pytest.fixture
def buildings() -> None:
    """花園2丁目 with two buildings, since 2020."""
    imports.import_towns(CHIEF, [HANAZONO, INAHO], D("2020-01-01"))
    assert imports.import_buildings(CHIEF, [AO, WAKABA], D("2020-01-01")) == imports.Edition(2, 0, 0, 0)


def test_方書は書き方によらずその住所のものだけが出る(buildings, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """N-1.3.4-02: one query for any number of addresses."""
    asked = ["花園2丁目1番1号", "花園二丁目１－１", "北海道小樽市花園2-1-1", "花園2-2-1", "花園2丁目1番10号", "花園2丁目", "稲穂2丁目1番1号", ""]
    with django_assert_num_queries(1):
        found = queries.buildings_at(asked, D("2026-04-01"))
    assert [found[address] for address in asked] == [("青空荘",), ("青空荘",), ("青空荘",), ("若葉荘",), (), (), (), ()]


def test_改称した方書は適用日から替わり辞書から外れた方書は出なくなる(buildings) -> None:
    """N-1.3.4-01."""
    renamed = replace(AO, name="青空ハイツ")
    assert imports.import_buildings(CHIEF, [renamed], D("2026-04-01")) == imports.Edition(1, 0, 2, 0)
    assert [queries.buildings_at([AO.address], D(day))[AO.address] for day in ("2026-03-31", "2026-04-01")] == [("青空荘",), ("青空ハイツ",)]
    assert queries.buildings_at([WAKABA.address], D("2026-04-01"))[WAKABA.address] == ()
    assert imports.import_buildings(CHIEF, [renamed], D("2026-05-01")) == imports.Edition(0, 0, 0, 1)


def test_方書の悪い行が一つでもあれば取り込まず全部の行を言う(buildings) -> None:
    bad = [
        Building("花園2丁目1番1号", "　"), Building("花園2丁目", "甲荘"), Building("花園2丁目町1番", "乙荘"), Building("色内1丁目1番1号", "丙荘"), Building("", "丁荘"),
        Building("花園2丁目3番1号", "コーポ甲"), Building("花園2丁目3番1号", "コ－ポ　甲"), Building("花園2丁目4番1号", "長" * 101), Building("花園2丁目4番甲1号", "戊荘"),
    ]  # fmt: skip
    with pytest.raises(CityProblem) as refused:
        imports.import_buildings(CHIEF, bad, D("2026-04-01"))
    said = str(refused.value).splitlines()[1:]
    assert [line.split(":")[0] for line in said] == [
        "2行目",
        "3行目",
        "4行目",
        "5行目",
        "6行目",
        "8行目",
        "9行目",
    ]  # as the file counts them, under its heading
    assert "町字から番地まで" in said[1] and "一つにしてください" in said[5]
    assert queries.buildings_at([AO.address], D("2026-04-01"))[AO.address] == ("青空荘",)
    with pytest.raises(CityProblem, match="方書がありません"):
        imports.import_buildings(CHIEF, [], D("2026-04-01"))


def test_方書の辞書はファイルから読み列が無ければ断る(tmp_path: Path) -> None:
    file = tmp_path / "buildings.csv"
    file.write_text("address,name\n花園2丁目1番1号, 青空荘\n", encoding="utf-8-sig")
    assert imports.read_buildings(file) == [AO]
    file.write_text("address\n花園2丁目1番1号\n", encoding="utf-8")
    with pytest.raises(CityProblem, match="列「name」がありません"):
        imports.read_buildings(file)
    file.write_text("address,name\n花園2丁目1番1号,青空荘\n", encoding="cp932")
    with pytest.raises(CityProblem, match="UTF-8ではありません"):
        imports.read_buildings(file)


def test_二つの辞書のファイルは様式どおりの列で取込みのコマンドで今日から効く(tmp_path: Path) -> None:
    """layouts/towns.csv, layouts/buildings.csv are the columns."""
    for name, columns in (("towns", imports.TOWN_COLUMNS), ("buildings", imports.BUILDING_COLUMNS)):
        with (LAYOUTS / f"{name}.csv").open(encoding="utf-8") as file:
            assert tuple(row["identifier"] for row in csv.DictReader(file)) == columns
    (tmp_path / "towns.csv").write_text(f"{','.join(imports.TOWN_COLUMNS)}\n{','.join(astuple(HANAZONO)[:7])},,\n", encoding="utf-8")
    (tmp_path / "buildings.csv").write_text("address,name\n花園2丁目1番1号,青空荘\n花園2丁目2番1号,若葉荘\n", encoding="utf-8")
    assert [import_.LAYOUTS[name].take(tmp_path / f"{name}.csv") for name in ("towns", "buildings")] == [1, 2]
    assert queries.towns(clock.today()) == [HANAZONO]
    assert [queries.buildings_at([AO.address], day)[AO.address] for day in (clock.today() - timedelta(days=1), clock.today())] == [(), ("青空荘",)]


def test_住所辞書はファイルから読み列が無ければ断る(tmp_path: Path) -> None:
    file = tmp_path / "towns.csv"
    columns = ",".join(imports.TOWN_COLUMNS)
    file.write_text(f"{columns}\n01203001002,北海道,小樽市,花園,2丁目,ホッカイドウ オタルシ ハナゾノ 2チョウメ,0470024,,\n", encoding="utf-8-sig")
    assert imports.read_towns(file) == [HANAZONO]
    file.write_text(columns.replace(",kana", ""), encoding="utf-8")
    with pytest.raises(CityProblem, match="列「kana」がありません"):
        imports.read_towns(file)


def test_辞書の大きさに問合せの数がよらない(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    towns = [replace(INAHO, town_code=f"01203{at:06}") for at in range(1, 900)]
    with django_assert_max_num_queries(9):
        imports.import_towns(CHIEF, towns, D("2020-01-01"))
    with django_assert_max_num_queries(9):
        imports.import_towns(CHIEF, [replace(town, postal_code="0470033") for town in towns], D("2026-04-01"))


def test_コード表は版ごとに替わり廃止したコードも名称が読める() -> None:
    """N-1.3.3-02"""
    imports.import_codes(CHIEF, "country", [Code("100", "甲国"), Code("200", "乙国")], D("2020-01-01"))
    done = imports.import_codes(CHIEF, "country", [Code("300", "丙国"), Code("100", "甲共和国")], D("2026-01-01"))
    assert done == imports.Edition(1, 1, 1, 0)
    assert queries.codes("country", D("2026-04-01")) == [Code("300", "丙国"), Code("100", "甲共和国")]
    assert queries.codes("country", D("2025-12-31")) == [Code("100", "甲国"), Code("200", "乙国")]
    assert queries.code_names("country", ["100", "200", "999"]) == {"100": "甲共和国", "200": "乙国"}
    assert queries.codes("visa", D("2026-04-01")) == []
    with pytest.raises(CityProblem, match="2回あります"):
        imports.import_codes(CHIEF, "country", [Code("100", "甲国"), Code("100", "乙国")], D("2027-01-01"))


def test_権限が無ければ何も登録できない() -> None:
    nobody = Actor.system("nobody")
    for attempt in (
        *(
            lambda thing=thing, act=act: act(nobody, change_to(thing, D("2026-04-01"), reason="試し"))
            for thing in (Office("x", "x"), Terminal("x", "x", "x"), sample.MAYOR)
            for act in (commands.propose, commands.install)
        ),
        lambda: imports.import_towns(nobody, [INAHO], D("2026-04-01")),
        lambda: imports.import_buildings(nobody, [AO], D("2026-04-01")),
        lambda: imports.import_codes(nobody, "country", [Code("1", "甲国")], D("2026-04-01")),
    ):
        with pytest.raises(audit.Refused):
            attempt()
