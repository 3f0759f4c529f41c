"""住民票の写し（個人票）の記載と省略: what is printed, what is not, who may ask. 住基法12条–12条の3; 標準仕様 1.1.9, 5.1–5.7; domain §4."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from daicho.certificates.catalogue import ALL_CERTIFICATES, certificate
from daicho.certificates.city_texts import CityTexts, IssueNumber, Wording
from daicho.certificates.definitions import NotIssuable
from daicho.certificates.document import Document
from daicho.certificates.juminhyo_personal import JUMINHYO_PERSONAL
from daicho.certificates.record import CertificateRecord, Note, NoteKind, Subjects
from daicho.certificates.request import CertificateRequest, Delivery, Omissible, Requester
from daicho.values.address import Address
from daicho.values.dates import JapaneseDate
from daicho.values.names import Furigana, Notarised, PersonName
from tests.certificates.people import CITY, HANAKO, ISSUED_ON, NUMBER, ZHANG

EVERYTHING = {kind: frozenset(each.omissible for each in JUMINHYO_PERSONAL.choices_for({kind})) for kind in (HANAKO.kind, ZHANG.kind)}


def composed(record: CertificateRecord, *shown: Omissible, texts: CityTexts = CITY, on: date = ISSUED_ON, official: bool = False) -> Document:
    request = CertificateRequest(on, Requester.SELF, frozenset(shown), for_official_use=official, use_confirmed=True)
    return JUMINHYO_PERSONAL.compose(Subjects((record,)), request, texts, NUMBER)


def refused(record: CertificateRecord, request: CertificateRequest, texts: CityTexts = CITY) -> list[str]:
    """The keys of all objections; composing must refuse exactly when there is one."""
    found = JUMINHYO_PERSONAL.check(Subjects((record,)), request, texts)
    if found:
        with pytest.raises(NotIssuable):
            JUMINHYO_PERSONAL.compose(Subjects((record,)), request, texts, NUMBER)
    return [each.key for each in found]


JAPANESE_DEFAULT = {
    "furigana": "カツラギ　ハナコ",
    "name": "葛\U000e0102城　花子",
    "sex": "女",
    "birth_date": "昭和60年3月9日",
    "former_surname": "渡邉\U000e0110　（ワタナベ）",
    "head_name": "【省略】",
    "relationship": "【省略】",
    "address": "北海道小樽市花園二丁目１２番１号　見本マンション１０１号",
    "became_resident_on": "平成31年4月1日",
    "address_fixed_on": "令和3年10月15日",
    "filed_on": "令和元年5月7日",
    "juminhyo_code": "【省略】",
    "previous_address": "東京都千代田区見本町一丁目１番地１",
    "registered_domicile": "【省略】",
    "family_register_head_name": "【省略】",
    "individual_number": "【省略】",
}
FOREIGN_DEFAULT = {
    "name": "ZHANG YULIN　張　玉蓮",
    "sex": "女",
    "alias": "住民　花子",
    "birth_date": "1985年3月9日",
    "head_name": "【省略】",
    "relationship": "【省略】",
    "address": "北海道小樽市稲穂三丁目４番５号",
    "became_foreign_resident_on": "令和2年2月29日",
    "address_fixed_on": "【空欄】",
    "filed_on": "令和2年3月5日",
    "juminhyo_code": "【省略】",
    "individual_number": "【省略】",
    "nationality": "【省略】",
    "residence_class": "【省略】",
    "residence_status": "【省略】",
    "residence_period": "【省略】",
    "residence_expiry": "【省略】",
    "card_no": "【省略】",
    "previous_address": "【空欄】",
}


@pytest.mark.parametrize(("record", "expected"), [(HANAKO, JAPANESE_DEFAULT), (ZHANG, FOREIGN_DEFAULT)], ids=["日本人", "外国人"])
def test_特別の請求が無い写しの全ての欄(record: CertificateRecord, expected: dict[str, str]):
    """法12条5項の省略。Every box of the form, no other."""
    assert JUMINHYO_PERSONAL.shown_by_default({record.kind}) == frozenset()
    document = composed(record)
    assert {cell.key: cell.text for cell in document.cells()} == expected
    assert set(expected) == {item.key for item in JUMINHYO_PERSONAL.items_for(record.kind)}


BOXES = {
    Omissible.HEAD_NAME: {"head_name": "葛\U000e0102城　太郎"},
    Omissible.RELATIONSHIP: {"relationship": "妻"},
    Omissible.REGISTERED_DOMICILE: {"registered_domicile": "北海道小樽市花園二丁目１２番地", "family_register_head_name": "葛\U000e0102城　太郎"},
    Omissible.JUMINHYO_CODE: {"juminhyo_code": "12345678903"},
    Omissible.INDIVIDUAL_NUMBER: {"individual_number": "983205673214"},
    Omissible.NATIONALITY: {"nationality": "中国"},
    Omissible.RESIDENCE_CLASS: {"residence_class": "中長期在留者"},
    Omissible.RESIDENCE_STATUS: {"residence_status": "技術・人文知識・国際業務"},
    Omissible.RESIDENCE_PERIOD: {"residence_period": "５年"},
    Omissible.RESIDENCE_EXPIRY: {"residence_expiry": "2030年4月30日"},
    Omissible.CARD_NO: {"card_no": "AB12345678CD"},
}


@pytest.mark.parametrize("asked", BOXES, ids=lambda each: each.value)
def test_請求した事項だけが印字され他は省略のまま(asked: Omissible):
    """N-5.1-04, N-5.1-06: one at a time. The seventh of a foreign resident, 通称の記載及び削除に関する事項, has no box and is asked for below."""
    foreign = all(asked is not each.omissible for each in JUMINHYO_PERSONAL.choices_for({HANAKO.kind}))
    record, default = (ZHANG, FOREIGN_DEFAULT) if foreign else (HANAKO, JAPANESE_DEFAULT)
    document = composed(record, asked)
    assert {cell.key: cell.text for cell in document.cells()} == default | BOXES[asked]
    assert "【通称の記載及び削除に関する事項】" not in document.paragraphs


def test_市は省略の既定を変えられる():
    """N-5.1-05."""
    shown = JUMINHYO_PERSONAL.shown_by_default({HANAKO.kind}, {"registered_domicile": True, "nationality": True})
    assert shown == {Omissible.REGISTERED_DOMICILE}


def test_全ての値が空でも欄は白いまま残らない():
    empty = replace(HANAKO, name=PersonName(), sex=None, relationship=None, head_name="", filed_on=None, address_fixed_on=None, previous_address=Address())
    texts = {cell.key: cell.text for cell in composed(empty, Omissible.HEAD_NAME, Omissible.RELATIONSHIP).cells()}
    assert {key for key, text in texts.items() if text == "【空欄】"} == {
        *("name", "sex", "former_surname", "head_name", "relationship", "address_fixed_on", "filed_on", "previous_address")
    }
    assert texts["furigana"] == "********"


@pytest.mark.parametrize(
    ("furigana", "printed"),
    [
        (Furigana("カツラギ", "ハナコ", Notarised.YES, Notarised.YES), "カツラギ　ハナコ"),
        (Furigana("カツラギ", "ハナコ", Notarised.YES, Notarised.NO), "カツラギ　【名空欄】"),
        (Furigana("カツラギ", "ハナコ", Notarised.NO, Notarised.YES), "【氏空欄】　ハナコ"),
        (Furigana("カツラギ", "ハナコ"), "********"),
        (None, "********"),
    ],
)
def test_振り仮名は公証されたものだけ印字する(furigana: Furigana | None, printed: str):
    record = replace(HANAKO, name=PersonName.japanese("見本", "花子", furigana, search_kana="ミホンハナコ"))
    document = composed(record, *EVERYTHING[record.kind])
    assert document.text_of("furigana") == printed
    assert "ミホンハナコ" not in _all_text(document)  # 検索カナは証明書に出ない


def test_住所を定めた年月日は市内で転居した者だけに印字する():
    """法7条7号; domain §4.2: judged by the move, not by comparing dates."""
    same_day = replace(HANAKO, address_fixed_on=HANAKO.became_resident_on)
    assert composed(same_day).text_of("address_fixed_on") == "平成31年4月1日"
    assert composed(replace(HANAKO, moved_within_city=False)).text_of("address_fixed_on") == "【空欄】"


def test_年月日は外国人の生年月日と満了の日だけが西暦():
    """N-1.1.9-01, -03, -04, -06, -07."""
    western = r"(?<!\d)(?:1[89]|20)\d\d年"
    foreign = {cell.key for cell in composed(ZHANG, *EVERYTHING[ZHANG.kind]).cells() if re.search(western, cell.text)}
    assert foreign == {"birth_date", "residence_expiry"}
    assert not re.search(western, _all_text(composed(HANAKO, *EVERYTHING[HANAKO.kind])))
    eras = r"明治|大正|昭和|平成|令和"
    document = composed(ZHANG, *EVERYTHING[ZHANG.kind])
    assert not re.search(eras, document.text_of("birth_date") + document.text_of("residence_expiry"))


@pytest.mark.parametrize("written", ["明治45年7月30日", "大正15年12月25日", "平成25年2月29日", "年月日不詳", "令和2年5月頃", "昭和30年 月日不詳"])
def test_生年月日は記録した文言どおりに印字する(written: str):
    """N-1.1.8-02, -03, -30, -31."""
    assert composed(replace(HANAKO, birth_date=JapaneseDate.parse(written))).text_of("birth_date") == written


def test_旧氏と_選べば外国人の氏名と通称に_括弧書きのカナが付く():
    """N-5.3-01, -02, -03, -05."""
    document = composed(ZHANG, texts=replace(CITY, foreign_kana=True))
    assert document.text_of("name") == "ZHANG YULIN　張　玉蓮　（チャン　ユウリン）"
    assert document.text_of("alias") == "住民　花子　（ジュウミン　ハナコ）"


# ---- 統合記載欄 ----


def test_履歴は請求されたときだけ_備考は常に_留意事項は現に関わるものが載る():
    """N-5.1-03, N-1.1.14-02, -03."""
    assert composed(HANAKO).paragraphs == (
        "【留意事項】",
        "転入前住所について、前住所地の通知により確認済み",
        "【備考】",
        "事実上の世帯主の記載なし",
    )
    assert "平成31年4月1日転入　令和元年5月7日届出" in composed(HANAKO, Omissible.HISTORY).paragraphs


def test_特別な事由は履歴ありでも名指しで請求されなければ載らない():
    """標準仕様1.1.4: 特別養子縁組等."""
    record = replace(HANAKO, notes=(Note(NoteKind.CAUTION, "特別養子縁組", of_present=True, special=True),))
    assert composed(record, Omissible.HISTORY).paragraphs == ()
    assert "特別養子縁組" in composed(record, Omissible.HISTORY, Omissible.SPECIAL_HISTORY).paragraphs


def test_転出届の記録は転出予定年月日より前の写しに載らない():
    """N-5.1-13."""
    planned = date(2026, 5, 10)
    note = Note(NoteKind.HISTORY, "転出先住所（予定）　札幌市", not_before=planned)
    record = replace(HANAKO, notes=(note,), closes_on=planned)
    assert "札幌市" not in _all_text(composed(record, *EVERYTHING[record.kind], on=planned - timedelta(days=1)))
    assert refused(record, CertificateRequest(planned, Requester.SELF)) == ["sheet"]


def test_個別記載事項と通称の履歴は請求されたときだけ載る():
    """N-5.1-06: the boxes stay omitted."""
    assert {cell.key: cell.text for cell in composed(ZHANG, Omissible.ALIAS_HISTORY).cells()} == FOREIGN_DEFAULT
    assert "国民健康保険" not in _all_text(composed(HANAKO))
    assert "国民健康保険　該当　取得年月日 平成31年4月1日" in composed(HANAKO, Omissible.INDIVIDUAL_ENTRIES).paragraphs
    assert "見本　花子　記載 平成30年6月1日 札幌市　削除 令和元年7月1日 札幌市" in composed(ZHANG, Omissible.ALIAS_HISTORY).paragraphs
    assert "札幌市" not in _all_text(composed(ZHANG))


def test_通称があるのにその記載の記録がなければ_なし_と証明せずに断る():
    """令30条の16: an empty or another alias's history beside a printed 通称 is a false certificate. Without 通称 「なし」 is true."""
    asked = CertificateRequest(ISSUED_ON, Requester.SELF, frozenset({Omissible.ALIAS_HISTORY}))
    assert ZHANG.foreign is not None
    removed, entered = ZHANG.foreign.alias_history
    for history in ((), (removed,), (replace(entered, removed_on=ISSUED_ON),)):
        record = replace(ZHANG, foreign=replace(ZHANG.foreign, alias_history=history))
        assert refused(record, asked) == ["alias_history"]
        assert "市区町村名と年月日を記録" in JUMINHYO_PERSONAL.check(Subjects((record,)), asked, CITY)[0].message
        assert composed(record).text_of("alias") == "住民　花子"  # the entry omitted, the certificate can be issued
    undated = replace(ZHANG, foreign=replace(ZHANG.foreign, alias_history=(replace(entered, entered_on=None, entered_in=""),)))
    assert composed(undated, Omissible.ALIAS_HISTORY).paragraphs[1:] == ("住民　花子　記載 【空欄】 【空欄】",)  # not recorded is not 不詳
    none = replace(ZHANG, name=replace(ZHANG.name, alias=None), foreign=replace(ZHANG.foreign, alias_history=()))
    assert composed(none, Omissible.ALIAS_HISTORY).paragraphs == ("【通称の記載及び削除に関する事項】", "なし")


# ---- 請求できる者 ----


@pytest.mark.parametrize("requester", Requester)
@pytest.mark.parametrize("number", [Omissible.INDIVIDUAL_NUMBER, Omissible.JUMINHYO_CODE])
def test_番号は本人等の請求に限る(requester: Requester, number: Omissible):
    """法12条, 12条の2, 12条の3; domain §4.3."""
    request = CertificateRequest(ISSUED_ON, requester, frozenset({number}), Delivery.MAIL_TO_RESIDENCE)
    others = requester in {Requester.PUBLIC_OFFICE, Requester.THIRD_PARTY}
    assert refused(HANAKO, request) == ([number.value] if others else [])


def test_任意代理人には番号入りの写しを窓口で渡さない():
    asked = frozenset({Omissible.INDIVIDUAL_NUMBER})
    assert refused(HANAKO, CertificateRequest(ISSUED_ON, Requester.AGENT, asked)) == ["individual_number"]
    assert refused(HANAKO, CertificateRequest(ISSUED_ON, Requester.LEGAL_REPRESENTATIVE, asked)) == []


def test_番号を二つとも載せるには目的の確認が要る():
    both = frozenset({Omissible.INDIVIDUAL_NUMBER, Omissible.JUMINHYO_CODE})
    assert refused(HANAKO, CertificateRequest(ISSUED_ON, Requester.SELF, both)) == ["juminhyo_code"]
    assert refused(HANAKO, CertificateRequest(ISSUED_ON, Requester.SELF, both, use_confirmed=True)) == []


def test_応答待ちで番号が無いあいだは番号入りの写しを出さない():
    request = CertificateRequest(ISSUED_ON, Requester.SELF, frozenset({Omissible.INDIVIDUAL_NUMBER}))
    assert refused(replace(HANAKO, individual_number=None), request) == ["individual_number"]


def test_日本人に在留の事項を_外国人に本籍を求めても出さない():
    assert refused(HANAKO, CertificateRequest(ISSUED_ON, Requester.SELF, frozenset({Omissible.CARD_NO}))) == ["card_no"]
    assert refused(ZHANG, CertificateRequest(ISSUED_ON, Requester.SELF, frozenset({Omissible.REGISTERED_DOMICILE}))) == ["registered_domicile"]


def test_施行前の日付では使えない():
    assert refused(HANAKO, CertificateRequest(date(2025, 5, 25), Requester.SELF)) == [""]


# ---- 市の部分 ----


def test_認証者の氏名が空なら交付しない():
    """N-1.3.9-04, N-5.6-04, N-5.6-07."""
    request = CertificateRequest(ISSUED_ON, Requester.SELF)
    for certifier in (
        replace(CITY.certifier, name=" "),
        replace(CITY.certifier, title="小樽市長"),
        replace(CITY.certifier, seal_mm=26.0),
    ):
        assert refused(HANAKO, request, replace(CITY, certifier=certifier)) == ["certifier"]
    assert refused(HANAKO, request, replace(CITY, certifications={})) == ["certification"]


def test_認証文_職名_氏名_公用が印字される():
    """N-5.1-07, N-5.6-04, N-5.7-01."""
    plain = dict(composed(HANAKO, official=True).plain)
    assert plain["認証文"] == "この写しは、住民票の原本と相違ないことを証明する。"
    assert (plain["認証者の職名"], plain["認証者の氏名"], plain["交付年月日"]) == ("北海道小樽市長", "見本　一郎", "令和8年4月3日")
    assert plain["公用表示"] == "公用"
    assert "公用表示" not in dict(composed(HANAKO).plain)


def test_空欄や省略の文言は市が変えられる():
    texts = replace(CITY, wording=Wording(blank="空欄", omitted="省略"))
    document = composed(replace(HANAKO, moved_within_city=False), texts=texts)
    assert (document.text_of("address_fixed_on"), document.text_of("head_name")) == ("空欄", "省略")


def test_発行番号の順():
    """N-5.5-03, N-5.5-04."""
    assert NUMBER.page_mark == "20260403 小樽市 本庁1 プリンタ001 011"
    assert IssueNumber("小樽市", "本庁1", "", 11, "20260403").page_mark == "20260403 小樽市 本庁1 　 011"


# ---- 定義 ----


def test_定義は日付で選ばれる():
    assert certificate("juminhyo_personal", ISSUED_ON) is JUMINHYO_PERSONAL
    with pytest.raises(KeyError):
        certificate("juminhyo_personal", date(2025, 5, 25))


@pytest.mark.parametrize("definition", ALL_CERTIFICATES, ids=lambda each: each.code)
def test_定義の要約値は内容で決まる(definition):
    assert definition.digest == replace(definition).digest != replace(definition, items=definition.items[1:]).digest


def test_番号は記録や請求のreprに現れない():
    assert "983205673214" not in repr(HANAKO)
    assert "AB12345678CD" not in repr(ZHANG)


def _all_text(document: Document) -> str:
    return "\n".join([*(cell.text for cell in document.cells()), *document.paragraphs, *(text for _, text in document.plain)])
