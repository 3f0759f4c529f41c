"""入管庁との連携の画面 — 処理結果確認票 to 本登録 by two officers, 市町村通知 with its result, the announced ends. 法30条の50; 入管法61条の8の2; std 4.5.6, 4.5.7."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from daicho import clock
from daicho.audit.models import AuditEntry
from daicho.contracts.immigration_result_v1 import ImmigrationResultV1
from daicho.outbox.models import Delivery
from daicho.residents.commands.immigration import take_result
from daicho.residents.commands.residence_terms import list_ending
from daicho.residents.models import CommissionerNotice, ImmigrationNotice
from tests.cast import CLERK, NGUYEN, TARO
from tests.residents import counter
from tests.residents.counter import city_decides
from tests.residents.foreigners import LEE, OFFICE, commissioner, ending, moved_in, receive, residence_form, sheet, status_form
from tests.residents.screens import desks
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import enter, form_of, open_visit, register

pytestmark = pytest.mark.django_db
SENDS = (*desks.EXAMINES, "residents:notice:resend", "residents:register:export")


@pytest.fixture
def sender(made_up_city: None) -> Client:
    return desks.officer("t.taka", SENDS, "Z01")


def begun(answer) -> UUID:
    assert answer.status_code == 302 and answer.url.startswith("/filings/"), answer.url
    return UUID(answer.url.strip("/").split("/")[1])


class Test長官通知:
    def test_確認票を確認して入力し別の職員が審査して更新する(self, clerk, examiner):
        """N-4.5.6-01, -05, -06; F-1-02."""
        person = moved_in()
        row = receive(commissioner())
        page = visible(clerk.get("/commissioner/"))
        assert "処理の済んでいない対象者 1件" in page and "NGUYEN VAN AN" in page and "在留期間更新許可" in page and "確認待ち" in page
        slip = closed_up(clerk.get(f"/commissioner/{row.public_id}/"))
        assert "処理結果確認票" in slip and "変更前（住民票）" in slip and "2028年4月30日2033年4月30日" in slip and "AB12345678CD" not in slip
        assert AuditEntry.objects.filter(purpose="出入国在留管理庁長官通知の処理", subjects=[person]).exists()
        open_visit(identity_check="not_needed")
        filing = begun(clerk.post(f"/commissioner/{row.public_id}/confirm/"))
        form = form_of(clerk.get(f"/filings/{filing}/"))
        assert (form["f-effective_on"], form["f-filed_on"], form["m0-residence_period"], form["m0-residence_expiry_date"]) == (
            "令和8年4月8日", "令和8年4月9日", "5年", "2033年4月30日",
        )  # fmt: skip
        assert "で入力中" in visible(clerk.get("/commissioner/")) and sheet(person).residence_period == "3年"
        enter(clerk, filing, form)
        assert "在留期間等の満了の日" in visible(examiner.get(f"/filings/{filing}/examination/"))
        register(examiner, filing)
        assert (sheet(person).residence_period, CommissionerNotice.objects.get().state) == ("5年", "done")
        assert "更新の結果" in visible(clerk.get(f"/commissioner/{row.public_id}/"))
        assert "処理の済んでいない通知はありません" in visible(clerk.get("/commissioner/"))
        assert "処理済" in visible(clerk.get("/commissioner/?all=yes"))

    def test_番号を見る権限のある職員には番号も並ぶ(self, made_up_city):
        """F-1-13: and that it was shown is on record."""
        moved_in()
        row = receive(commissioner())
        client = desks.officer("m.mado", (*desks.ENTERS, "residents:number:reveal"), "H01")
        assert "AB12345678CDCD87654321EF" in closed_up(client.get(f"/commissioner/{row.public_id}/"))
        assert AuditEntry.objects.filter(detail__entry="residence_card_no").exists()

    def test_生年月日を告げる通知も入力の画面に開き西暦で読み返す(self, clerk):
        """N-4.5.6-06, N-1.1.9-07: the form asks for no 住民種別, so the register says that it is a foreigner's."""
        moved_in()
        row = receive(commissioner(birth_date="19850309"))
        open_visit(identity_check="not_needed")
        page = clerk.get(f"/filings/{begun(clerk.post(f'/commissioner/{row.public_id}/confirm/'))}/")
        assert page.status_code == 200 and form_of(page)["m0-birth_date"] == "1985年3月9日"
        assert re.search(r'data-echo-of="id-m0-birth_date"[^>]*>1985年3月9日', page.content.decode())

    def test_喪失の通知は消除として入力される(self, clerk, examiner):
        """N-4.5.6-02."""
        person = moved_in()
        row = receive(ending())
        assert "在留資格の喪失等による消除" in visible(clerk.get(f"/commissioner/{row.public_id}/"))
        open_visit(identity_check="not_needed")
        filing = begun(clerk.post(f"/commissioner/{row.public_id}/confirm/"))
        enter(clerk, filing, form_of(clerk.get(f"/filings/{filing}/")) | {"f-ending": "cancelled"})
        assert "消除（除票になる）" in visible(examiner.get(f"/filings/{filing}/examination/"))
        register(examiner, filing)
        assert sheet(person).closed_on == date(2026, 4, 8)

    def test_特別永住者の分は取り込んでから確認する(self, clerk):
        """N-4.5.6-04, -09."""
        moved_in(LEE)
        row = receive(commissioner(class_code="2", former_card_no="EF12345678GH", residence_period=None, residence_expiry_on=None))
        assert "未取込" in visible(clerk.get("/commissioner/"))
        page = visible(clerk.get(f"/commissioner/{row.public_id}/"))
        assert "取り込む" in page and "確認した。更新の入力を始める" not in page
        assert "確認した。更新の入力を始める" in visible(clerk.post(f"/commissioner/{row.public_id}/take/", follow=True))
        assert "いまの状態では" in visible(clerk.post(f"/commissioner/{row.public_id}/take/", follow=True))

    def test_番号の一致する人がいなければ検索して選ぶ(self, clerk):
        person = moved_in()
        row = receive(commissioner(former_card_no="ZZ00000000ZZ"))
        assert "対象者を検索して選んでください" in visible(clerk.get(f"/commissioner/{row.public_id}/"))
        open_visit(identity_check="not_needed")
        assert clerk.post(f"/commissioner/{row.public_id}/confirm/").url.endswith("/search/")
        begun(clerk.post(f"/commissioner/{row.public_id}/picked/", {"person": str(person)}))

    def test_対象なしには理由が要り戻せる(self, clerk):
        moved_in()
        row = receive(commissioner())
        assert "理由を入力してください" in visible(clerk.post(f"/commissioner/{row.public_id}/aside/", {"do": "set_aside", "reason": ""}, follow=True))
        clerk.post(f"/commissioner/{row.public_id}/aside/", {"do": "set_aside", "reason": "転出済み"})
        assert "転出済み" in visible(clerk.get(f"/commissioner/{row.public_id}/"))
        assert "確認待ち" in visible(clerk.post(f"/commissioner/{row.public_id}/aside/", {"do": "undo", "reason": "再確認"}, follow=True))
        assert clerk.post(f"/commissioner/{row.public_id}/aside/", {"do": "x", "reason": "x"}).status_code == 400

    def test_受付がなければ受付へ導き戻れる(self, clerk):
        moved_in()
        row = receive(commissioner())
        assert clerk.post(f"/commissioner/{row.public_id}/confirm/").url.endswith("/visit/")
        assert clerk.session["after_visit"] == f"/commissioner/{row.public_id}/"

    def test_一覧の問合せは件数によらない(self, clerk):
        moved_in()
        receive(commissioner())
        one = queries(clerk, "/commissioner/")
        for n in range(3):
            moved_in(replace(NGUYEN, index=50 + n, texts={**NGUYEN.texts, "residence_card_no": f"KL1234567{n}GH"}), address=f"色内1丁目3番{n + 5}号")
            receive(commissioner(notice_no=f"N{n}", former_card_no=f"KL1234567{n}GH"))
        assert queries(clerk, "/commissioner/") == one


class Test市町村通知:
    def test_対象者と送信と処理結果を一覧と内容で確かめ再送信する(self, sender):
        """N-4.5.7-04, -09, -11, -12: two notices and a transmission, each with its kind."""
        person = moved_in(LEE)
        counter.register("residence_notification", residence_form(person))
        counter.register("death", counter.death_form(person, "令和8年4月10日"))
        page = visible(sender.get("/immigration/?show=waiting"))
        assert "3件を表示" in page and page.count("市町村通知・市町村伝達") >= 1 and "市町村伝達 入管法" in page and "市町村通知 住基法" in page
        row = ImmigrationNotice.objects.get(law_code="2")
        arrived()
        take_result(OFFICE, ImmigrationResultV1(row.control_no, False, "E21", "在留カード番号が一致しません。", datetime(2026, 4, 10, 3, tzinfo=UTC)))
        assert "E21　在留カード番号が一致しません。" in visible(sender.get("/immigration/?show=failed"))
        assert "3件を表示" in visible(sender.get("/immigration/?show=sent"))
        one = visible(sender.get(f"/immigration/{row.public_id}/"))
        assert (
            "住居地の届出の年月日 令和8年4月10日" in one
            and "異動年月日 令和8年4月8日" in one
            and "国籍・地域 韓国" in one
            and "EF12345678GH" not in one
            and "1960年5月5日" in one
        )
        assert "理由を入力してください" in visible(sender.post(f"/immigration/{row.public_id}/resend/", {"reason": ""}, follow=True))
        again = visible(sender.post(f"/immigration/{row.public_id}/resend/", {"reason": "番号を確かめた"}, follow=True))
        assert "再送信しました" in again and "番号を確かめた" in again and row.control_no in again

    def test_媒体に書き出し書き損じてももう一度書き出せる(self, sender):
        """N-4.5.7-05."""
        city_decides("immigration_by_medium", True)
        moved_in()
        assert "送信待ちを媒体に書き出す" in visible(sender.get("/immigration/"))
        file = sender.post("/immigration/medium/")
        assert file["Content-Disposition"].startswith("attachment") and file.content.count(b"\n") == 1 and b"NGUYEN VAN AN" in file.content
        row = ImmigrationNotice.objects.get()
        assert sender.post(f"/immigration/medium/{row.file.public_id}/").content == file.content
        assert "媒体で渡した" in visible(sender.get(f"/immigration/{row.public_id}/"))
        assert "書き出す市町村通知・市町村伝達はありません" in visible(sender.post("/immigration/medium/", follow=True))
        moved_in(LEE, address="色内1丁目3番5号")
        assert "1件を送信待ちに加えました" in visible(sender.post("/immigration/send/", follow=True))

    def test_権限のない者には開かない(self, stranger):
        """F-1-12."""
        moved_in()
        row, notice = ImmigrationNotice.objects.get(), receive(commissioner())
        ways = ("/immigration/", f"/immigration/{row.public_id}/", "/commissioner/", f"/commissioner/{notice.public_id}/", "/residence-terms/")
        assert {stranger.get(way).status_code for way in ways} == {403}
        posts = (f"/immigration/{row.public_id}/resend/", "/immigration/medium/", "/immigration/send/", f"/commissioner/{notice.public_id}/take/")
        assert {stranger.post(way, {"reason": "x"}).status_code for way in posts} == {403}

    def test_一覧の問合せは件数によらない(self, sender):
        moved_in()
        one = queries(sender, "/immigration/")
        for n in range(3):
            moved_in(replace(NGUYEN, index=50 + n, texts={**NGUYEN.texts, "residence_card_no": f"KL1234567{n}GH"}), address=f"色内1丁目3番{n + 5}号")
        assert queries(sender, "/immigration/") == one


class Test満了の予告:
    def test_予告の一覧と個人票に残りの日が出る(self, clerk):
        """法30条の50: said, and nothing is done by it."""
        person = moved_in()
        assert "予告の対象者はいません" in visible(clerk.get("/residence-terms/"))
        open_visit()
        assert "在留期間等の満了の日は" not in visible(clerk.get(f"/person/{person}/"))
        city_decides("residence_term_days", 365)
        counter.register("residence_status_changed", status_form(person, residence_expiry_date="2026-04-30"))
        list_ending(CLERK)
        page = visible(clerk.get("/residence-terms/"))
        assert "NGUYEN VAN AN" in page and "2026年4月30日" in page and "あと20日" in page and "365日以内" in page
        card = visible(clerk.get(f"/person/{person}/"))
        assert "在留期間等の満了の日は2026年4月30日です（あと20日）" in card and "自動では消除しません" in card

    def test_経過滞在者の個人票に残りの日が出て一覧はない(self, clerk):
        """N-9.8-01; 入管法22条の2: 60 days from 4/1."""
        born = replace(NGUYEN, texts={**NGUYEN.texts, "article_30_45_class_code": "5", "residence_card_no": "", "residence_status_code": "",
                                      "residence_period": "", "residence_expiry_date": ""})  # fmt: skip
        person = moved_in(born)
        counter.register("domestic_move_in", counter.move_in_form([TARO], address="色内1丁目3番5号"))
        open_visit()
        card = visible(clerk.get(f"/person/{person}/"))
        assert "経過滞在の期間は令和8年5月31日までです（あと51日）" in card and "自動では消除しません" in card
        with clock.at(date(2028, 4, 30)):
            assert list_ending(CLERK) == 0


def closed_up(answer: object) -> str:
    """The text without any space: what differs stands in marks of its own."""
    return "".join(visible(answer).split())


def arrived() -> None:
    """The post room had the word of 入管庁 for each."""
    Delivery.objects.filter(destination="immigration").update(state=Delivery.State.ACKNOWLEDGED, settled_at=clock.now(), replied_at=clock.now())


def queries(client: Client, way: str) -> int:
    client.get(way)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(way).status_code == 200
    return len(seen)
