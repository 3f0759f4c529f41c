"""空欄 — what a 転入 may leave empty, and what it may not. std 1.1.6 (N-1.1.6-*), 1.1.12; domain §1.1.8."""

from __future__ import annotations

from dataclasses import replace

import pytest

from daicho import outbox
from daicho.outbox.models import Notice
from daicho.residents.commands import filings
from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.models import SheetCurrent
from daicho.residents.rules.blanks import check_blanks
from daicho.residents.rules.entries import SheetEntries
from tests.cast import TARO, TRAN
from tests.residents.counter import MOVE_IN_TEXTS, move_in_form, register, relocation_form, visit

pytestmark = pytest.mark.django_db
BARE = {"effective_on": "令和8年4月1日", "filed_on": "令和8年4月3日", "filer": "self", "address": "花園2丁目12番1号", "household_choice": "new"}
BARE_JAPANESE = {
    "resident_kind": "1", "birth_date": "年月日不詳", "registered_domicile": "不明", "family_register_head_name": "不明",
    "juminhyo_code": TARO.juminhyo_code,
}  # fmt: skip
BARE_FOREIGN = {"resident_kind": "2", "birth_date": "年月日不詳", "juminhyo_code": TARO.juminhyo_code}
CLASSES = {
    "中長期在留者": {"article_30_45_class_code": "1", "residence_card_no": "AB12345678CD"},
    "特別永住者": {"article_30_45_class_code": "2", "residence_card_no": "AB12345678CD"},
    "一時庇護許可者": {"article_30_45_class_code": "3", "residence_period": "6月"},
    "仮滞在許可者": {"article_30_45_class_code": "4", "residence_period": "6月"},
    "出生による経過滞在者": {"article_30_45_class_code": "5"},
    "国籍喪失による経過滞在者": {"article_30_45_class_code": "6"},
}


def form_of(person: dict[str, str]) -> TypedForm:
    return TypedForm(BARE, (TypedPerson(None, person),))


def errors_of(code: str, form: TypedForm) -> list[tuple[str, str]]:
    """What blocks: (code, field)."""
    return [(p.code, p.field) for p in filings.judge(filings.definition_of(code), form, visit()).problems if p.blocks]


@pytest.mark.parametrize("person", [BARE_JAPANESE, *({**BARE_FOREIGN, **of} for of in CLASSES.values())], ids=["日本人", *CLASSES])
def test_空欄にできない項目だけの転入が登録できる(person: dict[str, str]):
    """N-1.1.6-19: no name, sex, 個人番号, 続柄, 在留資格, 転入前住所 … and no error; without a municipality nobody is sent 転入通知."""
    assert errors_of("domestic_move_in", form_of(person)) == []
    register("domestic_move_in", form_of(person))
    current = SheetCurrent.objects.get()
    assert (current.name_kanji, current.sex_code, current.relationship, current.individual_number, current.previous_address) == (None,) * 5
    assert "move_in_notice" not in [notice.kind for notice in Notice.objects.filter(destination="juki_net")]


def test_転入前の市区町村が空欄なら転入通知を送らないと知らせる():
    """N-1.1.6-19; 法9条1項."""
    form = move_in_form([TARO], previous_municipality_code="", previous_address="")
    found = {p.field: p for p in filings.judge(filings.definition_of("domestic_move_in"), form, visit()).problems if p.code.startswith("M")}
    assert {field: (p.code, p.blocks) for field, p in found.items()} == {
        "previous_municipality_code": ("M101", False),
        "previous_address": ("M102", False),
    }
    assert "転入通知は送られません" in found["previous_municipality_code"].message


def test_転入前の住所だけが空欄なら市区町村名で転入通知を送る(monkeypatch):
    """法9条1項: the addressee is known, and of the former address the municipality."""
    sent: list[outbox.Outgoing] = []
    post_many = outbox.post_many
    monkeypatch.setattr(outbox, "post_many", lambda outgoing: (sent.extend(outgoing), post_many(outgoing)))
    register("domestic_move_in", move_in_form([TARO], previous_address=""))
    info, notice, _fuhyo = (one.message for one in sent if one.to == "juki_net")
    assert (notice.addressee_municipality_code, notice.former_address, info.previous_address) == ("011011", "北海道札幌市中央区", None)


@pytest.mark.parametrize("name", ["birth_date", "registered_domicile", "family_register_head_name", "juminhyo_code"])
def test_日本人の空欄にできない項目は転入で止まる(name: str):
    """N-1.1.6-01, -02, and of -05 that a resident's 住民票コード may not be empty; 不詳, 「なし」 and 「不明」 are no blanks."""
    assert {field for _, field in errors_of("domestic_move_in", form_of({**BARE_JAPANESE, name: ""}))} == {name}
    if name in ("registered_domicile", "family_register_head_name"):
        assert errors_of("domestic_move_in", form_of({**BARE_JAPANESE, name: "なし"})) == []


@pytest.mark.parametrize("of", CLASSES)
def test_外国人の区分である旨は空欄にできない(of: str):
    """N-1.1.6-07, -09, -11, -13, -15, -16: all else of the class filled in."""
    person = {**BARE_FOREIGN, **CLASSES[of], "article_30_45_class_code": ""}
    assert errors_of("domestic_move_in", form_of(person)) == [("B001", "article_30_45_class_code")]


@pytest.mark.parametrize(
    ("of", "name"),
    [("中長期在留者", "residence_card_no"), ("特別永住者", "residence_card_no"), ("一時庇護許可者", "residence_period"), ("仮滞在許可者", "residence_period")],
)
def test_外国人の区分ごとの番号と期間は空欄にできない(of: str, name: str):
    """N-1.1.6-12, -14, and of -08, -10 that the resident's may not be empty."""
    assert errors_of("domestic_move_in", form_of({**BARE_FOREIGN, **CLASSES[of], name: ""})) == [("B001", name)]


@pytest.mark.parametrize(("kind", "name"), [("1", "became_resident_date"), ("2", "foreign_resident_since_date")])
def test_住民となった年月日は空欄にならず空欄の票は止まる(kind: str, name: str):
    """N-1.1.6-03, -06: left empty it is 異動日; a sheet without it is refused."""
    assert name in [p.field for p in check_blanks(SheetEntries(resident_kind=kind), 0) if p.code == "B001" and p.blocks]
    register("domestic_move_in", move_in_form([TARO if kind == "1" else TRAN]))
    assert getattr(SheetCurrent.objects.get(), name).as_written == MOVE_IN_TEXTS["effective_on"]


def test_転居の新しい住所は空欄にできない():
    """N-1.1.6-04."""
    person = register("domestic_move_in", move_in_form([replace(TARO, relationship="世帯主")]))[0].person.public_id
    form = relocation_form([person], address="", effective_on="令和8年4月9日", filed_on="令和8年4月10日")
    assert ("F001", "address") in errors_of("relocation", form)
