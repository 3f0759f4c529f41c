"""エラー・アラートが出る — problems that no test of an 異動 provokes, each from what was typed. std 11.1 (N-11.1-02, -05); domain §11."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from daicho import clock
from daicho.city import demo
from daicho.residents.commands import filings
from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.events import cancellation
from daicho.residents.rules.household_law import Household, lawless
from tests.cast import FAMILY, HANAKO, ICHIRO, JIRO, NGUYEN, SATO, TARO, TRAN, Role
from tests.residents.cancelling import cancel_form, current, event_of, of_person, problems_of_cancel
from tests.residents.counter import (
    birth_form,
    household_form,
    move_in_form,
    move_out_form,
    notice_form,
    problems,
    register,
    relocation_form,
    removed,
    stock,
    visit,
)

pytestmark = pytest.mark.django_db
CHILD = {
    "resident_kind": "1", "name_kanji": "花園　三郎", "name_kana": "ハナゾノ　サブロウ", "kana_notarised": "both", "sex_code": "1", "relationship": "子",
    "registered_domicile": "北海道小樽市花園", "family_register_head_name": "花園　太郎",
}  # fmt: skip
DAYS = {"effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日"}


@pytest.fixture
def family() -> list[UUID]:
    """花園 of four, residents since 4/1."""
    return [w.person.public_id for w in register("domestic_move_in", move_in_form())]


def nobody(form: TypedForm) -> TypedForm:
    return replace(form, members=())


def move_in_problems(*people: Role, **texts: str) -> list[tuple[str, str, bool]]:
    return problems("domestic_move_in", move_in_form(people, **texts))


# ---- だれについての届出か ----


@pytest.mark.parametrize(
    ("event", "form", "code"),
    [
        ("domestic_move_in", move_in_form([]), "M001"),
        ("relocation", relocation_form([], **DAYS), "R001"),
        ("move_out", move_out_form([]), "E301"),
        ("birth", birth_form("", [], household_choice="new", address="色内1丁目1番1号"), "E201"),
        ("move_in_notice_received", nobody(notice_form(UUID(int=0))), "E401"),
    ],
)
def test_対象者のいない届出は登録できない(event: str, form: TypedForm, code: str):
    assert (code, "members", True) in problems(event, form)


def test_前に住民だった者を生まれた子にできない(family):
    """N-4.2.1.2; only a child whose 出生 was cancelled is known beforehand."""
    removed(family[3], date(2026, 4, 5))
    stock(1)
    home = register("domestic_move_in", move_in_form([SATO], address="色内1丁目1番1号"))[0].entries.household_no
    assert ("E204", "person", True) in problems("birth", of_person(birth_form(home or "", [CHILD]), family[3]))


def test_国外転出者への転入通知は理由を確かめる(family):
    removed(family[0], date(2026, 4, 5), reason="move_out_abroad")
    assert ("E406", "person", False) in problems("move_in_notice_received", notice_form(family[0], on="令和8年4月8日", filed_on="令和8年4月10日"))


# ---- 記載事項 ----


def test_日本人に在留の項目は書けず外国人に本籍も旧氏も書けない():
    """domain §11 E; std 1.1.12."""
    strange = replace(TARO, texts={"residence_card_no": "AB12345678CD", "foreign_alias": "花園"})
    assert [(code, field) for code, field, _ in move_in_problems(strange) if code == "B002"] == [("B002", "foreign_alias"), ("B002", "residence_card_no")]
    assert ("B002", "registered_domicile", True) in move_in_problems(replace(TRAN, texts={**TRAN.texts, "registered_domicile": "北海道小樽市花園"}))


@pytest.mark.parametrize(("domicile", "head", "missing"), [("", "花園　太郎", "registered_domicile"), ("北海道小樽市花園", "", "family_register_head_name")])
def test_本籍と筆頭者は片方だけ空欄にできない(domicile: str, head: str, missing: str):
    """domain §11 E."""
    half = replace(TARO, texts={"registered_domicile": domicile, "family_register_head_name": head})
    assert [p for p in move_in_problems(half) if p[0] == "B003"] == [("B003", missing, True)]


def test_氏と名の区切りがなければ確かめる():
    assert ("B103", "name_kanji", False) in move_in_problems(replace(TARO, name="花園太郎"))


@pytest.mark.parametrize(("birth", "code"), [("昭和55年頃", "B104"), ("年月日不詳", "B104"), ("平成13年2月29日", "B105"), ("昭和65年3月9日", "B105")])
def test_生年月日の不詳と存在しない日や和暦は残したまま確かめる(birth: str, code: str):
    """domain §11 A; N-1.1.8-*: nothing is refused or moved on its account."""
    found = move_in_problems(replace(TARO, birth=birth))
    assert [p for p in found if p[0] in ("B104", "B105")] == [(code, "birth_date", False)]
    assert not any(p[0] in ("B104", "B105") for p in move_in_problems(TARO))


def test_元号の期間の外の異動日は確かめる():
    """domain §11 A: 存在しない和暦."""
    assert ("D103", "effective_on", False) in move_in_problems(TARO, effective_on="平成38年4月1日")
    assert "D103" not in [code for code, *_ in move_in_problems(TARO)]


def test_個人番号のない転入は付番待ちを確かめる():
    assert ("N101", "individual_number", False) in move_in_problems(replace(TARO, texts={"individual_number": ""}))


@pytest.mark.parametrize(("expires", "found"), [("2026-04-09", True), ("2026-04-10", False)])
def test_在留期間の満了の日を過ぎた転入は確かめる(expires: str, found: bool):
    """domain §11 A: 在留期限; the day itself is still within."""
    person = replace(NGUYEN, texts={**NGUYEN.texts, "residence_expiry_date": expires})
    assert (("N106", "residence_expiry_date", False) in move_in_problems(person)) is found


def test_現存者と氏名性別生年月日が同じなら二重の登録でないか確かめる(family):
    """domain §11 A: 名寄せ候補."""
    again = replace(TARO, index=500)
    assert ("N105", "name_kanji", False) in move_in_problems(again, address="色内1丁目1番1号")
    assert "N105" not in [code for code, *_ in move_in_problems(replace(again, birth="昭和55年3月10日"), address="色内1丁目1番1号")]


# ---- 転入・転居 ----


def test_市内からの転入は転居である():
    """法23条."""
    assert ("M002", "previous_municipality_code", True) in move_in_problems(TARO, previous_municipality_code="小樽市")


def test_世帯の一部の転居は移る先の世帯を選ぶ(family):
    assert ("R002", "household_choice", True) in problems("relocation", relocation_form(family[:2], **DAYS))


def test_元の世帯は移る先の世帯にならない(family):
    """domain §11 E: 元＝先世帯."""
    home = current(family[0]).household_no or ""
    form = relocation_form(family[:1], ["世帯主"], household_choice="existing", household_no=home, **DAYS)
    assert ("R003", "household_no", True) in problems("relocation", form)


def test_同じ住所への転居は同じ地番の別の家屋か確かめる(family):
    """domain §11 A."""
    found = problems("relocation", relocation_form(family, address="花園2丁目12番1号", **DAYS))
    assert [p for p in found if p[0] == "R101"] == [("R101", "address", False)] * 4


# ---- 世帯 ----


def codes_of(household: Household) -> list[tuple[str, str]]:
    return [(p.code, p.field) for p in lawless(household)]


def test_住民票にない続柄の者や世帯番号のない者のいる世帯は正しくない():
    """domain §11 E: 続柄の語彙外; such a sheet can only have come by migration."""
    head = SheetEntries(relationship="世帯主", household_no="0000000019", address="花園")
    assert codes_of(Household(((0, head), (1, head.but(relationship="準世帯主"))))) == [("H002", "relationship")]
    assert codes_of(Household(((0, head), (1, head.but(relationship="妻の世帯主"))))) == [("H002", "relationship")]
    assert codes_of(Household(((0, head.but(household_no=None)),))) == [("H003", "household_no")]


@pytest.mark.parametrize("word", ["妻の世帯主", "準世帯主", "子の子の子の子の子"])
def test_使えない続柄は読み取らない(word: str):
    """domain §11 E: 「世帯主」が連結の中にある・語彙外・5世代."""
    assert ("F002", "relationship", True) in move_in_problems(TARO, replace(HANAKO, relationship=word))


def test_同じ住所に別の世帯があれば同じ世帯でないか確かめる(family):
    """domain §11 A."""
    assert ("H105", "address", False) in move_in_problems(SATO)


def test_方書の書き方が辞書と違えば同じ建物か確かめる(family):
    """domain §11 A: 方書の表記ゆれ; at a new address (花園2丁目12番1号 has コーポ花園), and of a 修正 at the present one."""
    demo.fill()
    alert = ("H107", "address_building", False)
    assert alert in move_in_problems(TARO, address_building="ｺｰﾎﾟ花園　203")
    assert alert not in move_in_problems(TARO, address_building="コーポ花園　203")
    assert alert not in move_in_problems(TARO, address="花園2丁目12番2号", address_building="ｺｰﾎﾟ花園　203")
    correction = TypedForm({"effective_on": "令和8年4月9日", "reason": "家屋台帳"}, (TypedPerson(str(family[0]), {"address_building": "コ－ポ花園203"}),))
    assert alert in problems("ex_officio_correction", correction)


@pytest.mark.parametrize(
    ("people", "code", "field"),
    [
        ([TARO, replace(HANAKO, relationship="夫")], "H110", "relationship"),
        ([TARO, replace(ICHIRO, relationship="夫の弟")], "H111", "relationship"),
        ([TARO, HANAKO, replace(SATO, relationship="妻（未届）")], "H112", "relationship"),
        ([TARO, replace(ICHIRO, relationship="父")], "H113", "relationship"),
        ([replace(ICHIRO, relationship="世帯主"), replace(TARO, relationship="子")], "H114", "relationship"),
        ([replace(JIRO, relationship="世帯主")], "H106", "relationship"),
    ],
)
def test_続柄と性別や年齢が合わなければ確かめる(people: list[Role], code: str, field: str):
    """domain §11 A."""
    assert (code, field, False) in move_in_problems(*people)
    assert code not in [found for found, *_ in move_in_problems(*FAMILY)]


def test_世帯主変更で15歳未満の者が世帯主になるなら確かめる(family):
    """domain §11 A."""
    form = household_form(family, ["父", "母", "兄", "世帯主"])
    assert [p for p in problems("head_change", form) if p[0] == "H106"] == [("H106", "relationship", False)]


# ---- 取消し ----


def test_取り消す異動のない取消しは登録できない(family):
    judged = filings.judge(filings.definition_of("cancellation"), cancel_form(family), visit())
    assert [(p.code, p.field, p.blocks) for p in judged.problems] == [("Z002", "event", True)]


def test_取消しの日は住民となった日より前にならない(family):
    found = problems_of_cancel(event_of("domestic_move_in"), effective_on="令和8年3月1日")
    assert [(code, blocks) for code, _, blocks in found if code == "Z007"] == [("Z007", True)] * 4


def test_取消しで住民であった期間が重なってはならない(family, monkeypatch):
    """fold.md 22: what rests on the event is named first (Z008); behind it stands the law of the lives itself, tried here alone."""
    register("move_out", move_out_form(family[:1], on="令和8年4月5日"))
    with clock.at(date(2026, 4, 20)):
        again = move_in_form([replace(TARO, texts={"juminhyo_code": "", "individual_number": ""})], effective_on="令和8年4月12日", filed_on="令和8年4月15日")
        register("domestic_move_in", of_person(again, family[0]))
        assert "Z008" in [code for code, *_ in problems_of_cancel(event_of("move_out"), family[:1])]
        monkeypatch.setattr(cancellation, "resting_on", lambda *_: [])
        assert ("Z010", True) in [(code, blocks) for code, _, blocks in problems_of_cancel(event_of("move_out"), family[:1])]
