"""転入通知の受理 — beside what was planned, closing no later; before, after, twice, for a stay long over, on paper. 法9条1項; std 1.1.5, 4.1.3.1.1."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from daicho import clock, outbox
from daicho.residents.models import CivilEvent, Removal, SheetCurrent, SheetVersion
from daicho.residents.queries.history import person_as_of
from daicho.residents.queries.proof import prove
from tests.cast import CLERK, FAMILY, HANAKO, NGUYEN, TARO
from tests.residents.counter import death_form, move_in_form, move_out_form, notice_form, problems, register, relocation_form, removed, told, turn_to
from tests.residents.recording import recorded_form

pytestmark = pytest.mark.django_db
AT_COUNTER = replace(CLERK, visit_no="1")
DAY, ARRIVED = date(2026, 5, 1), date(2026, 4, 20)
CODE = "move_in_notice_received"


def leavers(*roles, on: str = "令和8年5月1日") -> list[UUID]:
    """They filed a 転出 for 5/1, but not those who stay."""
    family = [w.person.public_id for w in register("domestic_move_in", move_in_form(roles or FAMILY))]
    register("move_out", move_out_form(family[:1], on))
    return family


def sheet(person: UUID) -> SheetCurrent:
    return SheetCurrent.objects.filter(person__public_id=person).order_by("-history_no")[0]


@pytest.fixture
def sent(monkeypatch) -> list[outbox.Outgoing]:
    return told(monkeypatch)


@pytest.mark.parametrize(("moved_on", "closed_on"), [("令和8年4月20日", ARRIVED), ("令和8年5月5日", DAY), ("令和8年5月1日", DAY)])
def test_消除日は予定日と転入日の早い方になる(moved_on, closed_on):
    """N-1.1.5-03, N-4.1.3.1.1-01: before and after the planned day."""
    taro = leavers(TARO)[0]
    with clock.at(date(2026, 5, 10)):
        turn_to(DAY)
        register(CODE, notice_form(taro, moved_on, filed_on="令和8年5月8日"))
    assert sheet(taro).closed_on == closed_on


def test_予定は上書きせず確定と並べて持つ():
    """A-04, N-4.1.3.1.1-02, -03; N-1.1.5-13, -14: 予定A・5/1 and 確定B・4/20."""
    taro = leavers(TARO)[0]
    with clock.at(date(2026, 4, 25)):
        register(CODE, notice_form(taro, confirmed_address_building="旭荘3号"))
    row = sheet(taro)
    assert (row.planned_move_out_address, row.planned_move_out_date, row.planned_move_out_notified_date) == (
        "北海道旭川市七条通九丁目48番地",
        DAY,
        date(2026, 4, 10),
    )
    assert (row.confirmed_move_out_address, row.confirmed_move_out_building) == ("北海道旭川市六条通十丁目1番1号", "旭荘3号")
    assert (row.confirmed_move_out_date, row.confirmed_move_out_notified_date) == (ARRIVED, date(2026, 4, 22))
    assert (row.removal_reason_code, row.removal_date.encode()) == ("move_out", "R8-05-01")  # 事由の生じた年月日 is that of the plan


def test_予定日より前の転入日ならその場で消除し知らせ世帯も変わる(sent):
    """domain §2.1: A when the removal is hastened; N-4.0.4-01. The job of the planned day finds nothing more."""
    taro, hanako = leavers(TARO, HANAKO)
    sent.clear()
    with clock.at(date(2026, 4, 25)):
        register(CODE, notice_form(taro))
        assert person_as_of(AT_COUNTER, taro, date(2026, 4, 19)).entries is not None
        assert person_as_of(AT_COUNTER, taro, ARRIVED).entries is None
        assert person_as_of(AT_COUNTER, hanako, ARRIVED).entries.relationship == "世帯主"
        assert prove().proven
    assert [(one.message.event_reason, one.message.event_date, one.message.planned_person_flag) for one in sent] == [("move_out", "R8-04-20", False)]
    assert Removal.objects.get().closed_on == ARRIVED
    with clock.at(DAY):
        assert turn_to(DAY) == {"消除": 0, "世帯主の変わった世帯": 0}
    assert len(sent) == 1


def test_予定日の後に届けば除票に記載するだけで知らせない(sent):
    """N-4.1.3.1.1-01, -02; 市町村CS knows of the removal already."""
    taro, hanako = leavers(TARO, HANAKO)
    with clock.at(DAY):
        turn_to(DAY)
    sent.clear()
    with clock.at(date(2026, 5, 12)):
        register(CODE, notice_form(taro, "令和8年4月28日", filed_on="令和8年5月10日"))
        assert prove().proven
    assert (sheet(taro).closed_on, sheet(taro).confirmed_move_out_date) == (date(2026, 4, 28), date(2026, 4, 28))
    assert sent == []
    assert (sheet(hanako).relationship, Removal.objects.count()) == ("世帯主", 1)


def test_処理が止まっていた間に届いても消除はあとで処理される(sent):
    """The planned day went by without its job; the notice moves the day, and the job tells it as it is then."""
    taro, hanako = leavers(TARO, HANAKO)
    sent.clear()
    with clock.at(date(2026, 5, 3)):
        register(CODE, notice_form(taro, "令和8年4月28日", filed_on="令和8年5月2日"))
        assert sent == []
        assert turn_to(date(2026, 5, 3)) == {"消除": 1, "世帯主の変わった世帯": 1}
        assert prove().proven
    assert [one.message.event_date for one in sent] == ["R8-04-28"]
    assert person_as_of(AT_COUNTER, hanako, date(2026, 4, 28)).entries.relationship == "世帯主"


def test_職権消除した者の転入通知も受理できる():
    """N-4.1.3.1.1-04: without any 転出, and the day of the removal stays."""
    taro = register("domestic_move_in", move_in_form([TARO]))[0].person.public_id
    removed(taro, date(2026, 4, 9), "ex_officio_removal")
    with clock.at(date(2026, 4, 25)):
        register(CODE, notice_form(taro, "令和8年4月5日"))
        assert prove().proven
    assert (sheet(taro).closed_on, sheet(taro).confirmed_move_out_date) == (date(2026, 4, 9), date(2026, 4, 5))


def test_転出の届出がない住民なら先に転出を入力させる():
    taro = register("domestic_move_in", move_in_form([TARO]))[0].person.public_id
    with clock.at(date(2026, 4, 25)):
        assert ("E403", "person", True) in problems(CODE, notice_form(taro))


def test_内容の違う二度目の通知は確かめて直せ日付が前でも最後の内容が残る():
    """N-4.1.3.1.2-04, -06: the second is dated before the first, and the last word counts; the planned day bounds both."""
    taro = leavers(TARO)[0]
    with clock.at(date(2026, 4, 25)):
        register(CODE, notice_form(taro))
        again = notice_form(taro, "令和8年4月18日", confirmed_address="北海道旭川市宮前一条一丁目2番3号")
        assert [p for p in problems(CODE, again) if p[0].startswith("E")] == [("E405", "confirmed_address", False)]
        register(CODE, again)
        assert prove().proven
    row = sheet(taro)
    assert (row.confirmed_move_out_address, row.confirmed_move_out_date, row.closed_on) == (
        "北海道旭川市宮前一条一丁目2番3号",
        date(2026, 4, 18),
        date(2026, 4, 18),
    )
    assert SheetVersion.objects.filter(person__public_id=taro).count() == 4  # nothing overwritten


def test_再転入した後に届いた前の在住の通知は古い除票に書き新しい票は変わらない():
    """fold.md 14, 15; std 1.2.1-17: the newest record is the newest sheet still."""
    taro = leavers(TARO)[0]
    with clock.at(DAY):
        turn_to(DAY)
    with clock.at(date(2026, 6, 1)):
        back = move_in_form([TARO], effective_on="令和8年5月20日", filed_on="令和8年5月20日")
        register("domestic_move_in", replace(back, members=(replace(back.members[0], person=str(taro)),)))
        register(CODE, notice_form(taro, "令和8年4月28日", filed_on="令和8年5月10日"))
        assert prove().proven
    old, new = SheetCurrent.objects.filter(person__public_id=taro).order_by("pk")
    assert (old.closed_on, old.confirmed_move_out_address, new.closed_on, new.confirmed_move_out_address) == (
        date(2026, 4, 28),
        "北海道旭川市六条通十丁目1番1号",
        None,
        None,
    )
    rows = SheetVersion.objects.filter(person__public_id=taro).order_by("history_no")
    assert [(row.history_no, row.sheet_id == new.sheet_id, row.asserts == {}) for row in rows][-2:] == [(4, False, False), (5, True, True)]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ({"on": "令和8年4月26日"}, ("D002", "effective_on", True)),
        ({"on": "令和8年3月31日"}, ("E402", "effective_on", True)),
        ({"on": "令和8年4月頃"}, ("D001", "effective_on", True)),
        ({"filed_on": "令和8年4月26日"}, ("D003", "filed_on", True)),
        ({"confirmed_address": ""}, ("F001", "confirmed_address", True)),
    ],
    ids=["処理日より後", "住民となった日より前", "不詳の日", "通知日が処理日より後", "住所がない"],
)
def test_誤りは断る(texts, found):
    """N-4.0.3-03; domain §11."""
    taro = leavers(TARO)[0]
    with clock.at(date(2026, 4, 25)):
        assert found in problems(CODE, notice_form(taro, **texts))


def test_死亡により消除された者の通知は確かめさせる():
    taro = register("domestic_move_in", move_in_form([TARO]))[0].person.public_id
    register("death", death_form(taro))
    with clock.at(date(2026, 4, 25)):
        assert ("E404", "person", False) in problems(CODE, notice_form(taro))


def test_外国人住民の除票も四項目を持つ():
    """N-1.1.5-14: 転出先（確定）, 届出の年月日, 転入通知年月日, 転出年月日, whichever kind of resident."""
    nguyen = leavers(NGUYEN)[0]
    with clock.at(date(2026, 4, 25)):
        register(CODE, notice_form(nguyen))
    row = sheet(nguyen)
    assert (row.confirmed_move_out_address, row.planned_move_out_notified_date, row.confirmed_move_out_notified_date, row.confirmed_move_out_date) == (
        "北海道旭川市六条通十丁目1番1号",
        date(2026, 4, 10),
        date(2026, 4, 22),
        ARRIVED,
    )


def test_外国人住民の除票の四項目も修正できる():
    """N-1.1.5-14: 予定 and 確定 stay apart, and 転出年月日 is put right by taking the 転入通知 in again."""
    nguyen = leavers(NGUYEN)[0]
    with clock.at(date(2026, 4, 25)):
        register(CODE, notice_form(nguyen))
    said = {
        "confirmed_move_out_address": "北海道旭川市六条通十丁目1番2号",
        "confirmed_move_out_notified_date": "令和8年4月23日",
        "planned_move_out_notified_date": "令和8年4月11日",
    }
    with clock.at(date(2026, 5, 10)):
        turn_to(DAY)
        register("removed_sheet_correction", recorded_form("removed_sheet_correction", {nguyen: said}, effective_on="令和8年5月8日"))
        row = sheet(nguyen)
        assert (row.confirmed_move_out_address, row.planned_move_out_address) == (said["confirmed_move_out_address"], "北海道旭川市七条通九丁目48番地")
        assert (row.planned_move_out_notified_date, row.confirmed_move_out_notified_date) == (date(2026, 4, 11), date(2026, 4, 23))
        register(CODE, notice_form(nguyen, "令和8年4月21日"))
    assert sheet(nguyen).confirmed_move_out_date == date(2026, 4, 21) and prove().proven


def test_消除された者には転入通知の受理だけができる():
    """design §4: a closed sheet takes only 除票 entries."""
    taro = leavers(TARO)[0]
    with clock.at(date(2026, 5, 10)):
        turn_to(DAY)
        assert not [p for p in problems(CODE, notice_form(taro, "令和8年4月20日")) if p[2]]
        assert ("P001", "person", True) in problems("relocation", relocation_form([taro], effective_on="令和8年5月2日"))


def test_通知の基づく異動として残る():
    """std 1.2.2; N-1.2.1-07: 通知 and its day."""
    taro = leavers(TARO)[0]
    with clock.at(date(2026, 4, 25)):
        register(CODE, notice_form(taro))
    event = CivilEvent.objects.get(code=CODE)
    assert (event.basis, event.filed_on, event.effective_on.encode()) == ("通知", date(2026, 4, 22), "R8-04-20")
