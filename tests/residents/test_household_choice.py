"""全部と一部 — in every 異動 after which somebody lives here: a household of their own, or part of one that exists. std 4.0.2 (N-4.0.2-01…-03)."""

from __future__ import annotations

from uuid import UUID

import pytest

from daicho.residents.models import SheetCurrent
from daicho.residents.queries.proof import prove
from daicho.residents.rules.definitions import Effect
from daicho.residents.rules.events import ALL_EVENTS
from tests.cast import HANAKO, SATO, TARO, Role
from tests.residents.counter import TypedForm, TypedPerson, birth_form, move_in_form, register, relocation_form, stock

pytestmark = pytest.mark.django_db
ADDRESS = "花園2丁目12番1号"
OTHER = Role(30, "入船　四郎", "イリフネ　シロウ", "平成5年6月7日", "1", "同居人")


@pytest.fixture
def home() -> str:
    """The household of 太郎 and 花子."""
    return register("domestic_move_in", move_in_form([TARO, HANAKO]))[0].entries.household_no


def chosen(home: str, whole: bool, address: str = ADDRESS) -> dict[str, str]:
    return {"household_choice": "new", "address": address} if whole else {"household_choice": "existing", "household_no": home, "address": ADDRESS}


def from_abroad(role: Role, **texts: str) -> TypedForm:
    base = {"effective_on": "令和8年4月8日", "filed_on": "令和8年4月9日", "filer": "self", "previous_country": "カナダ", "papers_seen": "yes"}
    return TypedForm({**base, **texts}, (TypedPerson(None, role.typed()),))


def move_in(home: str, whole: bool) -> UUID:
    role = OTHER if not whole else Role(30, OTHER.name, OTHER.kana, OTHER.birth, "1", "世帯主")
    return register("domestic_move_in", move_in_form([role], **chosen(home, whole, "色内1丁目1番1号")))[0].person.public_id


def move_in_from_abroad(home: str, whole: bool) -> UUID:
    role = OTHER if not whole else Role(30, OTHER.name, OTHER.kana, OTHER.birth, "1", "世帯主")
    return register("move_in_from_abroad", from_abroad(role, **chosen(home, whole, "色内1丁目1番1号")))[0].person.public_id


def relocation(home: str, whole: bool) -> UUID:
    [sato] = [w.person.public_id for w in register("domestic_move_in", move_in_form([SATO], address="入船1丁目1番1号"))]
    dates = {"effective_on": "令和8年4月9日", "filed_on": "令和8年4月9日"}
    register("relocation", relocation_form([sato], ["世帯主" if whole else "同居人"], **dates, **chosen(home, whole, "色内1丁目1番1号")))
    return sato


def birth(home: str, whole: bool) -> UUID:
    stock(1)
    child = {"resident_kind": "1", "name_kanji": "花園　春", "name_kana": "ハナゾノ　ハル", "kana_notarised": "both", "sex_code": "2",
             "relationship": "" if whole else "子", "registered_domicile": "北海道小樽市花園", "family_register_head_name": "花園　太郎"}  # fmt: skip
    texts = {"household_choice": "new", "address": ADDRESS} if whole else {}
    return register("birth", birth_form("" if whole else home, [child], **texts))[0].person.public_id


@pytest.mark.parametrize("whole", [True, False], ids=["全部", "一部"])
@pytest.mark.parametrize("event", [move_in, move_in_from_abroad, relocation, birth], ids=["転入", "国外からの転入", "転居", "出生"])
def test_全部では対象者だけの世帯になり一部では選んだ世帯の世帯員になる(home, event, whole):
    """N-4.0.2-01."""
    person = event(home, whole)
    number = SheetCurrent.objects.get(person__public_id=person).household_no
    members = set(SheetCurrent.objects.filter(household_no=number).values_list("person__public_id", flat=True))
    assert (number == home, len(members)) == ((False, 1) if whole else (True, 3))
    assert prove().proven


def test_住民になる異動はどれも世帯を選ぶ欄を持つ():
    """N-4.0.2-01: 記載 of people; 世帯分離 is always 全部, 世帯合併 and 世帯変更 always 一部 (法25条)."""
    entering = {event.code: event.all_fields() for event in ALL_EVENTS if event.newcomers or event.code == "relocation"}
    assert {"domestic_move_in", "move_in_from_abroad", "birth", "relocation", "address_setting", "entry_30_46"} <= entering.keys()
    same_person = {event.code for event in ALL_EVENTS if event.effect is Effect.ENTRY} - entering.keys()  # on another sheet, in the same household
    assert same_person == {"naturalisation", "nationality_acquisition", "nationality_loss", "sheet_renewal", "sheet_remaking"}
    for fields in entering.values():
        assert {"new", "existing"} <= set(dict(fields["household_choice"].choices))
        assert "household_no" in fields
