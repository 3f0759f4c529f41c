"""住民票の写し（世帯連記式）の記載と省略: who is on it, where each stands, what refuses it. 住基法7条, 12条; 標準仕様 1.1.3, 3.4, 5.1, 20.1.2."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from daicho.certificates.city_texts import CityTexts
from daicho.certificates.definitions import NotIssuable
from daicho.certificates.document import Document
from daicho.certificates.juminhyo_household import JUMINHYO_HOUSEHOLD, REMARKS_ROOM
from daicho.certificates.juminhyo_personal import JUMINHYO_PERSONAL
from daicho.certificates.record import CertificateRecord, Note, NoteKind, ResidentKind, Subjects
from daicho.certificates.request import CertificateRequest, Delivery, Omissible, Requester
from daicho.values.address import Address
from daicho.values.dates import JapaneseDate
from daicho.values.names import Furigana, Notarised, PersonName
from daicho.values.numbers import IndividualNumber, JuminhyoCode
from daicho.values.relationship import Relationship, Sex
from tests.certificates.people import CITY, ISSUED_ON, NUMBER, household

NAMES = ["葛\U000e0102城　太郎", "葛\U000e0102城　花子", "ZHANG YULIN　張　玉蓮"]
FOUR = household(4)


def composed(people: tuple[CertificateRecord, ...], *shown: Omissible, whole: bool = True, texts: CityTexts = CITY) -> Document:
    request = CertificateRequest(ISSUED_ON, Requester.SELF, frozenset(shown), use_confirmed=True)
    return JUMINHYO_HOUSEHOLD.compose(Subjects(people, whole), request, texts, NUMBER)


def objections(people: tuple[CertificateRecord, ...], *shown: Omissible, **request: object) -> list[tuple[str, str]]:
    """All (entry, message); composing must refuse exactly when there is one."""
    asked = CertificateRequest(**{"issued_on": ISSUED_ON, "requester": Requester.SELF, "shown": frozenset(shown), **request})
    found = JUMINHYO_HOUSEHOLD.check(Subjects(people), asked, CITY)
    if found:
        with pytest.raises(NotIssuable):
            JUMINHYO_HOUSEHOLD.compose(Subjects(people), asked, CITY, NUMBER)
    return [(each.key, each.message) for each in found]


def with_person(place: int, **entries: object) -> tuple[CertificateRecord, ...]:
    """The four, one of them (from 1) otherwise."""
    return tuple(replace(person, **entries) if at == place else person for at, person in enumerate(FOUR, 1))


# ---- 誰がどこに載るか ----


@pytest.mark.parametrize(("size", "sheets"), [(1, [1]), (2, [2]), (4, [4]), (5, [4, 1]), (8, [4, 4]), (9, [4, 4, 1]), (12, [4, 4, 4])])
def test_1枚に4人ずつ渡された順に載り住所と世帯主は各葉に一度だけ(size: int, sheets: list[int]):
    """domain §4.2; N-1.1.3-02, N-5.2-01: the order is the one handed in."""
    people = household(size)
    document = composed(people)
    labelled = [[block.label for block in leaf.blocks] for leaf in document.leaves]
    places = iter(range(1, size + 1))
    assert labelled == [["", *(str(next(places)) for _ in range(count))] for count in sheets]
    printed = [cell.text for cell in document.cells() if cell.key.rpartition(".")[2] == "name"]
    assert printed == [person.name.legal for person in people]
    heads = [[cell.key for row in leaf.blocks[0].rows for cell in row] for leaf in document.leaves]
    assert heads == [["address", "head_name"]] * len(sheets)
    assert [leaf.closing for leaf in document.leaves] == ["次葉に続く"] * (len(sheets) - 1) + ["以下余白"]


HEAD_DEFAULT = {
    "furigana": "カツラギ　タロウ", "birth_date": "昭和55年12月10日", "name": NAMES[0], "sex": "男", "relationship": "【省略】",
    "former_surname": "【空欄】", "became_resident_on": "平成31年4月1日", "address_fixed_on": "令和3年10月15日",
    "filed_on": "令和元年5月7日", "registered_domicile": "【省略】", "family_register_head_name": "【省略】",
    "previous_address": "東京都千代田区見本町一丁目１番地１", "juminhyo_code": "【省略】", "individual_number": "【省略】", "remarks": "【空欄】",
}  # fmt: skip
FOREIGN_DEFAULT = {
    "name": NAMES[2], "birth_date": "1985年3月9日", "alias": "住民　花子", "sex": "女", "relationship": "【省略】",
    "became_foreign_resident_on": "令和2年2月29日", "address_fixed_on": "【空欄】", "filed_on": "令和2年3月5日", "nationality": "【省略】",
    "residence_class": "【省略】", "residence_status": "【省略】", "residence_period": "【省略】", "residence_expiry": "【省略】", "card_no": "【省略】",
    "previous_address": "【空欄】", "juminhyo_code": "【省略】", "individual_number": "【省略】", "remarks": "【空欄】",
}  # fmt: skip


def test_特別の請求が無い写しの全ての欄_日本人の隣に外国人():
    """法12条5項: every box of the first and the third person, no other."""
    document = composed(FOUR)
    assert (document.text_of("address"), document.text_of("head_name")) == ("北海道小樽市花園二丁目１２番１号　見本マンション１０１号", "【省略】")
    for place, expected in ((1, HEAD_DEFAULT), (3, FOREIGN_DEFAULT)):
        assert {cell.key: cell.text for cell in document.cells() if cell.key.startswith(f"{place}.")} == {f"{place}.{k}": v for k, v in expected.items()}


def test_世帯主と続柄は別々に選べる():
    """法12条5項; N-5.1-04: one alone, the other, both."""
    head, word = Omissible.HEAD_NAME, Omissible.RELATIONSHIP
    said = [(d.text_of("head_name"), d.text_of("2.relationship")) for d in (composed(FOUR, head), composed(FOUR, word), composed(FOUR, head, word))]
    assert said == [(NAMES[0], "【省略】"), ("【省略】", "妻"), (NAMES[0], "妻")]


def test_請求した事項はその者だけの欄に印字される():
    """N-5.1-04, N-5.1-06: 本籍 for Japanese residents, 国籍 for the foreigner, numbers for each their own."""
    document = composed(FOUR, Omissible.REGISTERED_DOMICILE, Omissible.NATIONALITY, Omissible.CARD_NO, Omissible.INDIVIDUAL_NUMBER)
    assert document.text_of("1.registered_domicile") == "北海道小樽市花園二丁目１２番地"
    assert (document.text_of("3.nationality"), document.text_of("3.card_no")) == ("中国", "AB12345678CD")
    assert [document.text_of(f"{place}.individual_number") for place in (1, 2, 3, 4)] == [person.individual_number for person in FOUR]
    with pytest.raises(KeyError):
        document.text_of("3.registered_domicile")
    assert document.text_of("1.juminhyo_code") == "【省略】"


def test_世帯主を定めていない世帯は世帯主が空欄で出る():
    """N-1.1.10: lawful."""
    people = tuple(replace(person, head_name="", relationship=Relationship.parse("子")) for person in FOUR)
    assert composed(people, Omissible.HEAD_NAME, Omissible.RELATIONSHIP).text_of("head_name") == "【空欄】"


def test_全員か一部かで認証文が違い一人だけでも出せる():
    """N-5.1-01, -07: the city's own words for each."""
    for whole, said in ((True, "この写しは、世帯全員の住民票の"), (False, "この写しは、住民票の")):
        assert said in dict(composed(FOUR[:1], whole=whole).plain)["認証文"]


def test_転出予定の者も予定日の前日まで載り届出による記録は出ない():
    """N-5.1-13, -17: on the day itself a 除票."""
    note = Note(NoteKind.CAUTION, "転出先　札幌市", of_present=True, not_before=date(2026, 5, 10))
    leaving = with_person(4, closes_on=date(2026, 5, 10), notes=(note,))
    assert composed(leaving).text_of("4.remarks") == "【空欄】"
    assert objections(leaving, issued_on=date(2026, 5, 9)) == []
    [(_, message)] = objections(leaving, issued_on=date(2026, 5, 10))
    assert message.startswith("4人目：") and "除票の写し" in message


# ---- 備考と別紙 ----


def test_備考は短ければ欄に_長ければ別紙に丸ごと載る():
    """N-1.1.14-03: nothing is cut and nothing said twice."""
    short = with_person(2, notes=(Note(NoteKind.REMARK, "短い備考"),), individual_entries=())
    assert (composed(short).text_of("2.remarks"), composed(short).paragraphs) == ("短い備考", ())
    just, long = "あ" * REMARKS_ROOM, "あ" * (REMARKS_ROOM + 1)
    for words, in_the_box, on_annex in ((just, just, ()), (long, "別紙のとおり", ("〔2〕葛\U000e0102城　花子", "【備考】", long))):
        document = composed(with_person(2, notes=(Note(NoteKind.REMARK, words),), individual_entries=()))
        assert (document.text_of("2.remarks"), document.paragraphs) == (in_the_box, on_annex)
    assert [leaf.flow is not None for leaf in document.leaves] == [False, True]


def test_通称の記載及び削除に関する事項は別紙に載る():
    """N-5.1-12; 令30条の16."""
    document = composed(FOUR, Omissible.ALIAS_HISTORY)
    assert [document.text_of(f"{place}.remarks") for place in (1, 3)] == ["【空欄】", "別紙のとおり"]
    assert document.paragraphs[:2] == (f"〔3〕{NAMES[2]}", "【通称の記載及び削除に関する事項】")
    assert len(document.leaves) == 2 and document.leaves[-1].blocks == (document.leaves[0].blocks[0],)
    assert composed(FOUR).paragraphs == ()


def test_異動履歴は世帯連記式に載らない():
    """N-5.1-03; domain §4.2: the history is the personal sheet's."""
    assert {each.omissible for each in JUMINHYO_HOUSEHOLD.omissible}.isdisjoint({Omissible.HISTORY, Omissible.SPECIAL_HISTORY})
    assert [key for key, _ in objections(FOUR, Omissible.HISTORY)] == ["history"]
    noted = with_person(1, notes=(Note(NoteKind.HISTORY, "平成31年4月1日転入"),))
    assert composed(noted).text_of("1.remarks") == "【空欄】"


# ---- 交付できないとき ----


@pytest.mark.parametrize("place", [1, 2, 3, 4])
def test_発行禁止や支援措置の者が一人でもいれば世帯の写しは出ない(place: int):
    """N-3.4-02; item 95: whoever asks, and whoever of them it is."""
    for requester in (Requester.SELF, Requester.SAME_HOUSEHOLD, Requester.THIRD_PARTY):
        [(_, message)] = objections(with_person(place, is_prohibited=True), requester=requester)
        assert message.startswith(f"{place}人目：") and "発行禁止" in message
    others = tuple(person for at, person in enumerate(with_person(place, is_prohibited=True), 1) if at != place)
    assert objections(others) == []


def test_除かれた者と現存者は一通に載らない():
    """N-5.1-14."""
    [(_, message)] = objections(with_person(2, closes_on=date(2026, 4, 1)))
    assert message.startswith("2人目：") and "除票" in message


@pytest.mark.parametrize("number", [Omissible.INDIVIDUAL_NUMBER, Omissible.JUMINHYO_CODE])
def test_番号は一人でも未記録ならその者を示して断る(number: Omissible):
    """番号法; domain §1.1.14: whoever has none yet."""
    missing = with_person(4, individual_number=None, juminhyo_code=None)
    [(key, message)] = objections(missing, number)
    assert key == number.value and message.startswith("4人目：") and "まだ記録されていません" in message
    assert objections(missing) == []


@pytest.mark.parametrize("requester", Requester)
def test_番号は本人等の請求に限る(requester: Requester):
    """法12条, 12条の2, 12条の3: once for the paper, not once for each person."""
    asked = objections(FOUR, Omissible.INDIVIDUAL_NUMBER, requester=requester, delivery=Delivery.MAIL_TO_RESIDENCE)
    assert [key for key, _ in asked] == (["individual_number"] if requester in {Requester.PUBLIC_OFFICE, Requester.THIRD_PARTY} else [])
    at_the_counter = objections(FOUR, Omissible.INDIVIDUAL_NUMBER, requester=Requester.AGENT)
    assert [key for key, _ in at_the_counter] == ["individual_number"]


def test_無い種別の事項は求められない():
    """法7条, 30条の45: 本籍 of foreigners alone, 国籍 of Japanese alone; of a mixed household both."""
    assert [key for key, _ in objections(FOUR[2:3], Omissible.REGISTERED_DOMICILE)] == ["registered_domicile"]
    assert [key for key, _ in objections(FOUR[:2], Omissible.NATIONALITY)] == ["nationality"]
    assert objections(FOUR, Omissible.REGISTERED_DOMICILE, Omissible.NATIONALITY) == []


def test_住所や方書の違う者を一つの住所欄に載せない():
    """標準4.1.4.1: other 方書 are lawful in one household; its sheet would certify one of them for all."""
    assert FOUR[1].address.building
    other = with_person(2, address=replace(FOUR[1].address, building="見本マンション１０２号"))
    [(key, message)] = objections(other)
    assert key == "address" and "個人票" in message


def test_世帯主の氏名や世帯主の数が合わなければ載せない():
    """法7条4号: asked for only where it is printed."""
    other = with_person(2, head_name="別の　世帯主")
    assert [key for key, _ in objections(other, Omissible.HEAD_NAME)] == ["head_name"]
    assert objections(other) == []
    two = with_person(2, relationship=Relationship.parse("世帯主"))
    assert [key for key, _ in objections(two, Omissible.RELATIONSHIP)] == ["relationship"]


def test_誰も選ばれていなければ断る():
    """N-5.1-01."""
    assert [key for key, _ in objections(())] == ["people"]


# ---- 個人票を一度に ----


def test_同じ3人を連記式なしで出すと一人一枚の個人票になる():
    """N-5.1-02: one copy, a page each, in the same order."""
    request = CertificateRequest(ISSUED_ON, Requester.SELF)
    document = JUMINHYO_PERSONAL.compose(Subjects(FOUR[:3]), request, CITY, NUMBER)
    assert [document.text_of(f"{place}.name") for place in (1, 2, 3)] == NAMES
    assert len(document.leaves) == 3 and all(leaf.flow is not None for leaf in document.leaves)
    with_one = replace(FOUR[1], is_prohibited=True)
    [objection] = JUMINHYO_PERSONAL.check(Subjects((FOUR[0], with_one)), request, CITY)
    assert objection.message.startswith("2人目：")


# ---- 契印 ----


def test_契印は写しごとに違い内容が一字違っても違う():
    """A page of another copy, or one made anew, bears another mark."""
    document = composed(FOUR)
    assert document.tally == composed(FOUR).tally
    another = JUMINHYO_HOUSEHOLD.compose(Subjects(FOUR, True), CertificateRequest(ISSUED_ON, Requester.SELF), CITY, replace(NUMBER, serial_no=12))
    changed = composed(with_person(4, name=PersonName.japanese("葛\U000e0102城", "一朗")))
    marks = {document.tally, another.tally, changed.tally, composed(FOUR[:3]).tally, composed(FOUR, Omissible.HEAD_NAME).tally}
    assert len(marks) == 5
    assert all(len(mark) == 9 and mark[4] == "-" and not set(mark) & set("ILOU") for mark in marks)


# ---- 電文から ----


def test_電文の内容だけから同じ写しができる():
    """What the module says of コンビニ交付: JSON values in, the same document out."""
    message = json.loads(
        json.dumps(
            {
                "surname": "葛\U000e0102城", "given": "太郎", "kana": ["カツラギ", "タロウ"], "birth": "昭和55年12月10日", "sex": "1", "relationship": "世帯主",
                "address": ["北海道", "小樽市", "花園二丁目", "１２番１号", "見本マンション１０１号"], "became": "平成31年4月1日", "fixed": "令和3年10月15日",
                "filed": "2019-05-07", "head": "葛\U000e0102城　太郎", "domicile": "北海道小樽市花園二丁目１２番地", "code": str(FOUR[0].juminhyo_code),
                "number": str(FOUR[0].individual_number), "previous": ["東京都", "千代田区", "見本町一丁目", "１番地１"],
            }
        )
    )  # fmt: skip
    name = PersonName.japanese(message["surname"], message["given"], Furigana(*message["kana"], Notarised.YES, Notarised.YES))
    record = CertificateRecord(
        kind=ResidentKind.JAPANESE, name=name, birth_date=JapaneseDate.parse(message["birth"]), sex=Sex(message["sex"]),
        address=Address(*message["address"]), became_resident_on=JapaneseDate.parse(message["became"]),
        address_fixed_on=JapaneseDate.parse(message["fixed"]), moved_within_city=True, filed_on=date.fromisoformat(message["filed"]),
        head_name=message["head"], relationship=Relationship.parse(message["relationship"]), previous_address=Address(*message["previous"]),
        registered_domicile=message["domicile"], family_register_head_name=message["head"], juminhyo_code=JuminhyoCode.parse(message["code"]),
        individual_number=IndividualNumber.parse(message["number"]),
    )  # fmt: skip
    everything = [each.omissible for each in JUMINHYO_HOUSEHOLD.choices_for({ResidentKind.JAPANESE})]
    register = replace(FOUR[0], name=replace(FOUR[0].name, former_surname=None))
    assert composed((record,), *everything) == composed((register,), *everything)
