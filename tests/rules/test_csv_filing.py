"""CSVの届書への取込みの規則 — 転出証明書, 住民異動届 and 個人番号カード as texts of a form, against what stands on the paper. 標準仕様10.8."""

from __future__ import annotations

from datetime import date

import pytest

from daicho.certificates import move_out_entries
from daicho.residents.rules import csv_papers
from daicho.residents.rules.csv_filing import Form, Taken, take
from daicho.residents.rules.csv_reading import UnreadableFile, heading_key
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.events import ALL_EVENTS, event_on
from daicho.residents.rules.filling import DraftPerson
from daicho.residents.rules.forms_of_filings import PersonTyped, Received, filing_form
from daicho.values.dates import JapaneseDate
from tests.cast import HANAKO, TARO

DAY = date(2026, 4, 10)
NUMBER, CODE = TARO.individual_number, TARO.juminhyo_code
EVENTS = [event for event in ALL_EVENTS if not event.of_event]


def form(code: str = "domestic_move_in", *known: SheetEntries) -> Form:
    definition = event_on(code, DAY)
    members = [DraftPerson(str(at), {}) for at in range(len(known))] or [DraftPerson(None, {})]
    return Form(definition, members, {str(at): entries for at, entries in enumerate(known)}, "北海道小樽市", 20)


def csv_of(*lines: dict[str, str]) -> str:
    return "\n".join([",".join(lines[0]), *(",".join(line.values()) for line in lines)])


def taken(said: str, paper: str, of: Form | None = None) -> Taken:
    return take(said.encode(), paper, of or form())


def resident(name: str, birth: str) -> SheetEntries:
    return SheetEntries(resident_kind="1", name_kanji=name, birth_date=JapaneseDate.parse(birth))


PAPER = {
    "住所": "北海道札幌市中央区北一条西二丁目1番地　コーポ架空　305", "世帯主": "花園　太郎", "転出先（予定）": "北海道小樽市花園2丁目12番1号　青空荘7",
    "転出予定年月日": "令和8年4月6日", "氏名の振り仮名": "ハナゾノ　タロウ", "氏名": "花園　太郎", "性別": "男", "生年月日": "昭和55年3月9日",
    "旧氏": "山田　（ヤマダ）", "続柄": "世帯主", "本籍": "北海道札幌市中央区南一条西一丁目1番地", "筆頭者の氏名": "花園　太郎", "住民票コード": CODE,
    "個人番号": NUMBER, "国民健康保険": "【空欄】", "備考": "【空欄】",
}  # fmt: skip
ON_THE_FORM = {
    "resident_kind": "1", "name_kanji": "花園　太郎", "name_kana": "ハナゾノ　タロウ", "sex_code": "1", "birth_date": "昭和55年3月9日", "former_surname": "山田",
    "former_surname_kana": "ヤマダ", "relationship": "世帯主", "registered_domicile": "北海道札幌市中央区南一条西一丁目1番地",
    "family_register_head_name": "花園　太郎", "juminhyo_code": CODE, "individual_number": NUMBER,
}  # fmt: skip
FROM_THERE = {
    "previous_municipality_code": "011011", "previous_address": "北海道札幌市中央区北一条西二丁目1番地", "previous_address_building": "コーポ架空　305",
    "address": "花園2丁目12番1号", "address_building": "青空荘7",
}  # fmt: skip


def test_転出証明書の記載が転入の欄に入る():
    """N-10.8-01: person, 前住所 and 転出先; what the form has no field for is named."""
    found = taken(csv_of(PAPER), csv_papers.MOVE_OUT_CERTIFICATE)
    assert (found.problems, found.told.people, found.told.filing) == ((), (ON_THE_FORM,), FROM_THERE)
    assert found.untaken == ("世帯主", "転出予定年月日") and found.at == (0,)


def test_外国人の転出証明書では氏名を文字で分け西暦と区分を読む():
    """N-10.8-01, N-5.3-03."""
    line = {
        "転出予定年月日": "令和8年4月6日", "氏名": "ZHANG YULIN　張　玉蓮　（チャン　ユーリン）", "性別": "女", "生年月日": "1990年1月2日", "通称": "花園　玲　（ハナゾノ　レイ）",
        "国籍・地域": "中国", "法第30条の45に規定する区分": "中長期在留者", "在留資格": "永住者", "在留期間の満了の日": "2028年4月30日",
        "在留カード等の番号": "AB12345678CD",
    }  # fmt: skip
    found = taken(csv_of(line), csv_papers.MOVE_OUT_CERTIFICATE)
    assert found.problems == () and found.told.people == (
        {
            "resident_kind": "2", "foreign_name_alphabet": "ZHANG YULIN", "foreign_name_kanji": "張　玉蓮", "foreign_name_katakana": "チャン　ユーリン",
            "sex_code": "2", "birth_date": "1990年1月2日", "foreign_alias": "花園　玲", "foreign_alias_kana": "ハナゾノ　レイ", "nationality_code": "中国",
            "article_30_45_class_code": "1", "residence_status_code": "永住者", "residence_expiry_date": "2028年4月30日", "residence_card_no": "AB12345678CD",
        },
    )  # fmt: skip


def test_券面事項の七つがすべて欄に入る():
    """N-10.8-04: 住所・氏名・旧氏・通称・生年月日・性別・個人番号."""
    line = {"住所": PAPER["住所"], "氏名": "NGUYEN VAN AN", "旧氏": "山田", "通称": "花園　安", "生年月日": "1985年3月9日", "性別": "男", "個人番号": NUMBER}
    found = taken(csv_of(line), csv_papers.CARD)
    assert (found.problems, found.untaken) == ((), ())
    assert found.told.filing == {name: FROM_THERE[name] for name in ("previous_municipality_code", "previous_address", "previous_address_building")}
    assert found.told.people == (
        {
            "resident_kind": "2", "foreign_name_alphabet": "NGUYEN VAN AN", "former_surname": "山田", "foreign_alias": "花園　安", "birth_date": "1985年3月9日",
            "sex_code": "1", "individual_number": NUMBER,
        },
    )  # fmt: skip


def test_住民異動届の事項が届出と人の欄に入る():
    """N-10.8-02: own part on the first line or on all; two people, the second without a line for the filing."""
    first = {"届出の種類": "転入", "異動日": "令和8年4月1日", "届出人": "世帯主", "新しい住所": "花園2丁目12番1号", "世帯": "すでにある世帯に入る",
        "未届転入": "いいえ", "氏名": "花園　太郎", "フリガナ": "ハナゾノ　タロウ", "住民種別": "日本人", "続柄": "世帯主"}  # fmt: skip
    second = {**dict.fromkeys(first, ""), "異動日": "令和8年4月1日", "氏名": "花園　花子", "続柄": "妻", "住民種別": "日本人"}
    found = taken(csv_of(first, second), csv_papers.FILING_FORM)
    assert found.problems == () and found.told.filing == {
        "effective_on": "令和8年4月1日", "filer": "head", "address": "花園2丁目12番1号", "household_choice": "existing",
    }  # fmt: skip
    assert found.told.people == (
        {"resident_kind": "1", "name_kanji": "花園　太郎", "name_kana": "ハナゾノ　タロウ", "relationship": "世帯主"},
        {"resident_kind": "1", "name_kanji": "花園　花子", "relationship": "妻"},
    )
    assert found.at == (0, 1)


def test_住民の異動届では行の人を氏名と生年月日で見分ける():
    """N-10.8-02: 転居, whose people are of the register; the lines in another order."""
    couple = form("relocation", resident("花園　太郎", "昭和55年3月9日"), resident("花園　花子", "昭和57年7月1日"))
    said = "氏名,生年月日,新しい世帯での続柄,新住所\n花園 花子,S57.7.1,妻,色内1丁目3番5号\n花園　太郎,,世帯主,\n"
    found = taken(said, csv_papers.FILING_FORM, couple)
    assert (found.problems, found.at, [dict(each) for each in found.told.people]) == ((), (1, 0), [{"relationship": "妻"}, {"relationship": "世帯主"}])
    assert found.told.filing == {"address": "色内1丁目3番5号"}


def test_氏名を変える届出では今の氏名で見分ける():
    one = form("surname_change", resident("花園　花子", "昭和57年7月1日"), resident("花園　一郎", "平成22年4月2日"))
    found = taken("異動日,いまの氏名,氏名\n令和8年4月1日,花園　花子,山田　花子\n", csv_papers.FILING_FORM, one)
    assert (found.problems, found.at, found.told.people) == ((), (0,), ({"name_kanji": "山田　花子"},))
    nameless = taken("異動日,氏名\n令和8年4月1日,山田　花子\n", csv_papers.FILING_FORM, one)
    assert (nameless.told.people, nameless.problems) == ((), ("2行目：だれの記載事項か分かりません。「いまの氏名」の項目を加えてください。",))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("花園　次郎,\n", "2行目：「花園　次郎」に当たる人が、この届出にいません"),
        ("花園　太郎,昭和56年3月9日\n", "2行目：「花園　太郎　昭和56年3月9日」に当たる人が、この届出にいません"),
        ("花園　太郎,\n花園　太郎,\n", "3行目：2行目と同じ人です"),
    ],
)
def test_届出にいない人と二度書かれた人は取り込まずに知らせる(lines: str, said: str):
    couple = form("relocation", resident("花園　太郎", "昭和55年3月9日"), resident("花園　花子", "昭和57年7月1日"))
    lines = "".join(f"{line},世帯主,色内\n" for line in lines.splitlines())
    assert [said in each for each in taken(f"氏名,生年月日,新しい世帯での続柄,新しい住所\n{lines}", csv_papers.FILING_FORM, couple).problems] == [True]


@pytest.mark.parametrize(
    ("said", "paper", "problem"),
    [
        ("世帯主,生年月日\n,昭和55年13月9日\n", "move_out_certificate", "2行目の「生年月日」："),
        ("世帯主,性別\n,おとこ\n", "move_out_certificate", "2行目の「性別」：「おとこ」は選べません。男・女のどれか"),
        ("世帯主,続柄\n,\n,祖父\n", "move_out_certificate", "3行目の「続柄」："),
        ("世帯主,個人番号\n,123456789012\n", "move_out_certificate", "2行目の「個人番号」：個人番号の検査用数字"),
        ("世帯主,血液型\n,A\n", "move_out_certificate", "「血液型」という項目は、転出証明書にありません"),
        ("転出先,氏名\n北海道余市郡余市町1番地,花園　太郎\n", "move_out_certificate", "2行目の「転出先」：本市の住所ではありません"),
        ("異動日,氏名\n令和8年4月1日,花園　太郎\n令和8年4月2日,花園　花子\n", "filing_form", "3行目の「異動日」：2行目と違います"),
        ("異動日,未届転入\n令和8年4月1日,たぶん\n", "filing_form", "2行目の「未届転入」：はい・いいえのどちらか"),
    ],
)
def test_読めない事項は行と項目を挙げ番号は繰り返さない(said: str, paper: str, problem: str):
    found = taken(said, paper)
    assert len(found.problems) == 1 and problem in found.problems[0] and "123456789012" not in found.problems[0]


CARD = "住所,氏名,旧氏,通称,生年月日,性別,個人番号\n小樽市花園1番地,花園　太郎,,,S55.3.9,男,\n"
WRONG = [
    (CARD, "move_out_certificate", "選んだ書式は「転出証明書」ですが、これは「個人番号カードの券面事項」のCSVです"),
    (CARD, "filing_form", "これは「個人番号カードの券面事項」のCSVです"),
    (csv_of(PAPER), "card", "これは「転出証明書」のCSVです"),
    (csv_of(PAPER), "filing_form", "これは「転出証明書」のCSVです"),
    ("異動日,届出人,氏名,個人番号\nR8.4.1,本人,花園　太郎,\n", "card", "これは「住民異動届」のCSVです"),
    ("証明書の種類,使用目的\n住民票の写し,年金\n", "move_out_certificate", "これは「交付申請書」のCSVです"),
    ("品名,数量\n用紙,3\n", "move_out_certificate", "「転出証明書」のCSVではありません"),
    ("届出の種類,異動日\n転居届,R8.4.1\n", "filing_form", "2行目：「転居届」の住民異動届です。この届出は「転入」です"),
    ("異動日,氏名\n" + "".join(f"R8.4.1,花園　{at}\n" for at in range(21)), "filing_form", "20人を超えます"),
    (csv_of(PAPER), "", "書式を選んでください"),
]


@pytest.mark.parametrize(("said", "paper", "problem"), WRONG, ids=[each[2] for each in WRONG])
def test_違う書式のファイルは名を挙げて断る(said: str, paper: str, problem: str):
    with pytest.raises(UnreadableFile, match=problem):
        taken(said, paper)


def test_転出証明書に載る事項の名はすべて知っている():
    """What our own paper prints, another city's too (令23条2項)."""
    [paper] = [each for each in csv_papers.papers_of(event_on("domestic_move_in", DAY)) if each.code == csv_papers.MOVE_OUT_CERTIFICATE]
    assert [item.ja for item in move_out_entries.ITEMS if heading_key(item.ja) not in paper.reads] == []


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.code)
def test_どの届書もその紙に載る項目の名で取り込める(event):
    """N-10.8-02: of every event each field by its own label; no two fields of one form go by one name."""
    [paper] = [each for each in csv_papers.papers_of(event) if each.code == csv_papers.FILING_FORM]
    every = [*event.fields, *event.member_fields]
    read_as = {field.name: paper.reads[heading_key(field.label)] for field in every}
    assert len({field.name for field in every}) == len({heading_key(field.label) for field in every}) == len(every)
    assert all(list(read("x", csv_papers.Whose(False, ""))) == [name] for name, read in read_as.items() if read)
    on_paper = filing_form(event, {}, [PersonTyped(resident("花園　太郎", "昭和55年3月9日"), {})], Received(1, 1, "", "", ""))
    said = {pair.label for section in on_paper if section.text == "" for row in section.rows for pair in row}
    assert {each for each in said if heading_key(each) not in paper.reads} <= ({"氏名", "生年月日", "性別"} if event.newcomers else set())


def test_二人の券面事項は二人の欄に入る():
    found = taken(f"個人番号,氏名,生年月日\n{NUMBER},{TARO.name},{TARO.birth}\n{HANAKO.individual_number},{HANAKO.name},{HANAKO.birth}\n", csv_papers.CARD)
    assert [each["name_kanji"] for each in found.told.people] == [TARO.name, HANAKO.name] and found.at == (0, 1)
