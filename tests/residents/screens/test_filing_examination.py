"""照合・審査の画面 — another officer compares and registers; the list lives; nothing counts twice. F-1-02; N-4.0.8-07…-21."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from daicho import clock
from daicho.audit.models import AuditEntry
from daicho.residents.models import CivilEvent, Filing, SheetCurrent
from daicho.residents.rules.events import event_on
from tests.cast import EXAMINER, HANAKO, ICHIRO, JIRO, SATO, TARO, Role
from tests.residents import counter
from tests.residents.screens import desks
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import entered_move_in, mark_on, open_visit, register

pytestmark = pytest.mark.django_db
PINNED = {"home": 4, "waiting": 6, "rows": 4, "examination": 11}
PINNED_FORM, PINNED_RESULT = 6, 13
"""Statements of each page, with the session, the use and the rights of the officer."""


@pytest.fixture
def family(clerk) -> Filing:
    """花園 of four, entered at 本庁1."""
    open_visit()
    return entered_move_in(clerk)


def test_届書と住民票が並び番号は伏せられ閲覧が残る(family, examiner):
    """F-1-02, F-1-13; N-4.0.9-01: before it becomes the register, what was entered is looked at on the screen."""
    page = visible(examiner.get(f"/filings/{family.public_id}/examination/"))
    for text in (
        "花園　太郎",
        "写真つきの公的な証明書",
        "花園2丁目12番1号",
        "北海道札幌市中央区",
        "新しい世帯（番号は本登録のときに付きます）",
        "平成25年2月29日",
    ):
        assert text in page, text
    assert TARO.individual_number not in page and TARO.juminhyo_code not in page
    row = AuditEntry.objects.order_by("-id").first()
    assert (row.action, row.screen, row.visit_no) == ("residents:filing:examine", "residents:examination", str(family.visit.visit_no))


def test_番号は表示した者が残って初めて見える(family, examiner, clerk):
    """design §6: each unmasking is recorded; the clerk without the right is refused."""
    page = visible(examiner.post(f"/filings/{family.public_id}/numbers/"))
    assert TARO.individual_number in page and HANAKO.juminhyo_code in page
    row = AuditEntry.objects.order_by("-id").first()
    assert (row.action, row.shows_numbers) == ("residents:number:reveal", True)
    assert clerk.post(f"/filings/{family.public_id}/numbers/").status_code == 403


@pytest.mark.parametrize("what", ["registered", "withdrawn"])
def test_本登録や取下げの後は届書から番号を開けない(family, examiner, clerk, what):
    """F-1-13: then they are a resident's numbers, and whose were opened is read from the register, by person."""
    if what == "registered":
        register(examiner, family.public_id)
    else:
        clerk.post(f"/filings/{family.public_id}/withdraw/", {"reason": "取りやめ"})
    answer = examiner.post(f"/filings/{family.public_id}/numbers/")
    assert answer.status_code == 404 and TARO.individual_number not in answer.content.decode()
    row = AuditEntry.objects.order_by("-id").first()
    assert (row.action, row.outcome, row.shows_numbers) == ("residents:number:reveal", "failed", False)


def test_照合して本登録すると結果と知らせた先が見える(family, examiner):
    """N-4.0.8-20, -21; F-2-20."""
    register(examiner, family.public_id)
    page = visible(examiner.get(f"/filings/{family.public_id}/result/"))
    assert SheetCurrent.objects.count() == 4
    assert page.count("本人確認情報の通知") == 4 and page.count("転入通知（法第9条第1項）") == 4 and "住基ネット（市町村CS）" in page
    assert "小林　窓子・高橋　照合" in page
    row = AuditEntry.objects.filter(screen="residents:filing_result").order_by("-id").first()
    assert len(row.subjects) == 4


def test_本登録の結果に年齢に合う手続と窓口が並ぶ(family, examiner):
    """domain §4.0 (practice). The family is 46, 43, 16 and 13 years old; nobody is 65, and nobody is a foreign resident."""
    register(examiner, family.public_id)
    page = visible(examiner.get(f"/filings/{family.public_id}/result/"))
    shown = page[page.index("ほかの窓口で要る手続") : page.index("知らせた先")]
    for what, whom in (
        ("国民健康保険の加入（職場の健康保険に入る人を除く） 保険年金課", (TARO, HANAKO, ICHIRO, JIRO)),
        ("国民年金の届出（会社員などを除く） 保険年金課", (TARO, HANAKO)),
        ("児童手当の認定請求 こども福祉課", (ICHIRO, JIRO)),
        ("小学校・中学校の転入学 学校教育支援室", (JIRO,)),
    ):
        assert f"{what} {' 、 '.join(each.name for each in whom)} " in shown, what
    for other in ("介護保険", "後期高齢者医療", "在留カード"):
        assert other not in shown


def test_二段でも本登録でき二度押しても一度しか記帳されない(family, examiner):
    mark = mark_on(examiner.get(f"/filings/{family.public_id}/examination/"))
    assert examiner.post(f"/filings/{family.public_id}/examine/", {"seen": mark}).url.endswith("/examination/")
    assert "本登録する" in visible(examiner.get(f"/filings/{family.public_id}/examination/"))
    first, second = (examiner.post(f"/filings/{family.public_id}/register/") for _ in range(2))
    assert (first.url, second.url) == (f"/filings/{family.public_id}/result/", f"/filings/{family.public_id}/examination/")
    assert CivilEvent.objects.count() == 1 and SheetCurrent.objects.count() == 4


def test_自分が入力した届出は照合できず画面にもそう出る(made_up_city):
    """F-1-02."""
    both = desks.officer("m.mado", {*desks.ENTERS, *desks.EXAMINES}, "H01")
    open_visit()
    row = entered_move_in(both, [TARO])
    page = both.get(f"/filings/{row.public_id}/examination/")
    assert "自分が入力した届出です" in visible(page) and "照合して本登録する" not in visible(page)
    both.post(f"/filings/{row.public_id}/examine/", {"seen": mark_on(page) if 'name="seen"' in page.content.decode() else "", "do": "register"})
    row.refresh_from_db()
    assert row.state == "entered" and not SheetCurrent.objects.exists()


def test_画面を開いた後に内容が変われば照合にならない(family, examiner, clerk):
    """F-1-02: what was examined is what was shown."""
    from tests.residents.screens.filing_steps import enter, move_in_data

    mark = mark_on(examiner.get(f"/filings/{family.public_id}/examination/"))
    clerk.post(f"/filings/{family.public_id}/reopen/")
    enter(clerk, family.public_id, move_in_data(address_building="コーポ花園203"))
    examiner.post(f"/filings/{family.public_id}/examine/", {"seen": mark, "do": "register"})
    family.refresh_from_db()
    assert family.state == "entered" and not SheetCurrent.objects.exists()
    assert "画面を開いた後に" in visible(examiner.get(f"/filings/{family.public_id}/examination/"))


def test_差戻しには理由がいり入力者の画面に出る(family, examiner, clerk):
    examiner.post(f"/filings/{family.public_id}/send-back/", {"reason": ""})
    family.refresh_from_db()
    assert family.state == "entered"
    assert examiner.post(f"/filings/{family.public_id}/send-back/", {"reason": "本籍の番地が違います"}).url == "/waiting/"
    assert "差戻し" in visible(clerk.get("/")) and "本籍の番地が違います" in visible(clerk.get(f"/filings/{family.public_id}/"))


def test_一覧にはだれがいつからと審査中が出て所で絞れる(family, examiner, clerk):
    """N-4.0.8-07, -08, -09."""
    examiner.get(f"/filings/{family.public_id}/examination/")
    page = visible(examiner.get("/waiting/"))
    assert all(text in page for text in ("転入", "4人", "小林　窓子", "本庁", "高橋　照合", "09:00から", "4月10日（金）09時00分"))
    assert TARO.name not in page
    assert "本登録を待つ届出はありません" in visible(examiner.get("/waiting/?office=ekimae"))


def test_一覧は一人の異動者でも絞れ絞らなければすべて出る(family, examiner):
    """N-4.0.8-09: led to from the person's card; what others have waiting is not in it, nor can it be registered from there unseen."""
    moved = counter.register("domestic_move_in", counter.move_in_form([SATO], address="稲穂1丁目1番"))[0].person.public_id
    filing = counter.enter("death", counter.death_form(moved))
    number = Filing.objects.get(public_id=filing).filing_no
    page = visible(examiner.get(f"/waiting/?person={moved}"))
    assert f" {number} " in page and f" {family.filing_no} " not in page and "すべて本登録" not in page
    rows = examiner.get(f"/waiting/rows/?person={moved}").content.decode()
    assert f"person={moved}" in rows
    everything = visible(examiner.get("/waiting/"))
    assert f" {number} " in everything and f" {family.filing_no} " in everything


def test_一覧は変わったときだけ送り直す(family, examiner):
    """A list that renews itself must not move under the hand; a poll is no person at work (staff middleware)."""
    page = examiner.get("/waiting/rows/", headers={"X-Daicho-Poll": "1"}).content.decode()
    mark = re.search(r"seen=([0-9a-f]+)", page)[1]
    assert examiner.get(f"/waiting/rows/?seen={mark}").status_code == 204
    examiner.get(f"/filings/{family.public_id}/examination/")
    assert examiner.get(f"/waiting/rows/?seen={mark}").status_code == 200


def test_選んだものも所のすべても本登録でき上限を超えれば断る(examiner, clerk, monkeypatch):
    """N-4.0.8-10, -11."""
    from daicho.residents.commands import registering

    open_visit()
    rows = [entered_move_in(clerk, [person], address=f"花園2丁目{n}番1号") for n, person in enumerate((TARO, SATO), 1)]
    for row in rows:
        examiner.post(f"/filings/{row.public_id}/examine/", {"seen": mark_on(examiner.get(f"/filings/{row.public_id}/examination/"))})
    asked = registering.city.setting
    monkeypatch.setattr(registering.city, "setting", lambda key, on: 1 if key == "approval_cap" else asked(key, on))
    answer = examiner.post("/waiting/register/", {"all": "yes"})
    assert "一度に本登録できるのは1件までです" in visible(examiner.get(answer.url))
    examiner.post("/waiting/register/", {"filing": str(rows[0].public_id)})
    assert [Filing.objects.get(pk=row.pk).state for row in rows] == ["registered", "examined"]
    monkeypatch.undo()
    assert examiner.post("/waiting/register/", {"all": "yes", "office": "ekimae"}).status_code == 302
    assert Filing.objects.get(pk=rows[1].pk).state == "examined"
    examiner.post("/waiting/register/", {"all": "yes", "office": "honcho"})
    assert Filing.objects.get(pk=rows[1].pk).state == "registered"
    assert examiner.post("/waiting/register/", {"filing": "x"}).status_code == 400


def test_住民票の予想は本登録の結果と一致する(family, examiner):
    """What the examiner is shown is what is written, and what the paper says."""
    from daicho.residents.commands.examining import preview

    actor = replace(EXAMINER, grants=frozenset(desks.EXAMINES), visit_no=str(family.visit.visit_no))
    shown = preview(actor, family).outcomes
    register(examiner, family.public_id)
    written = list(SheetCurrent.objects.order_by("person_id"))
    number = written[0].household_no
    assert [replace(one.after, household_no=number) for one in shown] == [row.to_entries() for row in written]
    said = [(row.name_kanji, row.relationship, row.order_in_household, row.householder_name, row.address) for row in written]
    assert said == [
        (person.name, person.relationship, place, TARO.name, "北海道小樽市花園2丁目12番1号") for place, person in enumerate((TARO, HANAKO, ICHIRO, JIRO), 1)
    ]


def test_届出の画面のどの行も定義の言葉で出る(family, examiner):
    page = visible(examiner.get(f"/filings/{family.public_id}/examination/"))
    assert all(field.label in page for field in event_on("domestic_move_in", clock.today()).fields)


def test_問合せの数は決まっていて人や件数で増えない(clerk, examiner):
    """style 14: pinned; the same with one person and with four, with one filing and with three."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(client, url: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]])

    def pages(filing: Filing) -> dict[str, int]:
        looked = {name: count(examiner, url) for name, url in (("home", "/"), ("waiting", "/waiting/"), ("rows", "/waiting/rows/"))}
        return {**looked, "examination": count(examiner, f"/filings/{filing.public_id}/examination/")}

    def drawn(filing: Filing) -> int:
        clerk.post(f"/filings/{filing.public_id}/reopen/")
        return count(clerk, f"/filings/{filing.public_id}/")

    open_visit()
    one = entered_move_in(clerk, [SATO], address="色内1丁目3番5号")
    pages(one)  # keys of the vault are opened once a process
    first = pages(one)
    four = entered_move_in(clerk)
    entered_move_in(clerk, [Role(12, "入船　三郎", "イリフネ　サブロウ", "昭和30年1月2日", "1", "世帯主")], address="入船3丁目1番1号")
    assert pages(four) == PINNED
    assert first == {**PINNED, "examination": PINNED["examination"] + 1}  # 葛󠄂 asks the city's table of 代替文字, however many do
    drawn(one)
    assert drawn(four) == drawn(one) == PINNED_FORM
    for filing in (one, four):
        clerk.post(f"/filings/{filing.public_id}/withdraw/", {"reason": "試験"})
    results = [
        entered_move_in(clerk, [TARO], address="色内2丁目1番1号"),
        entered_move_in(clerk, [replace(HANAKO, relationship="世帯主"), ICHIRO], address="色内2丁目1番2号"),
    ]
    for filing in results:
        register(examiner, filing.public_id)
    assert {count(examiner, f"/filings/{filing.public_id}/result/") for filing in results} == {PINNED_RESULT}


def test_来庁者の届出がどこまで進んだかが机で分かる(family, clerk, examiner):
    """design §3: the clerk sees 本登録 and goes on to the certificate; another's visit is not shown."""
    page = clerk.get("/")
    assert "この来庁者の届出" in visible(page) and "仮登録" in visible(page)
    mark = re.search(r"visit-filings/\?seen=([0-9a-f]+)", page.content.decode())[1]
    assert clerk.get(f"/visit-filings/?seen={mark}").status_code == 204
    register(examiner, family.public_id)
    assert "本登録" in visible(clerk.get(f"/visit-filings/?seen={mark}"))
    assert clerk.get(f"/filings/{family.public_id}/").url.endswith("/result/")
    assert "転入" not in visible(examiner.get("/visit-filings/"))
