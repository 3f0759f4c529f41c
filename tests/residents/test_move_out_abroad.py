"""国外転出 — the same fields as a 転出, an address of another country, and nobody who will tell of a 転入. 住民基本台帳法第24条; std 4.1.3.0.2."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from daicho import clock
from daicho.residents.models import CivilEvent, ReceivedNotice, SheetCurrent
from daicho.residents.queries.missing import missing_notices
from daicho.residents.queries.proof import prove
from daicho.residents.rules.events.move_out import MOVE_OUT
from daicho.residents.rules.events.move_out_abroad import MOVE_OUT_ABROAD
from tests.cast import CLERK, HANAKO, ICHIRO, TARO, Role
from tests.residents.cancelling import cancel, event_of
from tests.residents.counter import TypedForm, TypedPerson, move_in_form, move_in_received, problems, receive, register, told, turn_to

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 1)
ABROAD = "アメリカ合衆国　12 Harbor Street, Juneau, Alaska"


def abroad_form(people: list[UUID], on: str = "令和8年5月1日", **texts: str) -> TypedForm:
    base = {"effective_on": on, "filed_on": "令和8年4月10日", "filer": "self", "planned_country": "アメリカ合衆国", "card": "none"}
    return TypedForm({**base, "planned_address": "12 Harbor Street, Juneau, Alaska", **texts}, tuple(TypedPerson(str(p), {}) for p in people))


def family_of(*roles: Role) -> list[UUID]:
    return [w.person.public_id for w in register("domestic_move_in", move_in_form(roles))]


def sheet(person: UUID) -> SheetCurrent:
    return SheetCurrent.objects.get(person__public_id=person)


def test_国内転出と同じ欄で国外の住所を登録できる():
    """N-4.1.3.0.2-05, -06: 国名 and the address of another country, which no dictionary refuses."""
    [taro] = family_of(TARO)
    assert problems("move_out_abroad", abroad_form([taro])) == []
    register("move_out_abroad", abroad_form([taro]))
    row = sheet(taro)
    assert (row.planned_move_out_address, row.planned_move_out_date, row.planned_move_out_notified_date) == (ABROAD, DAY, date(2026, 4, 10))
    assert (row.removal_reason_code, row.planned_move_out_reason_code, row.closed_on) == ("move_out_abroad", "move_out_abroad", DAY)
    event = CivilEvent.objects.get(code="move_out_abroad")
    assert (event.standard_code, event.effect, event.basis, event.effective_on.encode()) == ("国外転出", "消除", "届出", "R8-05-01")
    assert prove().proven


def test_欄は転出先のほかは国内転出と同じ():
    """N-4.1.3.0.2-05."""
    own = {"planned_municipality_code", "planned_address_building", "planned_postal_code", "planned_address_code"}
    assert {f.name for f in MOVE_OUT_ABROAD.fields} - {"planned_country", "card"} == {f.name for f in MOVE_OUT.fields} - own


def test_予定日に消除が国外転出として市町村CSに知らされる(monkeypatch):
    """domain §2.1: A on the day, with the detail of its own."""
    [taro] = family_of(TARO)
    sent = told(monkeypatch)
    register("move_out_abroad", abroad_form([taro]))
    assert sent == []
    with clock.at(DAY):
        assert turn_to(DAY)["消除"] == 1
    [notice] = sent
    assert (notice.message.event_reason, notice.message.event_reason_detail) == ("move_out", "abroad")
    codes = (Path(__file__).resolve().parents[2] / "layouts" / "codes.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[1:4] for line in codes if line.startswith("update_detail,") and ",abroad," in line] == [["12", "abroad", "国外転出"]]


def test_その日を過ぎていれば届出のときに消除される(monkeypatch):
    [taro] = family_of(TARO)
    sent = told(monkeypatch)
    register("move_out_abroad", abroad_form([taro], "令和8年4月10日"))
    assert [(one.message.event_reason, one.message.event_reason_detail) for one in sent] == [("move_out", "abroad")]


@pytest.mark.parametrize("room", ["atena", "konbini", "transfers"])
def test_庁内の部屋も届出のときとその日に知らされる(monkeypatch, room):
    """domain §2.1: G and H, as of a 転出 inside Japan."""
    [taro] = family_of(TARO)
    heard = told(monkeypatch, room)
    register("move_out_abroad", abroad_form([taro]))
    at_filing = [one for one in heard if "hold" not in type(one.message).__name__.lower()]
    with clock.at(DAY):
        turn_to(DAY)
    later = [one for one in heard if "hold" not in type(one.message).__name__.lower()]
    assert (len(at_filing), len(later)) == (1, 2)


def test_転入通知の未着者には国外転出者は載らない():
    """N-4.1.3.1.4-02: 国内転出 alone; from abroad nobody will tell."""
    [taro] = family_of(TARO)
    register("move_out_abroad", abroad_form([taro]))
    with clock.at(date(2026, 6, 1)):
        turn_to(date(2026, 6, 1))
        assert not missing_notices(CLERK, DAY, DAY, ex_officio=True).people


def test_国外転出者の転入通知は職員が確かめる():
    """It may be that they stayed in Japan after all: nothing is taken in by itself, and the earlier day counts when it is (std 1.1.5)."""
    [taro] = family_of(TARO)
    register("move_out_abroad", abroad_form([taro]))
    with clock.at(date(2026, 4, 25)):
        row = receive(move_in_received(TARO, date(2026, 4, 20)))
        assert (row.state, "国外転出です" in ReceivedNotice.objects.get().why) == ("waiting", True)
        base = {"effective_on": "令和8年4月20日", "filed_on": "令和8年4月22日", "confirmed_address": "北海道旭川市六条通十丁目1番1号"}
        register("move_in_notice_received", TypedForm(base, (TypedPerson(str(taro), {}),)))
    assert (sheet(taro).closed_on, sheet(taro).planned_move_out_date) == (date(2026, 4, 20), DAY)


def test_世帯主の国外転出でも残る人の世帯主が問われる():
    """N-4.0.4-03."""
    taro, *_ = family_of(TARO, HANAKO, ICHIRO)
    assert ("R102", "members", False) in problems("move_out_abroad", abroad_form([taro]))


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ({"planned_country": "日本"}, ("E311", "planned_country", True)),
        ({"planned_country": ""}, ("F001", "planned_country", True)),
        ({"card": ""}, ("F001", "card", True)),
        ({"card": "keeps"}, ("E312", "card", False)),
        ({"filer": "agent"}, ("A001", "filer_name", True)),
    ],
    ids=["国が日本", "国がない", "カードが未選択", "カードの継続利用", "代理人の氏名がない"],
)
def test_誤りは断り疑わしいものは確かめさせる(texts, found):
    assert found in problems("move_out_abroad", abroad_form(family_of(TARO), **texts))


def test_十四日を経過した届出は職権で記載する():
    """N-4.1.3.0.1-02: as of a 転出 inside Japan."""
    with clock.at(date(2026, 4, 20)):
        taro = register("domestic_move_in", move_in_form([TARO], effective_on="令和8年3月1日"))[0].person.public_id
        form = abroad_form([taro], "令和8年4月1日", filed_on="令和8年4月16日")
        assert ("E313", "filed_on", False) in problems("move_out_abroad", form)
        register("move_out_abroad", form)
    event = CivilEvent.objects.get(code="move_out_abroad")
    assert (event.basis, event.filed_on, sheet(taro).planned_move_out_notified_date) == ("職権", None, None)


def test_国外転出も取り消せる():
    """N-4.6.0.1-02: before its day it corrects."""
    [taro] = family_of(TARO)
    register("move_out_abroad", abroad_form([taro]))
    cancel(event_of("move_out_abroad"))
    assert (sheet(taro).closed_on, sheet(taro).planned_move_out_address) == (None, None)
    assert prove().proven
