"""届書の入力の画面 — begun, kept field by field, judged as a whole, nothing typed lost. F-1-01, F-1-02, F-1-04; N-4.0.*, N-4.1.*."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from daicho.residents.models import Claim, Filing, SheetCurrent
from tests.cast import FAMILY, HANAKO, ICHIRO, SATO, TARO
from tests.residents import counter
from tests.residents.screens import desks
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import begin_move_in, enter, entered_move_in, form_of, move_in_data, open_visit, register, with_reasons

pytestmark = pytest.mark.django_db


def test_受付がなければ届出を始められない(clerk):
    """F-1-01."""
    answer = clerk.post("/filings/new/domestic_move_in/", {"count": "4"})
    assert answer.status_code == 302 and not Filing.objects.exists()


def test_権限のない職員は届出のどの画面も開けない(clerk, stranger):
    """design §6: each refusal is on record."""
    open_visit()
    filing = begin_move_in(clerk)
    for url in (
        "/filings/new/",
        "/filings/new/domestic_move_in/",
        f"/filings/{filing}/",
        f"/filings/{filing}/examination/",
        f"/filings/{filing}/result/",
        "/waiting/",
    ):
        assert stranger.get(url).status_code == 403, url
    for step in ("field", "enter", "people", "household", "withdraw", "reopen", "numbers", "examine", "register", "send-back"):
        data = {"field": "f-address", "value": "x", "f-household_no": "1"}
        assert stranger.post(f"/filings/{filing}/{step}/", data).status_code == 403, step


def test_異動日は空で届出日は処理日で始まる(clerk):
    """N-4.0.3-02, N-4.1.0.2-02."""
    open_visit()
    page = form_of(clerk.get(f"/filings/{begin_move_in(clerk)}/"))
    assert (page["f-effective_on"], page["f-filed_on"], page["f-household_choice"]) == ("", "令和8年4月10日", "new")


def test_定義にある項目だけが画面にあり人ごとに並ぶ(clerk):
    """F-1-04."""
    from daicho import clock
    from daicho.residents.rules.events import event_on

    open_visit()
    definition = event_on("domestic_move_in", clock.today())
    names = set(form_of(clerk.get(f"/filings/{begin_move_in(clerk, 4)}/"))) - {"csrfmiddlewaretoken", "people"}
    radios = {f"m{i}-{n}" for i in range(4) for n in ("resident_kind", "newborn")} | {"f-filer", "f-household_choice", "f-unfiled"}  # and an unticked box
    wanted = {f"f-{n}" for n in definition.all_fields()} | {f"m{i}-{n}" for i in range(4) for n in definition.all_member_fields()}
    assert names | radios == wanted


def test_定義にない項目を送ると拒まれ何も変わらない(clerk):
    """F-1-04: 400."""
    open_visit()
    filing = begin_move_in(clerk)
    assert clerk.post(f"/filings/{filing}/enter/", {**move_in_data([TARO]), "f-closed_on": "x"}).status_code == 400
    assert clerk.post(f"/filings/{filing}/enter/", {**move_in_data([TARO]), "m7-name_kanji": "x"}).status_code == 400
    assert clerk.post(f"/filings/{filing}/field/", {"field": "f-closed_on", "value": "x"}).status_code == 400
    assert clerk.post(f"/filings/{filing}/field/", {"field": "zzz", "value": "x"}).status_code == 400
    assert Filing.objects.get().typed["filing"].get("address") is None


def test_離れた項目は一つずつ残り開き直すとすべて戻る(clerk):
    """N-4.0.8-03; the journey kills the browser: all but the field in focus."""
    open_visit()
    filing = begin_move_in(clerk, 2)
    for name, value in (
        ("f-address", "花園2丁目12番1号"),
        ("m1-name_kanji", HANAKO.name),
        ("m1-individual_number", HANAKO.individual_number),
        ("f-filer", "head"),
    ):
        assert clerk.post(f"/filings/{filing}/field/", {"field": name, "value": value, "people": "2"}).status_code == 204
    kept = form_of(clerk.get(f"/filings/{filing}/"))
    assert (kept["f-address"], kept["m1-name_kanji"], kept["m1-individual_number"]) == ("花園2丁目12番1号", HANAKO.name, HANAKO.individual_number)
    assert kept["f-filer"] == "head"
    assert HANAKO.individual_number not in str(Filing.objects.get().typed)


def test_他の職員は人の入力中の届出に書けない(clerk, made_up_city):
    open_visit()
    filing = begin_move_in(clerk)
    other = desks.officer("s.shinsa", desks.ENTERS, "H02")
    assert other.post(f"/filings/{filing}/field/", {"field": "f-address", "value": "x"}).status_code == 409
    assert other.get(f"/filings/{filing}/").url.endswith("/examination/")
    assert other.post(f"/filings/{filing}/enter/", move_in_data([TARO])).url.endswith(f"/filings/{filing}/")


def test_すべての誤りが一度に要約と項目の両方に出て打った文字は残る(clerk):
    """domain §11: all problems at once."""
    open_visit()
    filing = begin_move_in(clerk, 2)
    data = move_in_data([TARO, HANAKO], address="", effective_on="令和8年4月31日") | {"m1-birth_date": "昭和57年13月1日", "m1-name_kana": "ハナゾノ・漢字"}
    answer = clerk.post(f"/filings/{filing}/enter/", data)
    html = answer.content.decode()
    assert answer.status_code == 422
    for anchor in ("id-f-address", "id-f-effective_on", "id-m1-birth_date", "id-m1-name_kana"):
        assert f'href="#{anchor}"' in html and f'id="{anchor}-error"' in html, anchor
    assert "2人目　生年月日" in html
    assert form_of(answer)["m1-birth_date"] == "昭和57年13月1日"
    assert Filing.objects.get().typed["members"][1]["fields"]["birth_date"] == "昭和57年13月1日"


def test_アラートは理由があれば進め理由がなければ止まる(clerk):
    """std 11.1; 法52条2項: lateness only warns."""
    open_visit()
    filing = begin_move_in(clerk)
    data = move_in_data([TARO], effective_on="令和8年3月1日")
    answer = clerk.post(f"/filings/{filing}/enter/", data)
    assert answer.status_code == 422 and "届出が異動日から14日を過ぎています" in visible(answer)
    assert clerk.post(f"/filings/{filing}/enter/", {**with_reasons(answer, data, " ")}).status_code == 422
    answer = clerk.post(f"/filings/{filing}/enter/", with_reasons(answer, data, "入院していた"))
    row = Filing.objects.get()
    assert (answer.status_code, row.state) == (302, "entered")
    assert [one["reason"] for one in row.overrides.values()] == ["入院していた"]


def test_確認のいらない用件の受付からは届出を始められない(clerk):
    """法27条2項; F-1-01: said before anything is typed, since a filing stays with its visit."""
    person = counter.register("domestic_move_in", counter.move_in_form([SATO]))[0].person.public_id
    open_visit(identity_check="not_needed")
    for url in ("/filings/new/domestic_move_in/", f"/filings/new/relocation/{person}/"):
        for send in (clerk.get, clerk.post):
            answer = send(url, {"count": "1", "everybody": "yes"})
            assert (answer.status_code, answer.url) == (302, "/visit/"), url
            assert "本人確認をしていないため、届出を始められません" in visible(clerk.get(answer.url))
    assert not Filing.objects.filter(state="draft").exists()


def test_本人確認のない受付では仮登録できない(clerk):
    """法27条; F-1-01."""
    visit = open_visit()
    filing = begin_move_in(clerk)
    visit.identity_check = ""
    visit.save(update_fields=["identity_check"])
    answer = clerk.post(f"/filings/{filing}/enter/", move_in_data([TARO]))
    assert answer.status_code == 422 and "本人確認が記録されていません" in visible(answer)


def test_二度送っても仮登録は一つで差し支えない(clerk):
    open_visit()
    filing = begin_move_in(clerk)
    data = move_in_data([TARO])
    first = clerk.post(f"/filings/{filing}/enter/", data)
    second = clerk.post(f"/filings/{filing}/enter/", data)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Filing.objects.get().state == "entered" and Claim.objects.filter(kind="number").count() == 1


def test_同じ世帯への届出は誰が持っているかを告げ打った文字を残す(clerk, examiner):
    """N-4.0.8-04; design §3."""
    from tests.residents.counter import move_in_form
    from tests.residents.counter import register as registered

    household = registered("domestic_move_in", move_in_form([TARO]))[0].entries.household_no
    open_visit()
    entered_move_in(clerk, [replace(SATO, relationship="同居人")], household_choice="existing", household_no=household)
    joining = {"household_choice": "existing", "household_no": household, "address_building": "離れ"}
    filing = begin_move_in(clerk)
    data = move_in_data([ICHIRO], **joining)
    answer = clerk.post(f"/filings/{filing}/enter/", with_reasons(clerk.post(f"/filings/{filing}/enter/", data), data))
    assert answer.status_code == 409
    assert "この世帯は、小林　窓子が" in visible(answer) and "仮登録した異動" in visible(answer)
    assert form_of(answer)["f-address_building"] == "離れ"
    assert Filing.objects.get(public_id=filing).typed["filing"]["address_building"] == "離れ"


def test_人を追加し外しても打った文字は残る(clerk):
    """N-4.0.1-06."""
    open_visit()
    filing = begin_move_in(clerk, 2)
    data = move_in_data([TARO, HANAKO])
    answer = clerk.post(f"/filings/{filing}/people/", {**data, "do": "add"})
    assert answer.url == f"/filings/{filing}/?person=3"
    page = form_of(clerk.get(answer.url))
    assert (page["people"], page["m1-name_kanji"], page["m2-name_kanji"]) == ("3", HANAKO.name, "")
    clerk.post(f"/filings/{filing}/people/", {**page, "do": "remove:0"})
    page = form_of(clerk.get(f"/filings/{filing}/"))
    assert (page["people"], page["m0-name_kanji"], page["m0-juminhyo_code"]) == ("2", HANAKO.name, HANAKO.juminhyo_code)
    assert clerk.post(f"/filings/{filing}/people/", {**page, "do": "remove:9"}).status_code == 400


def test_一度入れた内容は全員に当てはまり人ごとの内容は上の人から写せる(clerk, examiner):
    """N-4.0.10-01: the days, the new and the former address are typed once for three; 氏, its kana, 本籍 and 筆頭者 have a key that copies.

    What the key does is shown in a browser (test_filing_browser.py).
    """
    open_visit()
    filing = begin_move_in(clerk, 3)
    html = clerk.get(f"/filings/{filing}/").content.decode()
    copies = {(to, source) for source, to in re.findall(r'data-copy-from="id-([^"]+)" data-copy-to="id-([^"]+)"', html)}
    copied = ("name_kanji", "name_kana", "registered_domicile", "family_register_head_name")
    assert copies == {(f"m{at}-{name}", f"m{at - 1}-{name}") for at in (1, 2) for name in copied}
    common = {
        "address": "色内1丁目3番5号",
        "address_building": "海荘2号",
        "previous_address": "北海道札幌市北区一条1番地",
        "previous_municipality_code": "011029",
    }
    enter(clerk, filing, move_in_data(FAMILY[:3], **common))
    register(examiner, filing)
    rows = SheetCurrent.objects.order_by("order_in_household")
    assert [row.name_kanji for row in rows] == [role.name for role in FAMILY[:3]]
    for row in rows:
        assert (row.address, row.address_building) == ("北海道小樽市色内1丁目3番5号", "海荘2号")
        assert (row.previous_address, row.previous_municipality_code) == ("北海道札幌市北区一条1番地", "011029")
        assert (row.became_resident_date.wareki(), row.became_resident_notified_date.isoformat()) == ("令和8年4月1日", "2026-04-03")


def test_別世帯の現住所は次の世帯の入力に出ない(clerk):
    """N-4.0.10-10: whether the first household is still typed, in 仮登録 or a resident, the next form offers nothing of its address."""
    open_visit()
    typed, entered = begin_move_in(clerk), begin_move_in(clerk)
    clerk.post(f"/filings/{typed}/field/", {"field": "f-address", "value": "稲穂3丁目9番1号"})
    enter(clerk, entered, move_in_data([SATO], address="色内1丁目3番5号", address_building="海荘201号"))
    counter.register("domestic_move_in", counter.move_in_form([TARO], address="花園2丁目12番1号", address_building="花園荘101号"))
    open_visit()
    answer = clerk.get(f"/filings/{begin_move_in(clerk)}/")
    page = form_of(answer)
    assert (page["f-address"], page["f-address_building"], page["f-address_postal_code"]) == ("", "", "")
    html = answer.content.decode()
    assert not [text for text in ("稲穂3丁目", "色内1丁目", "海荘", "花園荘") if text in html]
    assert not re.search(r'data-copy-to="id-f-', html)


def test_入る世帯の世帯員が同じ画面に見え閲覧が残る(clerk):
    """N-4.0.2-04; F-1-13."""
    from daicho.audit.models import AuditEntry
    from tests.residents.counter import move_in_form
    from tests.residents.counter import register as registered

    written = registered("domestic_move_in", move_in_form(FAMILY))
    open_visit()
    filing = begin_move_in(clerk)
    answer = clerk.post(f"/filings/{filing}/household/", {"f-household_no": written[0].entries.household_no})
    assert "花園　太郎" in visible(answer) and "花園　二郎" in visible(answer)
    assert set(AuditEntry.objects.order_by("-id").first().subjects) == {w.person.public_id for w in written}
    clerk.post(f"/filings/{filing}/field/", {"field": "f-household_no", "value": written[0].entries.household_no})
    assert "花園　花子" in visible(clerk.get(f"/filings/{filing}/"))


def test_仮登録は本人が入力中に戻して直せる(clerk):
    """N-4.0.8-03, N-4.0.9-02."""
    open_visit()
    row = entered_move_in(clerk, [TARO])
    assert clerk.post(f"/filings/{row.public_id}/field/", {"field": "f-address", "value": "x"}).status_code == 409
    assert clerk.post(f"/filings/{row.public_id}/reopen/").url == f"/filings/{row.public_id}/"
    data = move_in_data([TARO], address_building="コーポ花園203")
    assert enter(clerk, row.public_id, data).typed["filing"]["address_building"] == "コーポ花園203"


def test_取下げには理由がいり届出は入力できなくなる(clerk):
    """N-4.0.8-03, -13."""
    open_visit()
    row = entered_move_in(clerk, [TARO])
    clerk.post(f"/filings/{row.public_id}/withdraw/", {"reason": " "})
    assert Filing.objects.get().state == "entered"
    assert clerk.post(f"/filings/{row.public_id}/withdraw/", {"reason": "届出人の申出"}).url == "/"
    assert Filing.objects.get().state == "withdrawn" and not Claim.objects.exists()
    page = visible(clerk.get(f"/filings/{row.public_id}/examination/"))
    assert "届出人の申出" in page and "照合して本登録" not in page


def test_机には受付と自分の入力中と待ちの件数が出て人の名は出ない(clerk, examiner):
    """design §3."""
    open_visit()
    filing = begin_move_in(clerk, 4)
    clerk.post(f"/filings/{filing}/field/", {"field": "m0-name_kanji", "value": SATO.name, "people": "4"})
    entered_move_in(clerk, [TARO])
    page = visible(clerk.get("/"))
    assert "照合待ち 1 件" in page and "入力中" in page and SATO.name not in page
    assert "受付中の来庁者はいません" in visible(examiner.get("/"))
