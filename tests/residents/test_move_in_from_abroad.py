"""国外からの転入 — no 転出証明書 and no city to tell; numbers go on where there were any. 住民基本台帳法第22条, 第30条の46; std 4.1.0.1, 4.1.1, 4.3.1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from daicho import clock, outbox, vault
from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.models import CivilEvent, SheetCurrent, StockedCode
from daicho.residents.queries.proof import prove
from daicho.residents.rules.definitions import Basis
from daicho.residents.rules.events import events_on
from daicho.residents.rules.returning import texts_of_returning
from tests.cast import FAMILY, NGUYEN, TARO, TRAN, Role
from tests.residents.counter import city_decides, move_in_form, problems, register, removed, stock, told

pytestmark = pytest.mark.django_db
CODE = "move_in_from_abroad"
TEXTS = {
    "effective_on": "令和8年4月8日", "filed_on": "令和8年4月10日", "filer": "self", "address": "花園2丁目12番1号", "household_choice": "new",
    "previous_country": "アメリカ合衆国", "previous_address": "ニューヨーク州", "last_registered_address": "北海道札幌市中央区南一条西一丁目1番地",
    "papers_seen": "yes",
}  # fmt: skip
NO_NUMBERS = {"juminhyo_code": "", "individual_number": ""}


@pytest.fixture(autouse=True)
def codes() -> None:
    stock(*range(60))


def form(people: Sequence[Role] = (TARO,), known=None, *, numbers: bool = False, **texts: str) -> TypedForm:
    typed = {} if numbers else NO_NUMBERS
    members = tuple(TypedPerson(str(known) if known else None, role.typed(**typed)) for role in people)
    return TypedForm({**TEXTS, **texts}, members)


def alerts(of: TypedForm) -> list[str]:
    return [code for code, _, blocks in problems(CODE, of) if not blocks]


@pytest.fixture
def sent(monkeypatch) -> list[outbox.Outgoing]:
    return told(monkeypatch)


def test_初めて記載する人には空き番から住民票コードが付き個人番号は待つ(sent):
    """N-4.3.1-03; domain §2.1: 国外転入. The former address is the country, and no municipality stands beside it."""
    assert alerts(form()) == ["N104", "M202"]
    person = register(CODE, form())[0].entries
    taken = StockedCode.objects.get(taken_at__isnull=False)
    assert (person.juminhyo_code, person.individual_number) == (taken.code_ref, None)
    assert (person.previous_address, person.previous_municipality_code) == ("アメリカ合衆国　ニューヨーク州", None)
    assert (person.became_resident_date.encode(), person.became_resident_reason_code, person.address_reason_code) == ("R8-04-08", CODE, CODE)
    event = CivilEvent.objects.get()
    assert (event.standard_code, event.effect, event.basis, event.filed_on) == ("国外転入等", "記載", "届出", date(2026, 4, 10))
    assert prove().proven


def test_本人確認情報だけが国外転入として知らされ転入通知は出ない(sent):
    """法30条の6; 法9条1項 knows only municipalities: nobody abroad is told. 機構 is asked for the 個人番号 (N-4.4-01)."""
    register(CODE, form())
    notice, request = sent
    assert (request.message.reason, request.message.juminhyo_code) == (CODE, notice.message.juminhyo_code)
    assert (notice.message.event_reason, notice.message.event_reason_detail, notice.message.previous_municipality_code) == ("move_in", "from_abroad", None)
    assert (notice.message.previous_address, notice.message.individual_number) == ("アメリカ合衆国　ニューヨーク州", None)


def test_前に本市に住んでいた人は宛名番号も番号も前のまま続く():
    """N-4.1.1.2-01, -07; domain §2.1: 過去分があれば継続. No code of the stock is used."""
    former = register("domestic_move_in", move_in_form([TARO]))[0]
    removed(former.person.public_id, date(2026, 4, 5), "国外転出")
    assert ("N002", "juminhyo_code", True) in problems(CODE, form(numbers=True))
    back = register(CODE, form(known=former.person.public_id))[0]
    assert (back.person, back.version.history_no) == (former.person, 3)
    assert (back.entries.juminhyo_code, back.entries.individual_number) == (former.entries.juminhyo_code, former.entries.individual_number)
    assert not StockedCode.objects.filter(taken_at__isnull=False).exists()


def test_ほかの市区町村で記載されていた人は前の番号を入力して続ける():
    """法30条の3: from 附票; nothing new is given."""
    assert alerts(form(numbers=True)) == []
    person = register(CODE, form(numbers=True))[0].entries
    clear = vault.reveal_many([person.juminhyo_code, person.individual_number], because="試験")
    assert (clear[person.juminhyo_code], clear[person.individual_number]) == (TARO.juminhyo_code, TARO.individual_number)
    assert not StockedCode.objects.filter(taken_at__isnull=False).exists()


def test_家族は一度に記載でき一人ずつ別のコードが付く():
    written = register(CODE, form(FAMILY))
    assert len({w.entries.juminhyo_code for w in written}) == 4
    assert {w.entries.householder_name for w in written} == {TARO.name}
    assert StockedCode.objects.filter(taken_at__isnull=True).count() == 56


def test_外国人は在留カードで記載され住民となった日は外国人住民となった年月日に入る():
    """法30条の46; std 1.1.2."""
    person = register(CODE, form((NGUYEN,), previous_country="ベトナム", previous_address="", last_registered_address=""))[0].entries
    assert (person.foreign_resident_since_date.encode(), person.became_resident_date, person.residence_notified_date) == ("R8-04-08", None, date(2026, 4, 10))
    assert (person.previous_address, person.foreign_resident_reason_code, person.last_registered_address) == ("ベトナム", CODE, None)


def test_最終登録住所地は住民票の記載とは別に残る():
    """N-4.1.1.4-04 (of those who come from abroad): kept, and no part of 転入前住所."""
    person = register(CODE, form())[0].entries
    assert person.last_registered_address == "北海道札幌市中央区南一条西一丁目1番地"


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ({"papers_seen": ""}, ("M201", "papers_seen", False)),
        ({"previous_country": ""}, ("F001", "previous_country", True)),
        ({"effective_on": "令和8年4月11日"}, ("D002", "effective_on", True)),
        ({"effective_on": "令和8年3月20日"}, ("D102", "filed_on", False)),
        ({"filer": "agent"}, ("A001", "filer_name", True)),
    ],
    ids=["書類を確かめていない", "国がない", "処理日より後", "14日を過ぎた", "代理人の氏名がない"],
)
def test_誤りは断り疑わしいものは確かめさせる(texts, found):
    """法22条; N-4.0.3-03; domain §11."""
    assert found in problems(CODE, form(**texts))


def test_すでにある世帯に入れる():
    """N-4.0.2-01, -03."""
    home = register("domestic_move_in", move_in_form([TARO]))[0].entries.household_no
    child = replace(FAMILY[2], texts={})
    joined = register(CODE, form((child,), household_choice="existing", household_no=home))[0].entries
    assert (joined.household_no, joined.order_in_household, joined.householder_name) == (home, 2, TARO.name)


def test_空き番が足りなければ断る():
    """N-4.3.1-06."""
    StockedCode.objects.update(taken_at=clock.now())
    assert ("J001", "members", True) in problems(CODE, form())
    city_decides("juminhyo_code_low", 0)
    assert ("J001", "members", True) not in problems(CODE, form(numbers=True))


def test_転入の異動事由は国内転入と国外転入等の二つである():
    """N-4.1.0.1-02."""
    entries = [event for event in events_on(date(2026, 4, 10)) if event.returning and event.basis is Basis.FILING]
    assert {event.standard_code for event in entries} == {"国内転入", "国外転入等"}


ALIAS = {
    "foreign_alias": "海野　実", "foreign_alias_kana": "ウミノ　ミノル", "alias_history_entered_municipality": "北海道小樽市",
    "alias_history_entered_date": "令和8年4月1日",
}  # fmt: skip
FORMER_SURNAME = {"former_surname": "佐藤", "former_surname_kana": "サトウ"}


@pytest.mark.parametrize(("role", "beside"), [(TARO, FORMER_SURNAME), (TRAN, ALIAS)], ids=["旧氏", "通称"])
def test_国外転出の後に最初に国外から戻った人だけが旧氏や通称を引き継げる(role, beside):
    """N-1.1.7-06, -07: offered to the 転入 from abroad of who left for abroad; not when another city came between."""
    first, own = next(iter(beside)), role.texts
    person = register("domestic_move_in", move_in_form([replace(role, texts={**own, **beside})]))[0].person
    removed(person.public_id, date(2026, 4, 5), "move_out_abroad")
    left = SheetCurrent.objects.get().to_entries()
    offered = texts_of_returning(left, CODE)
    assert {name: offered[name] for name in beside if name.endswith(("surname", "alias", "kana"))} == {
        name: text for name, text in beside.items() if name.endswith(("surname", "alias", "kana"))
    }
    assert first not in texts_of_returning(left, "domestic_move_in")  # what the other city certifies counts
    assert first not in texts_of_returning(left.but(confirmed_move_out_date=date(2026, 4, 6)), CODE)  # a 転入通知 came
    assert first not in texts_of_returning(left.but(removal_reason_code="move_out"), CODE)
    back, days = replace(role, texts={**own, **offered}), {"effective_on": "令和8年4月9日"}
    elsewhere = form([back], known=person.public_id, **days, last_registered_address="北海道札幌市中央区")
    assert ("M204", first, False) in problems(CODE, elsewhere)
    here = form([back], known=person.public_id, **days, last_registered_address="北海道小樽市花園2丁目12番1号")
    assert "M204" not in alerts(here)
    [written] = register(CODE, here)
    assert getattr(written.entries, first) == beside[first]
