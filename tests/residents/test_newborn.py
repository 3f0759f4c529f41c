"""転入届とともに出生届があった子 — entered with the 転入, not as 出生. std 4.1.0.1 (N-4.1.0.1-05), 4.3.1."""

from __future__ import annotations

from dataclasses import replace

import pytest

from daicho import vault
from daicho.residents.commands.typed import TypedForm
from daicho.residents.models import CivilEvent, SheetCurrent
from daicho.values.dates import JapaneseDate
from tests.cast import HANAKO, TARO, Role
from tests.residents.counter import move_in_form, problems, register, stock, told

pytestmark = pytest.mark.django_db
_NONE = {"juminhyo_code": "", "individual_number": "", "newborn": "yes"}
BABY = Role(31, "花園　三郎", "ハナゾノ　サブロウ", "令和8年3月20日", "1", "子", _NONE)


def from_abroad(people) -> TypedForm:
    plain = move_in_form(people)
    own = {name: text for name, text in plain.filing.items() if not name.startswith("previous")}
    return TypedForm(
        {**own, "previous_country": "カナダ", "previous_address": "オタワ", "papers_seen": "yes", "last_registered_address": "北海道函館市"}, plain.members
    )


FORMS = {"domestic_move_in": move_in_form, "move_in_from_abroad": from_abroad}
STANDARD = {"domestic_move_in": "国内転入", "move_in_from_abroad": "国外転入等"}


def found_of(code: str, *people: Role) -> list[tuple[str, str, bool]]:
    return problems(code, FORMS[code](people))


@pytest.mark.parametrize("code", FORMS)
def test_両届が同時に出た新生児は転入で記載され出生にならない(code):
    """N-4.1.0.1-05; domain §2.1: 異動日 is that of the 転入, no 転入前住所 of the child, 住民票コード from the stock."""
    [code_of_stock] = stock(1)
    register(code, FORMS[code]([TARO, HANAKO, BABY]))
    event = CivilEvent.objects.get()
    assert (event.code, event.standard_code) == (code, STANDARD[code])
    baby, mother = SheetCurrent.objects.get(name_kanji=BABY.name), SheetCurrent.objects.get(name_kanji=HANAKO.name)
    former = (baby.previous_address, baby.previous_address_building, baby.previous_municipality_code, baby.last_registered_address)
    assert former == (None, None, None, None) and mother.previous_address
    assert vault.reveal(baby.juminhyo_code, because="試験") == code_of_stock
    assert (baby.became_resident_date, baby.became_resident_reason_code, baby.household_no) == (JapaneseDate.parse("令和8年4月1日"), code, mother.household_no)
    assert baby.individual_number is None


def test_新生児については転入通知を出さない(monkeypatch):
    """法9条1項: nobody there knows the child; the parents are told of."""
    stock(1)
    posted = told(monkeypatch)
    register("domestic_move_in", move_in_form([TARO, BABY]))
    kinds = [(type(one.message).__name__, one.message.name_kanji) for one in posted]
    assert kinds == [("IdentityInfoV1", TARO.name), ("MoveInNoticeV1", TARO.name), ("IdentityInfoV1", BABY.name)]


def test_未届転入でも新生児の票には未届の文字がない():
    """N-4.1.1.4-02, -03."""
    stock(1)
    written = register("domestic_move_in", move_in_form([TARO, BABY], unfiled="yes"))
    assert [(w.entries.previous_address or "").endswith("（未届）") for w in written] == [True, False]
    assert [w.version.remark is not None for w in written] == [True, False]


@pytest.mark.parametrize(
    ("code", "texts", "found"),
    [
        ("domestic_move_in", {"birth": "令和8年4月2日"}, [("T004", "birth_date", True)]),
        ("domestic_move_in", {"birth": "令和8年4月1日"}, []),
        ("domestic_move_in", {"birth": "令和7年12月1日"}, [("T105", "birth_date", False)]),
        ("move_in_from_abroad", {"birth": "令和8年4月2日"}, [("T004", "birth_date", True)]),
        ("domestic_move_in", {"texts": {"newborn": "yes"}}, [("T106", "juminhyo_code", False)]),
    ],
    ids=["転入の後に生まれた", "その日に生まれた", "生まれて久しい", "国外から", "住民票コードがある"],
)
def test_印と生年月日が合わなければ知らせる(code, texts, found):
    """domain §11."""
    stock(1)
    assert [p for p in found_of(code, TARO, replace(BABY, **texts)) if p[0].startswith("T")] == found


def test_空き番がなければ進めない():
    """N-4.3.1-06."""
    assert ("J001", "members", True) in found_of("domestic_move_in", TARO, BABY)
    assert "J001" not in [code for code, *_ in found_of("domestic_move_in", TARO, HANAKO)]


def test_印がなければ住民票コードは空欄にできない():
    """N-1.1.6: of who lived elsewhere it is known there."""
    stock(1)
    plain = replace(BABY, texts={**_NONE, "newborn": ""})
    assert ("B001", "juminhyo_code", True) in found_of("domestic_move_in", TARO, plain)
    assert "M202" in [code for code, *_ in found_of("move_in_from_abroad", TARO, plain)]
    assert "M202" not in [code for code, *_ in found_of("move_in_from_abroad", TARO, BABY)]
