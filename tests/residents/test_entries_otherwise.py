"""職権記載・就籍・住所設定・法30条の46・47・48 — who is entered otherwise than by 転入 or 出生. 令第12条; 法第30条の46–48; std 4.2.1.1, 4.5.1, 4.5.2."""

from __future__ import annotations

from datetime import date

import pytest

from daicho import clock
from daicho.contracts.move_in_notice_v1 import MoveInNoticeV1
from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.models import SheetVersion
from daicho.residents.queries.proof import prove
from tests.cast import HANAKO, NGUYEN, SATO, TARO, TRAN, Role
from tests.residents.cancelling import event_of
from tests.residents.counter import problems, register, stock, told
from tests.residents.recording import family_of, newest, recorded_form

pytestmark = pytest.mark.django_db
OWN = {
    "effective_on": "令和8年4月5日", "filed_on": "令和8年4月9日", "ground": "family_register", "reason": "実態調査による", "filer": "self", "papers_seen": "yes",
    "address": "花園2丁目12番1号", "household_choice": "new",
}  # fmt: skip


def entry_form(code: str, *roles: Role, **texts: str) -> TypedForm:
    own = recorded_form(code, {}, **{**OWN, **texts}).filing
    return TypedForm(own, tuple(TypedPerson(None, role.typed(juminhyo_code="", individual_number="")) for role in roles))


@pytest.mark.parametrize(("code", "detail"), [("ex_officio_entry", "omission"), ("register_founding", "omission"), ("address_setting", "unregistered")])
def test_職権で記載した人の届出の年月日は記載の日で住民票コードは空き番から付く(code: str, detail: str, monkeypatch):
    """N-4.2.0.1-01, N-4.2.1.1-01, N-4.3.1-04; 法7条8号: no 届出日, so the day of the entry; S1-01."""
    stock(1)
    sent = told(monkeypatch)
    person = register(code, entry_form(code, SATO))[0].person.public_id
    row, event = newest(person), event_of(code)
    assert (row.became_resident_date.encode(), row.address_notified_date, row.became_resident_notified_date) == (
        "R8-04-05",
        date(2026, 4, 10),
        date(2026, 4, 10),
    )
    assert (row.became_resident_reason_code, row.juminhyo_code is not None) == (code, True)
    assert (event.basis, event.standard_code, event.effect) == ("職権", "職権記載", "記載")
    assert sent[0].message.event_reason_detail == detail
    assert prove().proven


@pytest.mark.parametrize(("typed", "kept"), [("不明", "不明"), ("", None), ("北海道札幌市中央区南一条西一丁目1番地", "北海道札幌市中央区南一条西一丁目1番地")])
def test_住所設定の前の住所は不明とも空欄ともでき最終登録住所地は別に持つ(typed: str, kept: str | None):
    """N-4.2.1.1-02, -03, -07."""
    stock(1)
    form = entry_form("address_setting", SATO, previous_address=typed, last_registered_address="青森県青森市中央一丁目22番5号")
    assert (("X302", "previous_address", False) in problems("address_setting", form)) == (kept is None)
    row = newest(register("address_setting", form)[0].person.public_id)
    assert (row.previous_address, row.last_registered_address) == (kept, "青森県青森市中央一丁目22番5号")


def test_住所設定でも未届の住所を直近のもので記載し留意事項に書き前の市区町村に知らせる(monkeypatch):
    """N-4.2.1.1-04…-06: the latest of the unregistered places, with （未届）; 法9条1項: every city that is known is told."""
    stock(1)
    sent = told(monkeypatch)
    form = entry_form(
        "address_setting", SATO, previous_municipality_code="札幌市中央区", previous_address="北海道札幌市中央区北一条西二丁目1番", unfiled="yes",
        last_registered_municipality_code="旭川市", last_registered_address="北海道旭川市六条通九丁目46番",
    )  # fmt: skip
    written = register("address_setting", form)
    row = newest(written[0].person.public_id)
    assert (row.previous_address, row.last_registered_address) == ("北海道札幌市中央区北一条西二丁目1番（未届）", "北海道旭川市六条通九丁目46番")
    assert SheetVersion.objects.get(person=written[0].person).remark == "未届転入　転入前住所　北海道札幌市中央区北一条西二丁目1番（未届）"
    notices = [one.message for one in sent if isinstance(one.message, MoveInNoticeV1)]
    assert [(one.addressee_municipality_code, one.notice_basis) for one in notices] == [("012041", "last_registered"), ("011011", "unregistered_address")]


def test_だれも入力していない記載や住んでいる人の記載は断る():
    assert ("X301", "members", True) in problems("ex_officio_entry", entry_form("ex_officio_entry"))
    family_of(TARO)
    own = entry_form("ex_officio_entry").filing
    again = TypedForm(own, (TypedPerson(None, TARO.typed()),))
    assert "N001" in [code for code, _, blocks in problems("ex_officio_entry", again) if blocks]


@pytest.mark.parametrize("code", ["entry_30_46", "entry_30_47"])
def test_外国人の届出では転入前住所を空欄で国外転入等として記載できる(code: str):
    """N-4.5.1-01, -02, N-4.5.2-01, -02: as from abroad, without a former address."""
    stock(1)
    row = newest(register(code, entry_form(code, NGUYEN))[0].person.public_id)
    event = event_of(code)
    assert (row.previous_address, row.foreign_resident_since_date.encode(), row.became_resident_date) == (None, "R8-04-05", None)
    assert (row.foreign_resident_reason_code, row.residence_notified_date) == (code, date(2026, 4, 9))
    assert (event.basis, event.standard_code, event.filed_on) == ("届出", "国外転入等", date(2026, 4, 9))
    assert prove().proven


def test_47の届出では住所を定めた日が中長期在留者等となった日より前でよい():
    """法30条の47; domain §2.1."""
    stock(1)
    form = entry_form("entry_30_47", NGUYEN, address_fixed_on="令和7年10月1日")
    row = newest(register("entry_30_47", form)[0].person.public_id)
    assert (row.address_changed_date.encode(), row.foreign_resident_since_date.encode()) == ("R7-10-01", "R8-04-05")


@pytest.mark.parametrize("code", ["entry_30_46", "entry_30_47"])
def test_日本人や経過滞在者はこの届出によれず14日を過ぎても受理できる(code: str):
    """法30条の46, 47; 52条2項."""
    stock(1)
    assert ("X303", "article_30_45_class_code", True) in problems(code, entry_form(code, SATO))
    passing = Role(TRAN.index, "", "", TRAN.birth, "1", "世帯主", {**TRAN.texts, "article_30_45_class_code": "6", "residence_card_no": ""})
    assert ("X303", "article_30_45_class_code", True) in problems(code, entry_form(code, passing))
    assert ("X304", "papers_seen", False) in problems(code, entry_form(code, NGUYEN, papers_seen=""))
    assert ("X301", "members", True) in problems(code, entry_form(code))
    with clock.at(date(2026, 4, 25)):
        assert ("D102", "filed_on", False) in problems(code, entry_form(code, NGUYEN, filed_on="令和8年4月25日"))


def test_48の届出で外国人の世帯主との続柄が変わり本人確認情報は出ない(monkeypatch):
    """法30条の48; domain §2.1."""
    member = Role(TRAN.index, "", "", TRAN.birth, "2", "同居人", TRAN.texts | {"residence_card_no": "CD12345678EF"})
    _, tran = family_of(NGUYEN, member)
    sent, indoors = told(monkeypatch), told(monkeypatch, "atena")
    register("relationship_30_48", recorded_form("relationship_30_48", {tran: {"relationship": "妻"}}))
    assert (newest(tran).relationship, event_of("relationship_30_48").basis, sent, len(indoors)) == ("妻", "届出", [], 1)


def test_48の届出は日本人のいる続柄には使えない():
    """法30条の48: the 戸籍 tells of those."""
    taro, _ = family_of(TARO, HANAKO)
    assert ("X801", "person", True) in problems("relationship_30_48", recorded_form("relationship_30_48", {taro: {"relationship": "夫"}}))
    member = Role(TRAN.index, "", "", TRAN.birth, "2", "同居人", TRAN.texts | {"residence_card_no": "CD12345678EF"})
    nguyen, tran = family_of(NGUYEN, member, address="色内2丁目2番")
    assert ("X803", "person", True) in problems("relationship_30_48", recorded_form("relationship_30_48", {nguyen: {"relationship": "夫"}}))
    form = recorded_form("relationship_30_48", {tran: {"relationship": "妻"}}, papers_seen="")
    assert ("X802", "papers_seen", False) in problems("relationship_30_48", form)
