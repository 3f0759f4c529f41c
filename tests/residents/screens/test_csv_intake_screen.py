"""CSVの取込みの画面 — a paper's CSV fills the form of a filing; nothing is registered, nothing typed is lost, nothing of the file is kept. 標準仕様10.8."""

from __future__ import annotations

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from daicho.audit.models import AuditEntry
from daicho.residents.models import Filing, SheetCurrent
from tests.cast import HANAKO, TARO
from tests.residents import counter
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import begin_move_in, enter, form_of, open_visit

pytestmark = pytest.mark.django_db
HEADINGS = "住所,転出先（予定）,転出予定年月日,氏名,氏名の振り仮名,生年月日,性別,続柄,本籍,筆頭者の氏名,住民票コード,個人番号"
FORMER, PLANNED = "北海道札幌市中央区南一条西一丁目1番地　コーポ架空　305", "北海道小樽市花園2丁目12番1号"
PAPER = "\n".join(
    [HEADINGS]
    + [
        f"{FORMER},{PLANNED},令和8年4月6日,{who.name},{who.kana},{who.birth},{sex},{who.relationship},北海道札幌市中央区南一条西一丁目1番地,花園　太郎,"
        f"{who.juminhyo_code},{who.individual_number}"
        for who, sex in ((TARO, "男"), (HANAKO, "女"))
    ]
)
CARD = f"住所,氏名,旧氏,通称,生年月日,性別,個人番号\n{FORMER},{TARO.name},山田,,{TARO.birth},男,{TARO.individual_number}\n"


def otherwise(said: str) -> bytes:
    """The same made another way: columns reversed, everything in quotes, CRLF, シフトJIS."""
    rows = [reversed(line.split(",")) for line in said.splitlines()]
    return "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode("cp932")


@pytest.fixture
def filing(clerk):
    open_visit()
    return begin_move_in(clerk)


def take_in(clerk, filing, said, paper="move_out_certificate", do="blanks", **typed):
    data = {**form_of(clerk.get(f"/filings/{filing}/")), **typed, "csv_paper": paper, "do": do}
    content = said if isinstance(said, bytes) else said.encode()
    return clerk.post(f"/filings/{filing}/take-in/", {**data, "csv_file": SimpleUploadedFile("a.csv", content)})


@pytest.mark.parametrize("make", [str.encode, otherwise], ids=["UTF-8", "シフトJIS・逆順"])
def test_転出証明書のCSVの記載が転入の欄に設定される(clerk, filing, make):
    """N-10.8-01: Given 転出証明書の記載事項のCSV, When 転入の異動処理で取り込む, Then 該当項目が入力欄に設定される. N-10.8-05: of two makers alike."""
    answer = take_in(clerk, filing, make(PAPER))
    assert answer.status_code == 200 and "転出証明書のCSVから" in visible(answer) and "書類と照らして" in visible(answer)
    assert "この届書に欄のない項目は、取り込んでいません：転出予定年月日" in visible(answer)
    for form in (form_of(answer), form_of(clerk.get(f"/filings/{filing}/"))):
        assert (form["people"], form["f-address"], form["f-previous_municipality_code"]) == ("2", "花園2丁目12番1号", "011011")
        assert (form["f-previous_address"], form["f-previous_address_building"]) == ("北海道札幌市中央区南一条西一丁目1番地", "コーポ架空　305")
        for place, who in enumerate((TARO, HANAKO)):
            said = {name: form[f"m{place}-{name}"] for name in who.typed() if name != "kana_notarised"}
            assert said == {name: text for name, text in who.typed().items() if name != "kana_notarised"}
    assert Filing.objects.get().state == "draft" and not SheetCurrent.objects.exists()


def test_取り込んだ転入は職員が足した上で仮登録できる(clerk, filing):
    """N-10.8-01: what the paper does not say is the clerk's to add."""
    form = form_of(take_in(clerk, filing, PAPER)) | {"f-effective_on": "令和8年4月7日", "f-filer": "self"}
    assert enter(clerk, filing, form).state == "entered"


def test_住民異動届のCSVの記載がその異動の欄に設定される(clerk):
    """N-10.8-02: Given 住民異動届の記載事項のCSV, When 異動処理で取り込む, Then 該当項目が入力欄に設定される; 転居, of residents."""
    family = [written.person.public_id for written in counter.register("domestic_move_in", counter.move_in_form())]
    open_visit()
    clerk.post(f"/filings/new/relocation/{family[0]}/", {"person": [str(family[0]), str(family[1])]})
    filing = Filing.objects.get(state="draft").public_id
    said = (
        "届出の種類,異動日,届出日,届出人,新しい住所,方書,世帯,氏名,生年月日,新しい世帯での続柄\n"
        "転居,令和8年4月5日,令和8年4月9日,世帯主,色内1丁目3番5号,青空荘7,新しい世帯をつくる,花園　花子,昭和57年7月1日,世帯主\n"
        ",,,,,,,花園　太郎,,夫\n"
    )
    answers = [take_in(clerk, filing, make(said), "filing_form", "overwrite") for make in (str.encode, otherwise)]
    form = form_of(answers[0])
    assert answers[0].status_code == 200, visible(answers[0])
    assert {name: form[f"f-{name}"] for name in ("effective_on", "filed_on", "filer", "address", "address_building", "household_choice")} == {
        "effective_on": "令和8年4月5日", "filed_on": "令和8年4月9日", "filer": "head", "address": "色内1丁目3番5号", "address_building": "青空荘7",
        "household_choice": "new",
    }  # fmt: skip
    assert (form["m0-relationship"], form["m1-relationship"]) == ("夫", "世帯主")
    assert {**form_of(answers[1]), "csrfmiddlewaretoken": ""} == {**form, "csrfmiddlewaretoken": ""} and "0項目を入力しました" in visible(answers[1])
    read = AuditEntry.objects.filter(action="residents:filing:enter", detail__step="take_in").first()
    assert set(read.subjects) == {family[0], family[1]} and read.detail["of"] == "filing_form"


def test_カード券面の七項目がすべて設定される(clerk, filing):
    """N-10.8-04: Given 7項目の入ったCSV, When 取り込む, Then 住所・氏名・旧氏・通称・生年月日・性別・個人番号のすべてが設定される."""
    said = CARD.replace("山田,,", "山田,花園　ジョン,").replace(TARO.name, "SMITH JOHN")
    for make in (str.encode, otherwise):
        form = form_of(take_in(clerk, filing, make(said), "card"))
        assert (form["f-previous_address"], form["m0-foreign_name_alphabet"]) == ("北海道札幌市中央区南一条西一丁目1番地", "SMITH JOHN")
        assert (form["m0-former_surname"], form["m0-foreign_alias"], form["m0-sex_code"]) == ("山田", "花園　ジョン", "1")
        assert (form["m0-birth_date"], form["m0-individual_number"], form["people"]) == (TARO.birth, TARO.individual_number, "1")


def test_入力したものは残り違いが名指しされ求めれば替えて示す(clerk, filing):
    typed = {
        "m0-name_kanji": TARO.name,
        "m0-relationship": "夫",
        "m0-birth_date": "S55.3.9",
        "f-previous_address": "札幌市",
        "m0-individual_number": HANAKO.individual_number,
    }
    answer = take_in(clerk, filing, PAPER, **typed)
    form, page = form_of(answer), visible(answer)
    assert {name: form[name] for name in typed} == typed and form["m0-name_kana"] == TARO.kana
    assert "次の3項目は、入力とファイルの内容が違います" in page and "続柄：入力「夫」　ファイル「世帯主」" in page.replace(" ", "")
    assert "個人番号：入力した番号が、ファイルの番号と違う" in page and HANAKO.individual_number not in page
    again = take_in(clerk, filing, PAPER, do="overwrite")
    form, page = form_of(again), visible(again).replace(" ", "")
    assert (form["m0-relationship"], form["m0-individual_number"], form["m0-birth_date"]) == ("世帯主", TARO.individual_number, "S55.3.9")
    assert "1人目　続柄：「夫」から「世帯主」" in page and "1人目　個人番号" in page


def test_はじめから入っている届出日は替わり替わったことが示される(clerk, filing):
    answer = take_in(clerk, filing, "異動日,届出日\n令和8年4月1日,令和8年4月9日\n", "filing_form")
    assert form_of(answer)["f-filed_on"] == "令和8年4月9日" and "「令和8年4月10日」から「令和8年4月9日」" in visible(answer).replace(" ", "")


WRONG = [
    (CARD, "move_out_certificate", "これは「個人番号カードの券面事項」のCSVです"),
    ("証明書の種類\n住民票の写し\n", "filing_form", "これは「交付申請書」のCSVです"),
    ("品名\n用紙\n", "card", "「個人番号カードの券面事項」のCSVではありません"),
    (b"\x00\x01\x02", "card", "文字の読めないファイルです"),
    (b"a," * 60_000, "card", "ファイルが大きすぎます"),
    ("個人番号,氏名\n1\n", "card", "2行目：項目名の数（2）と記載事項の数（1）"),
    (CARD, "passport", "書式を選んでください"),
    (b"", "card", "2行目から記載事項のある"),
]


@pytest.mark.parametrize(("said", "paper", "problem"), WRONG, ids=[each[2] for each in WRONG])
def test_違うファイルは断られ入力は残る(clerk, filing, said, paper, problem):
    answer = take_in(clerk, filing, said, paper, **{"m0-name_kanji": "花園　三郎", "f-address": "花園1丁目"})
    form = form_of(answer)
    assert answer.status_code == 422 and problem in visible(answer) and "入力した内容はそのままです" in visible(answer)
    assert (form["m0-name_kanji"], form["f-address"], form["people"]) == ("花園　三郎", "花園1丁目", "1")
    assert form_of(clerk.get(f"/filings/{filing}/"))["m0-name_kanji"] == "花園　三郎"


def test_ファイルを選ばなければ選ぶよう伝える(clerk, filing):
    data = form_of(clerk.get(f"/filings/{filing}/")) | {"m0-name_kanji": "花園　三郎", "do": "blanks", "csv_paper": "card"}
    answer = clerk.post(f"/filings/{filing}/take-in/", data)
    assert answer.status_code == 422 and "取り込むCSVのファイルを選んでください（100キロバイトまで）" in visible(answer)
    assert form_of(answer)["m0-name_kanji"] == "花園　三郎"
    assert clerk.post(f"/filings/{filing}/take-in/", {**data, "do": "register"}).status_code == 400


def test_一部が読めなければ行と項目を挙げ読めたものは設定する(clerk, filing):
    answer = take_in(clerk, filing, PAPER.replace("昭和57年7月1日,女", "昭和57年13月1日,女"))
    assert answer.status_code == 422 and "3行目の「生年月日」：" in visible(answer) and "取り込めなかったものがあります" in visible(answer)
    assert (form_of(answer)["m1-birth_date"], form_of(answer)["m1-name_kanji"]) == ("", HANAKO.name)


def test_番号は記録にも保存された届書にも平文では残らない(clerk, filing, caplog):
    caplog.set_level(logging.DEBUG)
    take_in(clerk, filing, CARD, "card")
    take_in(clerk, filing, CARD.replace(TARO.individual_number, "123456789012"), "card", "overwrite")
    kept = str([(entry.detail, entry.purpose) for entry in AuditEntry.objects.all()]) + str(list(Filing.objects.values_list("typed", flat=True)))
    assert TARO.individual_number not in kept + caplog.text and "123456789012" not in kept + caplog.text
    assert clerk.session.get("_messages") is None and TARO.individual_number not in str(dict(clerk.session.items()))


def test_ほかの職員は取り込めず仮登録の後も取り込めない(clerk, examiner, filing):
    assert examiner.post(f"/filings/{filing}/take-in/", {"do": "blanks"}).status_code in (302, 403)
    assert "m0-name_kanji" in form_of(clerk.get(f"/filings/{filing}/"))
    form = form_of(take_in(clerk, filing, PAPER)) | {"f-effective_on": "令和8年4月7日", "f-filer": "self"}
    enter(clerk, filing, form)
    assert clerk.post(f"/filings/{filing}/take-in/", {"do": "blanks"}).status_code == 302


def test_取込みはキーで開け入力欄には名が付いている(clerk, filing):
    """Keys and labels: opened by Shift+F3, each control with its label."""
    page = clerk.get(f"/filings/{filing}/").content.decode()
    assert 'data-key="Shift+F3"' in page and all(f'for="id-{name}"' in page and f'id="id-{name}"' in page for name in ("csv_paper", "csv_file"))
    assert [ja in page for ja in ("転出証明書", "住民異動届", "個人番号カードの券面事項")] == [True] * 3
