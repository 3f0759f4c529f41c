"""死亡 — the sheet becomes a 除票; who is left alone becomes 世帯主. 住民基本台帳法第8条; 令第12条2項, 25条; std 1.1.5, 4.0.4, 4.2.2.1."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from daicho import clock
from daicho.residents.models import CivilEvent, Removal, SheetCurrent, SheetVersion
from daicho.residents.queries.history import person_as_of
from daicho.residents.queries.proof import prove
from daicho.residents.rules.events import ALL_EVENTS
from daicho.residents.rules.events.death import DEATH
from tests.cast import CLERK, FAMILY, HANAKO, JIRO, SATO, TARO
from tests.residents.counter import death_form, move_in_form, problems, register, relocation_form, removed, told

pytestmark = pytest.mark.django_db
AT_COUNTER = replace(CLERK, visit_no="1")


def family_of(*roles) -> list[UUID]:
    return [w.person.public_id for w in register("domestic_move_in", move_in_form(roles or FAMILY))]


def sheet(person: UUID) -> SheetCurrent:
    return SheetCurrent.objects.get(person__public_id=person)


def test_死亡で住民票は消除され除票になる():
    """S1-03, N-1.1.5-01, N-4.0.2-05, N-4.2.2.1-01; N-1.1.5-13: why, and since when."""
    taro = family_of()[0]
    register("death", death_form(taro))
    row = sheet(taro)
    assert (row.closed_on, row.removal_reason_code, row.removal_date.encode()) == (date(2026, 4, 8), "death", "R8-04-08")
    event = CivilEvent.objects.get(code="death")
    assert (event.standard_code, event.effect, event.basis, event.filed_on) == ("死亡", "消除", "職権", date(2026, 4, 10))
    assert [person_as_of(AT_COUNTER, taro, date(2026, 4, day)).entries is not None for day in (7, 8, 10)] == [True, False, False]
    assert prove().proven


def test_消除の処理は処理した順に残る():
    """N-1.1.5-11: in the order of 処理年月日, whatever the days of death."""
    taro, hanako, _, jiro = family_of()
    for person, on in ((hanako, "令和8年4月9日"), (taro, "令和8年4月3日"), (jiro, "令和8年4月5日")):
        register("death", death_form(person, on))
    noted = Removal.objects.order_by("processed_at").values_list("sheet__current__person__public_id", "closed_on")
    assert list(noted) == [(hanako, date(2026, 4, 9)), (taro, date(2026, 4, 3)), (jiro, date(2026, 4, 5))]


def test_世帯主の死亡で残る一人が職権で世帯主になる():
    """N-4.0.4-01; 令25条: in the same event, from the day of death."""
    taro, hanako = family_of(TARO, HANAKO)
    written = register("death", death_form(taro))
    assert [(w.person.public_id, w.entries.relationship, w.entries.householder_name) for w in written] == [
        (taro, "世帯主", TARO.name),
        (hanako, "世帯主", HANAKO.name),
    ]
    assert person_as_of(AT_COUNTER, hanako, date(2026, 4, 7)).entries.relationship == "妻"
    assert person_as_of(AT_COUNTER, hanako, date(2026, 4, 8)).entries.relationship == "世帯主"
    assert problems("death", death_form(hanako)) == []


def test_世帯主の死亡で二人以上が残れば知らせ世帯主未設定のまま他の異動ができる():
    """N-4.0.4-03, -04; std 1.1.10."""
    taro, hanako, ichiro, jiro = family_of()
    assert ("R102", "members", False) in problems("death", death_form(taro))
    register("death", death_form(taro))
    assert {sheet(one).householder_name for one in (hanako, ichiro, jiro)} == {None}
    assert prove().proven
    form = relocation_form([jiro], ["世帯主"], household_choice="new", effective_on="令和8年4月9日", filed_on="令和8年4月10日")
    assert "R102" not in [code for code, _, _ in problems("relocation", form)]
    register("relocation", form)
    assert sheet(jiro).householder_name == JIRO.name


def test_世帯主でない者の死亡では世帯主はそのまま():
    taro, _, ichiro, _ = family_of()
    written = register("death", death_form(ichiro))
    assert [w.person.public_id for w in written] == [ichiro]
    assert sheet(taro).householder_name == TARO.name


def test_子だけが残るときは確かめさせる():
    """domain §11: 世帯主が15歳未満."""
    taro, jiro = family_of(TARO, JIRO)
    assert [found for found in problems("death", death_form(taro)) if found[0].startswith("R1")] == [("R104", "members", False)]
    alone = register("death", death_form(taro))[1]
    assert (alone.person.public_id, alone.entries.relationship) == (jiro, "世帯主")


def test_後に続柄の変わった人も最後の行と畳んだ結果が同じになる():
    """遡及: the one who stays had another 続柄 since; nobody filed for them, so nothing is refused, and newest row = fold (fold.md 12)."""
    _, hanako = family_of(TARO, HANAKO)
    sato = register("domestic_move_in", move_in_form([SATO], address="色内1丁目3番5号"))[0]
    days = {"effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日"}
    register("relocation", relocation_form([hanako], ["同居人"], household_choice="existing", household_no=sato.entries.household_no, **days))
    register("death", death_form(sato.person.public_id, "令和8年4月8日"))
    assert sheet(hanako).relationship == "世帯主"
    assert prove().proven


@pytest.mark.parametrize(
    ("typed", "closed_on", "written"),
    [
        ("令和8年4月5日", date(2026, 4, 5), "令和8年4月5日"),
        ("推定令和8年4月5日", date(2026, 4, 5), "推定令和8年4月5日"),
        ("令和8年4月5日頃", date(2026, 4, 5), "令和8年4月5日頃"),
        ("令和8年4月頃", date(2026, 4, 10), "令和8年4月頃"),
        ("令和8年4月5日から令和8年4月7日頃までの間", date(2026, 4, 7), "令和8年4月5日から令和8年4月7日頃までの間"),
        ("年月日不詳", date(2026, 4, 10), "年月日不詳"),
    ],
)
def test_死亡の日は不詳や推定でもそのとおりに残る(typed: str, closed_on: date, written: str):
    """N-1.1.8-*, N-4.2.2.1-02: the last day it can have been closes the sheet, never after the day of processing (fold.md 13)."""
    taro = family_of(TARO)[0]
    register("death", death_form(taro, typed))
    row = sheet(taro)
    assert (row.closed_on, row.removal_date.as_written) == (closed_on, written)
    assert prove().proven


def test_推定死亡や死亡事由を選ぶ欄はない():
    """N-4.2.2.1-02, -03."""
    assert [field.name for field in (*DEATH.fields, *DEATH.member_fields)] == ["effective_on", "filed_on", "ground"]
    assert not [event.ja for event in ALL_EVENTS if "推定" in event.ja]


def test_消除された者にもう一度の死亡も他の異動もできない():
    """domain §11."""
    taro = family_of(TARO)[0]
    register("death", death_form(taro))
    assert ("P001", "person", True) in problems("death", death_form(taro))
    assert ("P001", "person", True) in problems("relocation", relocation_form([taro], effective_on="令和8年4月9日", filed_on="令和8年4月10日"))


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ({"on": "令和8年4月11日"}, ("D002", "effective_on", True)),
        ({"on": "令和8年3月31日"}, ("P003", "effective_on", True)),
        ({"on": "昭和50年1月1日"}, ("E002", "effective_on", True)),
        ({"filed_on": "令和8年4月11日"}, ("D003", "filed_on", True)),
        ({"filed_on": "令和8年4月7日"}, ("D101", "filed_on", False)),
        ({"ground": ""}, ("F001", "ground", True)),
    ],
    ids=["処理日より後", "住民となった日より前", "生年月日より前", "届出が処理日より後", "届出が死亡より前", "根拠がない"],
)
def test_日付の誤りは断り疑わしい日は確かめさせる(texts: dict[str, str], found: tuple[str, str, bool]):
    """N-4.0.3-03, N-4.2.0.4-01; fold.md 22; domain §11."""
    taro = family_of(TARO)[0]
    assert found in problems("death", death_form(taro, **texts))


def test_死亡の前に動いた住所は追い越さず除票に残る():
    """遡及: a 転居 recorded meanwhile asserts other entries, stays on the sheet, and is looked at again."""
    taro = family_of(TARO)[0]
    register("relocation", relocation_form([taro], effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    assert ("P101", "effective_on", False) in problems("death", death_form(taro, "令和8年4月7日"))
    register("death", death_form(taro, "令和8年4月7日"))
    assert (sheet(taro).address, sheet(taro).closed_on) == ("北海道小樽市色内1丁目3番5号", date(2026, 4, 7))
    assert prove().proven


def test_転出の予定がある者の死亡は予定に代わって消除する():
    """fold.md 17: dated after the 転出 was recorded, it wins; dated before it, the 転出 is to be cancelled first."""
    taro = family_of(TARO)[0]
    removed(taro, date(2026, 5, 1), "move_out", planned_move_out_date=date(2026, 5, 1))
    with clock.at(date(2026, 4, 20)):
        form = death_form(taro, "令和8年4月15日", filed_on="令和8年4月20日")
        assert ("E101", "effective_on", False) in problems("death", form)
        assert ("P002", "effective_on", True) in problems("death", death_form(taro, "令和8年4月8日", filed_on="令和8年4月20日"))
        register("death", form)
    assert (sheet(taro).closed_on, sheet(taro).removal_reason_code, sheet(taro).planned_move_out_date) == (date(2026, 4, 15), "death", date(2026, 5, 1))


def test_本人確認情報だけが死亡として知らされる(monkeypatch):
    """法30条の6; S2-01: the one who becomes 世帯主 is no matter of 本人確認情報."""
    taro, _ = family_of(TARO, HANAKO)
    sent = told(monkeypatch)
    register("death", death_form(taro, "推定令和8年4月5日"))
    [notice] = sent
    assert (notice.message.event_reason, notice.message.event_reason_detail, notice.message.update_sequence_no) == ("death", None, 2)
    assert (notice.message.name_kanji, notice.message.planned_person_flag, notice.message.event_date_juki) == (TARO.name, False, "20260405")


def test_一人ずつでなければ受け付けない():
    taro, hanako = family_of(TARO, HANAKO)
    form = replace(death_form(taro), members=(*death_form(taro).members, *death_form(hanako).members))
    assert ("E001", "members", True) in problems("death", form)


def test_死亡した人の票数は版の数だけある():
    """std 1.2.1-15, -16: one more row for the dead and for each whose copy changes."""
    taro, *others = family_of()
    register("death", death_form(taro))
    assert [SheetVersion.objects.filter(person__public_id=one).count() for one in (taro, *others)] == [2, 2, 2, 2]
    assert SheetVersion.objects.filter(history_no=2, asserts={}).count() == 3
