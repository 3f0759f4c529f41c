"""転入通知の受信 — from 市町村CS to the 除票 without a hand, or to a clerk's list; nothing is lost. 法9条1項; std 4.1.3.1.2, 4.1.3.1.3."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from daicho import audit, clock
from daicho.audit.models import AuditEntry
from daicho.city.errors import CityProblem
from daicho.outbox.models import Notice
from daicho.residents.commands import filings, receiving, registering
from daicho.residents.commands.typed import unseal
from daicho.residents.errors import CannotDo
from daicho.residents.models import CivilEvent, ReceivedNotice, SheetCurrent, SheetVersion
from daicho.residents.models.received import ReceivedState
from daicho.residents.queries.missing import missing_notices
from daicho.residents.queries.proof import prove
from daicho.residents.queries.received import get_received, list_received, undone_counts
from daicho.values import made_up
from tests.cast import CLERK, EXAMINER, HANAKO, NGUYEN, SATO, STRANGER, TARO
from tests.residents.counter import (
    city_decides,
    move_in_form,
    move_in_received,
    move_out_form,
    notice_form,
    receive,
    register,
    relocation_form,
    removed,
    turn_to,
    visit,
)

pytestmark = pytest.mark.django_db
DAY, ARRIVED, TODAY = date(2026, 5, 1), date(2026, 4, 20), date(2026, 4, 25)
CODE = "move_in_notice_received"


@pytest.fixture
def taro() -> UUID:
    """太郎 told that he will move out on 5/1."""
    person = register("domestic_move_in", move_in_form([TARO]))[0].person.public_id
    register("move_out", move_out_form([person]))
    return person


@pytest.fixture
def later():
    with clock.at(TODAY):
        yield TODAY


def sheet(person: UUID) -> SheetCurrent:
    return SheetCurrent.objects.filter(person__public_id=person).order_by("-history_no")[0]


def test_疑わしい点がなければ職員の操作なしに受理される(taro, later):
    """N-7.1.1.1-18, N-4.1.3.1.2-01."""
    row = receive(move_in_received(TARO, ARRIVED))
    assert (row.state, row.why, row.handled_by) == ("accepted", "", "住基ネット（自動）")
    assert (sheet(taro).confirmed_move_out_address, sheet(taro).confirmed_move_out_date) == ("北海道旭川市六条通十丁目1番1号　旭荘3号", ARRIVED)
    assert (sheet(taro).confirmed_move_out_notified_date, sheet(taro).closed_on) == (date(2026, 4, 22), ARRIVED)
    event = CivilEvent.objects.get(pk=row.event_id)
    assert (event.code, event.basis, event.source, event.examined_by) == (CODE, "通知", "juki_net", "")
    assert undone_counts(CLERK) == {}
    assert prove().proven


def test_同じ通知がもう一度届いても一度だけ書かれる(taro, later):
    """Twice: another number, the same content."""
    receive(move_in_received(TARO, ARRIVED))
    before = SheetVersion.objects.count()
    again = receive(move_in_received(TARO, ARRIVED, request_control_no="0120410000000000000002"))
    assert (again.state, SheetVersion.objects.count(), ReceivedNotice.objects.count()) == ("repeated", before, 2)


def test_内容の違う通知が後から届けば職員が確かめる(taro, later):
    """N-4.1.3.1.2-03, -04: not booked twice; the newer one waits, with the reason."""
    receive(move_in_received(TARO, ARRIVED))
    again = receive(move_in_received(TARO, ARRIVED, new_address="北海道旭川市宮前一条一丁目2番3号"))
    assert (again.state, "受理済みで、内容が違います" in again.why) == ("waiting", True)
    assert sheet(taro).confirmed_move_out_address == "北海道旭川市六条通十丁目1番1号　旭荘3号"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"name_kanji": "花園　次郎"}, "氏名又は生年月日が"),
        ({"birth_date_juki": "19800310"}, "氏名又は生年月日が"),
        ({"new_address": "北海道旭川市〓条通"}, "文字化け"),
        ({"new_address": "北海道旭川市?条通"}, "文字化け"),
        ({"new_address": "旭" * 301}, "住所が長すぎます"),
        ({"move_in_date": date(2026, 4, 26)}, "異動日が処理日（本日）より後です"),
        ({"move_in_date": date(2026, 3, 1)}, "住民となった日より前です"),
    ],
    ids=["氏名が違う", "生年月日が違う", "文字化け", "疑問符", "あふれ", "まだ来ていない日", "住む前の日"],
)
def test_そのまま受理できないものは理由を付けて職員に渡す(taro, later, changes, why):
    """F-1-03, N-4.1.3.1.2-02: nothing is refused and nothing is written."""
    row = receive(move_in_received(TARO, ARRIVED, **changes))
    assert (row.state, why in row.why, row.event_id) == ("waiting", True, None)
    assert (sheet(taro).confirmed_move_out_address, sheet(taro).closed_on) == (None, DAY)
    assert [one.pk for one in list_received(CLERK)] == [row.pk]


@pytest.mark.parametrize(
    "code", [SATO.juminhyo_code, "12345678901", "", str(made_up.made_up_juminhyo_code(777))], ids=["番号違い", "検査数字", "空", "知らない"]
)
def test_知らない人の通知も失われず検索して選べる(taro, later, code):
    """Someone unknown, or of no code at all: a clerk finds whom it means."""
    row = receive(move_in_received(TARO, ARRIVED, juminhyo_code=code))
    assert (row.state, row.person_id, "対象者を検索して選んでください" in row.why) == ("waiting", None, True)
    filing = receiving.begin(CLERK, visit(), row.public_id, {0: taro})
    _through(filing)
    row.refresh_from_db()
    assert (row.state, row.person.public_id, row.handled_by) == ("accepted", taro, EXAMINER.name)
    assert sheet(taro).confirmed_move_out_date == ARRIVED


def _through(filing) -> None:
    """仮登録, 照合, 本登録 of what the notice said."""
    form = unseal(filing.typed)
    judged = filings.judge(filings.definition_of(CODE), form, filing.visit)
    filings.enter(CLERK, filing.public_id, form, {p.key: "確認した" for p in judged.problems if not p.blocks})
    filings.examine(EXAMINER, filing.public_id)
    registering.register(EXAMINER, filing.public_id)


def test_転出の届出より先に届けば待ち届出の本登録で受理される(later):
    """May come first: it waits, and the 転出 completes it at once; the sheet closes on the day of moving in."""
    person = register("domestic_move_in", move_in_form([TARO]))[0].person.public_id
    row = receive(move_in_received(TARO, ARRIVED))
    assert (row.state, "先に転出を入力してください" in row.why) == ("waiting", True)
    register("move_out", move_out_form([person], "令和8年5月1日", filed_on="令和8年4月25日"))
    row.refresh_from_db()
    assert (row.state, row.why) == ("accepted", "")
    assert (sheet(person).closed_on, sheet(person).planned_move_out_date, sheet(person).confirmed_move_out_date) == (ARRIVED, DAY, ARRIVED)
    assert prove().proven


def test_待つ間に保留や対象なしとしたものは勝手に受理されない(later):
    """A clerk's word stands; 保留 is tried again, 対象なし is not."""
    person = register("domestic_move_in", move_in_form([TARO]))[0].person.public_id
    row = receive(move_in_received(TARO, ARRIVED))
    receiving.put_aside(CLERK, row.public_id, ReceivedState.SET_ASIDE, "誤って送られたと連絡があった")
    register("move_out", move_out_form([person], "令和8年5月1日", filed_on="令和8年4月25日"))
    row.refresh_from_db()
    assert (row.state, row.note, row.handled_by) == ("set_aside", "誤って送られたと連絡があった", CLERK.name)
    receiving.put_aside(CLERK, row.public_id, ReceivedState.WAITING, "やはり対象だった")
    row.refresh_from_db()
    assert row.state == "waiting"


def test_理由のない保留や済んだものの処理は断る(taro, later):
    row = receive(move_in_received(TARO, ARRIVED, name_kanji="花園　次郎"))
    with pytest.raises(CannotDo, match="理由"):
        receiving.put_aside(CLERK, row.public_id, ReceivedState.HELD, " ")
    done = receive(move_in_received(TARO, ARRIVED))
    for act in (
        lambda: receiving.put_aside(CLERK, done.public_id, ReceivedState.HELD, "理由"),
        lambda: receiving.begin(CLERK, visit(), done.public_id, {0: taro}),
    ):
        with pytest.raises(CannotDo, match="もう処理されています"):
            act()


def test_一つの通知の受理は一人ずつ入力する(taro, later):
    """Two clerks cannot both enter it; after 取下げ it can be begun again."""
    row = receive(move_in_received(TARO, ARRIVED, name_kanji="花園　次郎"))
    filing = receiving.begin(CLERK, visit(), row.public_id, {0: taro})
    with pytest.raises(CannotDo, match=f"届出番号{filing.filing_no}で入力されています"):
        receiving.begin(CLERK, visit(), row.public_id, {0: taro})
    filings.withdraw(CLERK, filing.public_id, "入力の誤り")
    again = receiving.begin(CLERK, visit(), row.public_id, {0: taro})
    _through(again)
    row.refresh_from_db()
    assert (row.state, row.filing_id) == ("accepted", again.pk)


def test_受信した内容は直して受理できる(taro, later):
    """N-4.1.3.1.2-02, -06: the broken address is put right in the form; what came stays as it came."""
    row = receive(move_in_received(TARO, ARRIVED, new_address="北海道旭川市〓条通"))
    filing = receiving.begin(CLERK, visit(), row.public_id, {0: taro})
    form = notice_form(taro, confirmed_address="北海道旭川市六条通")
    filings.save_form(CLERK, filing.public_id, form)
    filing.refresh_from_db()
    _through(filing)
    assert sheet(taro).confirmed_move_out_address == "北海道旭川市六条通"
    assert get_received(CLERK, row.public_id).message.new_address == "北海道旭川市〓条通"


def test_自動受理は市の設定で止められる(taro, later):
    """N-4.1.3.1.2-08: then every notice is taken in by a clerk."""
    city_decides("move_in_notice_automatic", False)
    row = receive(move_in_received(TARO, ARRIVED))
    assert (row.state, "自動では受理しない設定" in row.why) == ("waiting", True)
    _through(receiving.begin(CLERK, visit(), row.public_id, {0: taro}))
    assert sheet(taro).confirmed_move_out_date == ARRIVED


def test_通知のない者も書面から受理できる(taro, later):
    """N-4.1.3.1.3-01: nothing came from 市町村CS."""
    register(CODE, notice_form(taro))
    assert (sheet(taro).confirmed_move_out_date, ReceivedNotice.objects.count()) == (ARRIVED, 0)


def test_外国人住民はローマ字の氏名でも同じ人とわかる(later):
    person = register("domestic_move_in", move_in_form([NGUYEN]))[0].person.public_id
    register("move_out", move_out_form([person]))
    assert receive(move_in_received(NGUYEN, ARRIVED)).state == "accepted"


def test_再転入した人の前の在住の通知も自動で古い除票に入る(taro):
    """N-4.1.3.1.1-01 after years: the code finds the person, the day the stay."""
    with clock.at(DAY):
        turn_to(DAY)
    with clock.at(date(2026, 6, 1)):
        back = move_in_form([TARO], effective_on="令和8年5月20日", filed_on="令和8年5月20日")
        register("domestic_move_in", replace(back, members=(replace(back.members[0], person=str(taro)),)))
        assert receive(move_in_received(TARO, date(2026, 5, 3))).state == "accepted"
        old, new = SheetCurrent.objects.filter(person__public_id=taro).order_by("pk")
        assert (old.confirmed_move_out_date, new.confirmed_move_out_date, new.closed_on) == (date(2026, 5, 3), None, None)
        assert prove().proven


def test_受信した内容は金庫に封じられ一覧に人は出ない(taro, later):
    """design §6: at rest nothing of it stands in the open but what the list shows."""
    row = receive(move_in_received(TARO, ARRIVED))
    plain = {field.name: getattr(row, field.attname) for field in ReceivedNotice._meta.fields}
    assert not [name for name, value in plain.items() if isinstance(value, str) and ("花園" in value or TARO.juminhyo_code in value or "六条通" in value)]


def test_照会は記録され権限がなければ断る(taro, later):
    """F-1-13."""
    row = receive(move_in_received(TARO, ARRIVED, name_kanji="花園　次郎"))
    found = get_received(CLERK, row.public_id)
    assert (found.message.name_kanji, found.people[0].people[0].public_id) == ("花園　次郎", str(taro))
    assert AuditEntry.objects.filter(action="residents:filing:enter", purpose="受信箱の処理", subjects=[taro]).exists()
    with pytest.raises(audit.Refused):
        get_received(STRANGER, row.public_id)
    with pytest.raises(audit.Refused):
        receiving.put_aside(STRANGER, row.public_id, ReceivedState.HELD, "理由")


def test_未着者には通知のない転出者だけが並び職権消除も選べる(taro):
    """A-03, N-4.1.3.1.4-02, -03: 二人 without a notice, one with, one 職権消除."""
    others = [w.person.public_id for w in register("domestic_move_in", move_in_form([HANAKO, SATO], address="色内1丁目3番5号"))]
    register("move_out", move_out_form(others[:1], "令和8年4月15日"))
    removed(others[1], date(2026, 4, 9), "ex_officio_removal")
    with clock.at(date(2026, 5, 20)):
        turn_to(date(2026, 5, 20))
        assert [one.sheet.public_id for one in missing_notices(CLERK, date(2026, 1, 1), date(2026, 12, 31), ex_officio=False).people] == [
            str(others[0]),
            str(taro),
        ]
        assert len(missing_notices(CLERK, date(2026, 1, 1), date(2026, 12, 31), ex_officio=True).people) == 3
        receive(move_in_received(HANAKO, date(2026, 4, 16)))
        left = missing_notices(CLERK, date(2026, 1, 1), date(2026, 12, 31), ex_officio=False).people
        assert [(one.sheet.public_id, one.days) for one in left] == [(str(taro), 19)]


def test_予定日前の人は未着者に並ばない(taro, later):
    """A resident still; nobody is awaited yet."""
    assert missing_notices(CLERK, date(2026, 1, 1), date(2026, 12, 31), ex_officio=True).people == ()


def test_受け付けた通知は何も外へ出さない(taro, later):
    """What waits tells nobody anything."""
    before = Notice.objects.count()
    receive(move_in_received(TARO, ARRIVED, name_kanji="花園　次郎"))
    assert Notice.objects.count() == before


def test_住んだままの人は転居しても待ったまま失われない(later):
    """Nothing happens to a waiting notice by other events."""
    person = register("domestic_move_in", move_in_form([TARO]))[0].person.public_id
    row = receive(move_in_received(TARO, ARRIVED))
    register("relocation", relocation_form([person], effective_on="令和8年4月22日", filed_on="令和8年4月25日"))
    row.refresh_from_db()
    assert row.state == "waiting"


def test_ない番号の通知は処理できない():
    with pytest.raises(CannotDo):
        receiving.put_aside(CLERK, uuid4(), ReceivedState.HELD, "理由")


def test_再送された通知がまとめて待っていれば最新のものだけが入る(later):
    """N-4.1.3.1.2-03: both came before the 転出 was entered; the one made later counts, whichever arrived first."""
    person = register("domestic_move_in", move_in_form([TARO]))[0].person.public_id
    newer = receive(move_in_received(TARO, ARRIVED, notice_date=date(2026, 4, 24), new_address="北海道旭川市宮前一条一丁目2番3号"))
    older = receive(move_in_received(TARO, ARRIVED))
    assert (newer.state, older.state) == ("waiting", "waiting")
    register("move_out", move_out_form([person], "令和8年4月20日", filed_on="令和8年4月25日"))
    newer.refresh_from_db()
    older.refresh_from_db()
    assert (newer.state, older.state, older.event_id) == ("accepted", "superseded", newer.event_id)
    assert sheet(person).confirmed_move_out_address == "北海道旭川市宮前一条一丁目2番3号"
    assert SheetVersion.objects.filter(event__code=CODE).count() == 1
    assert undone_counts(CLERK) == {}
    assert prove().proven


def test_自動で受理しない設定でも通知を見て入力すれば受理できる(taro, later):
    """N-4.1.3.1.2-*, N-4.1.3.1.3-02 (一般市区町村任意): without the function a notice is taken in as one on paper is (std 4.1.3.1.1)."""
    city_decides("move_in_notice_automatic", False)
    assert receive(move_in_received(TARO, ARRIVED)).state == "waiting"
    register(CODE, notice_form(taro))
    assert sheet(taro).confirmed_move_out_address == "北海道旭川市六条通十丁目1番1号"


def test_指定都市では自動の受理を止められない(monkeypatch):
    """N-4.1.3.1.2-08, N-4.1.3.1.3-02."""
    monkeypatch.setattr(settings, "INSTALLATION", replace(settings.INSTALLATION, prefecture_name="宮城県", municipality_name="仙台市"))
    with pytest.raises(CityProblem, match="指定都市では必須"):
        city_decides("move_in_notice_automatic", False)
