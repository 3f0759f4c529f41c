"""転入通知の画面 — the list, one notice beside the register, 受理 through two officers, 未着者. 法9条1項; std 4.1.3.1."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from daicho import clock
from daicho.audit.models import AuditEntry
from daicho.residents.models import Filing, ReceivedNotice, SheetCurrent, Visit
from tests.cast import HANAKO, SATO, TARO
from tests.residents import counter
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import enter, form_of, open_visit, register

pytestmark = pytest.mark.django_db
ARRIVED = date(2026, 4, 8)


@pytest.fixture
def taro() -> UUID:
    """太郎 lives here and will leave on 5/1; 4/10 is the day of processing."""
    person = counter.register("domestic_move_in", counter.move_in_form([TARO]))[0].person.public_id
    counter.register("move_out", counter.move_out_form([person]))
    return person


def broken(**changes) -> ReceivedNotice:
    return counter.receive(counter.move_in_received(TARO, ARRIVED, notice_date=date(2026, 4, 9), **{"new_address": "北海道旭川市〓条通", **changes}))


def test_一覧には職員を待つ通知だけが人の名なしに並ぶ(clerk, taro):
    """N-4.1.3.1.2-02: what was taken in by itself is found under 「すべて」."""
    counter.receive(counter.move_in_received(HANAKO, ARRIVED))
    broken()
    counter.receive(counter.move_in_received(TARO, ARRIVED, notice_date=date(2026, 4, 9)))
    page = visible(clerk.get("/received/")).split("職員を待つもの")[1]  # the visitor in the frame has the same name
    assert page.count("旭川市") == 2 and "文字化け" in page and "対象者を検索して選んでください" in page
    assert TARO.name not in page and HANAKO.name not in page
    everything = visible(clerk.get("/received/?state=all"))
    assert everything.count("旭川市") == 3 and "処理済み" in everything and "住基ネット（自動）" in everything


def test_取り込めなかった通知だけが取込エラー一覧表に載る(clerk, taro):
    """N-4.1.3.1.2-05: two that could not be taken in, one that was; each with its reason."""
    broken()
    counter.receive(counter.move_in_received(HANAKO, ARRIVED, notice_date=date(2026, 4, 9)))
    counter.receive(counter.move_in_received(TARO, ARRIVED, notice_date=date(2026, 4, 9)))
    page = visible(clerk.get("/received/?kind=move_in")).split("転入通知情報取込エラー一覧表")[1]
    assert "2件" in page and page.count("旭川市") == 2 and "文字化け" in page and "処理済み" not in page


def test_通知と本市の記録を見比べ写した内容を直して二人で受理する(clerk, examiner, taro):
    """N-4.1.3.1.2-02, -06; F-1-02: the clerk mends, another examines."""
    row = broken()
    page = visible(clerk.get(f"/received/{row.public_id}/"))
    assert "北海道旭川市〓条通" in page and "北海道旭川市七条通九丁目48番地" in page and TARO.name in page and "違う" in page
    assert AuditEntry.objects.filter(purpose="受信箱の処理", subjects=[taro]).exists()
    open_visit(identity_check="not_needed")
    filing = UUID(clerk.post(f"/received/{row.public_id}/accept/", {"person-0": str(taro)}).url.strip("/").split("/")[1])
    form = form_of(clerk.get(f"/filings/{filing}/"))
    assert (form["f-effective_on"], form["f-filed_on"], form["f-confirmed_address"]) == ("令和8年4月8日", "令和8年4月9日", "北海道旭川市〓条通")
    assert f"届出番号{ReceivedNotice.objects.get().filing.filing_no}で入力中" in visible(clerk.get("/received/"))
    enter(clerk, filing, form | {"f-confirmed_address": "北海道旭川市六条通十丁目"})
    review = visible(examiner.get(f"/filings/{filing}/examination/"))
    assert "転出確定地" in review and "消除（除票になる）" in review
    register(examiner, filing)
    row.refresh_from_db()
    assert (row.state, SheetCurrent.objects.get().confirmed_move_out_address) == ("accepted", "北海道旭川市六条通十丁目")
    assert "処理の結果" in visible(clerk.get(f"/received/{row.public_id}/"))
    card = visible(clerk.get(f"/person/{taro}/"))
    assert "転出予定地 北海道旭川市七条通九丁目48番地" in card and "転出確定地 北海道旭川市六条通十丁目" in card  # N-4.1.3.1.1-03


def test_知らない人の通知は検索した人で受理する(clerk, examiner, taro):
    """Someone unknown: the search says whom it means."""
    row = broken(juminhyo_code=SATO.juminhyo_code, name_kanji="花園　次郎", new_address="北海道旭川市六条通")
    assert "住民票コードの一致する人はいません" in visible(clerk.get(f"/received/{row.public_id}/"))
    open_visit()
    assert clerk.post(f"/received/{row.public_id}/accept/").url.endswith("/search/")
    assert "通知の対象者" in visible(clerk.get("/search/"))
    filing = UUID(clerk.post(f"/received/{row.public_id}/picked/0/", {"person": str(taro)}).url.strip("/").split("/")[1])
    enter(clerk, filing, form_of(clerk.get(f"/filings/{filing}/")))
    register(examiner, filing)
    row.refresh_from_db()
    assert (row.state, row.person.public_id) == ("accepted", taro)


def test_対象なしには理由が要りあとで未処理に戻せる(clerk, taro):
    row = broken()
    clerk.post(f"/received/{row.public_id}/aside/", {"do": "set_aside", "reason": ""})
    assert "理由を入力してください" in visible(clerk.get(f"/received/{row.public_id}/"))
    clerk.post(f"/received/{row.public_id}/aside/", {"do": "set_aside", "reason": "誤送信と連絡あり"})
    assert "職員を待つものはありません" in visible(clerk.get("/received/"))
    assert "誤送信と連絡あり" in visible(clerk.get(f"/received/{row.public_id}/"))
    clerk.post(f"/received/{row.public_id}/aside/", {"do": "undo", "reason": "再度の連絡"})
    assert "文字化け" in visible(clerk.get("/received/"))
    assert clerk.post(f"/received/{row.public_id}/aside/", {"do": "throw_away", "reason": "x"}).status_code == 400


def test_通知は来庁者がいなくても始まり来庁中の人の受付に付かない(clerk, taro):
    """F-1-01: the 受付 says who told it. Whoever stands at the counter is somebody else."""
    in_hand = open_visit()
    filing = UUID(clerk.post(f"/received/{broken().public_id}/accept/", {"person-0": str(taro)}).url.strip("/").split("/")[1])
    visit = Filing.objects.get(public_id=filing).visit
    assert (visit.visitor_name, visit.standing, visit.identity_check, visit.purpose) == (
        "北海道旭川市", "public_office", "not_needed", "転入通知",
    )  # fmt: skip
    assert (visit.closed_at is None, Visit.objects.get(pk=in_hand.pk).closed_at, in_hand.filings.count()) == (False, None, 0)


def test_権限のない者は一覧も通知も見られない(stranger, taro):
    """F-1-12."""
    row = broken()
    assert {stranger.get(address).status_code for address in ("/received/", f"/received/{row.public_id}/", "/received/missing/")} == {403}
    assert stranger.post("/received/missing/found/", {"first": "令和8年1月1日", "last": "令和8年12月31日"}).status_code == 403
    assert stranger.post(f"/received/{row.public_id}/aside/", {"do": "hold", "reason": "x"}).status_code == 403
    row.refresh_from_db()
    assert row.state == "waiting"


def test_ない通知は見つからない(clerk):
    assert clerk.get("/received/00000000-0000-4000-8000-000000000000/").status_code == 404


class Test未着者:
    """N-4.1.3.1.4-02, -03."""

    def test_期間の未着者だけが並び照会が残る(self, clerk, taro):
        sato = counter.register("domestic_move_in", counter.move_in_form([SATO], address="色内1丁目3番5号"))[0].person.public_id
        counter.register("move_out", counter.move_out_form([sato], "令和8年4月9日"))
        form = clerk.get("/received/missing/")
        assert 'value="令和7年4月10日"' in form.content.decode()
        page = visible(clerk.post("/received/missing/found/", {"first": "令和8年4月1日", "last": "令和8年4月30日"}))
        assert SATO.name in page and TARO.name not in page and "未着者 1人" in page
        assert AuditEntry.objects.filter(purpose="転入通知未着者の照会", subjects=[sato]).exists()
        assert "この期間の未着者はいません" in visible(clerk.post("/received/missing/found/", {"first": "令和8年3月1日", "last": "令和8年3月31日"}))

    @pytest.mark.parametrize(
        ("first", "last", "words"),
        [("", "令和8年4月1日", "暦にある年月日"), ("令和8年4月頃", "令和8年4月30日", "暦にある年月日"), ("令和8年5月1日", "令和8年4月1日", "始まりより前")],
    )
    def test_期間の誤りは断る(self, clerk, first, last, words):
        answer = clerk.post("/received/missing/found/", {"first": first, "last": last})
        assert (answer.status_code, words in visible(answer)) == (422, True)

    def test_職権消除した人も選べば並ぶ(self, clerk):
        person = counter.register("domestic_move_in", counter.move_in_form([TARO]))[0].person.public_id
        counter.removed(person, date(2026, 4, 9), "ex_officio_removal")
        period = {"first": "令和8年4月1日", "last": "令和8年4月30日"}
        assert TARO.name not in visible(clerk.post("/received/missing/found/", period))
        assert TARO.name in visible(clerk.post("/received/missing/found/", {**period, "ex_officio": "yes"}))


def test_問合せの数は通知の数によらない(clerk, taro):
    broken()
    with clock.at(date(2026, 4, 10)):
        few = _queries(clerk)
        for n in range(8):
            counter.receive(replace(counter.move_in_received(SATO, ARRIVED), request_control_no=f"{n}"))
        assert _queries(clerk) == few


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as seen:
        client.get("/received/")
    return len(seen)
