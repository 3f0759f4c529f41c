"""通知の画面 — what officers see of notices, that reading is recorded first, and sending again. N-7.1.1.1-08, -11, -22; F-2-03, F-2-08, F-2-20."""

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from daicho import clock
from daicho.juki_net.permissions import JukiNetPermission
from daicho.outbox import intake
from daicho.outbox.models import Delivery, Notice
from tests.contracts.juki_samples import CODE, MOVE_IN, NOTICE, NUMBER, relocation, someone_else
from tests.juki_net.sending import deliver
from tests.staff.people import TODAY, signed_in, trail

pytestmark = pytest.mark.django_db
READ, RESEND, WITHDRAW = JukiNetPermission.NOTICE_READ, JukiNetPermission.NOTICE_RESEND, JukiNetPermission.NOTICE_WITHDRAW


@pytest.fixture(autouse=True)
def today(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    with clock.at(TODAY):
        yield


def refuse(notice: Notice) -> None:
    """As the relay leaves it after a refusal."""
    Delivery.objects.filter(notice=notice).update(
        state="refused", attempts=1, reply_code="L01", reply_reason_ja="更新順番号に欠番があります", replied_at=clock.now()
    )


def page_of(notice: Notice) -> str:
    return f"/notices/{notice.notice_id}/"


def test_一覧は状態と相手方を示し氏名も番号も示さない():
    deliver(MOVE_IN)
    deliver(NOTICE)
    page = signed_in(READ).get("/notices/").content.decode()
    assert "本人確認情報の更新（法第30条の6）" in page
    assert "転入通知（法第9条第1項）" in page
    assert page.count("送信待ち") >= 2
    assert not any(personal in page for personal in (CODE, NUMBER, MOVE_IN.name_kanji, MOVE_IN.address, "花園"))


def test_閲覧は対象者とともに記録される():
    deliver(MOVE_IN)
    deliver(someone_else())
    client = signed_in(READ)
    client.get("/notices/")
    [(outcome, login, terminal, detail)] = trail(READ)
    assert (outcome, login, terminal, detail["shown"]) == ("done", "h.otaru", "H01", 2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(subjects) FROM audit_entry WHERE action = %s", [str(READ)])
        assert cursor.fetchone() == (2,)


def test_権限がなければ見られずその記録が残る():
    deliver(MOVE_IN)
    client = signed_in()
    for path in ("/notices/", page_of(Notice.objects.get())):
        assert client.get(path).status_code == 403
    assert [outcome for outcome, *_ in trail(READ)] == ["refused", "refused"]


def test_利用を開始していなければ入口へ送られる():
    deliver(MOVE_IN)
    answer = Client().get("/notices/")
    assert (answer.status_code, "/sign-in/" in answer.headers["Location"]) == (302, True)


def test_状態と相手方で絞り込み知らない値は絞り込まない():
    deliver(MOVE_IN)
    deliver(NOTICE)
    refuse(Notice.objects.get(destination="prefecture"))
    client = signed_in(READ)

    def rows(query: str) -> int:
        return len(re.findall(r'<th scope="row" class="nowrap">', client.get(f"/notices/{query}").content.decode()))

    assert [rows(query) for query in ("", "?state=refused", "?destination=other_city", "?state=acknowledged", "?state=%27x&before=-1")] == [2, 1, 1, 0, 2]


def test_一覧の問合せの数は行数によらない(monkeypatch):
    """Style 14: pinned. 後続の待ち is asked once for all stuck rows."""
    monkeypatch.setattr("daicho.outbox.readings.PAGE", 10)
    client = signed_in(READ)
    counted = []
    for no in range(1, 13):
        deliver(MOVE_IN if no == 1 else relocation(update_sequence_no=no, address_fixed_date="R8-06-01"))
        if no in (1, 4, 12):
            refuse(Notice.objects.order_by("order_no").first())
            with CaptureQueriesContext(connection) as queries:
                page = client.get("/notices/").content.decode()
            counted.append(len(queries))
    assert len(set(counted[:2])) == 1, counted
    assert counted[0] <= 14, [query["sql"][:90] for query in queries]
    assert "古いものを表示" in page


def test_次のページは続きから始まる(monkeypatch):
    monkeypatch.setattr("daicho.outbox.readings.PAGE", 1)
    deliver(MOVE_IN)
    deliver(NOTICE)
    client = signed_in(READ)
    older = re.search(r'before=(\d+)" rel="next"', client.get("/notices/").content.decode())[1]
    second = client.get(f"/notices/?before={older}").content.decode()
    assert "本人確認情報の更新" in second
    assert 'rel="next"' not in second


def test_通知の経過は応答と順番号を示し誰かは示さない():
    deliver(MOVE_IN)
    deliver(relocation())
    notice = Notice.objects.order_by("order_no").first()
    refuse(notice)
    page = signed_in(READ).get(page_of(notice)).content.decode()
    for shown in ("相手方が拒否", "L01", "更新順番号に欠番があります", "転入等", "同じ人の後の通知1件", "表示していません"):
        assert shown in page
    assert not any(personal in page for personal in (CODE, NUMBER, MOVE_IN.name_kanji, MOVE_IN.address))
    assert "この通知を再送する" not in page  # reading alone does not offer it


def test_ない通知は404になり試みは記録される():
    client = signed_in(READ)
    assert client.get(f"/notices/{uuid.uuid4()}/").status_code == 404
    assert [outcome for outcome, *_ in trail(READ)] == ["failed"]


class Test再送:
    @pytest.fixture
    def refused(self):
        deliver(MOVE_IN)
        notice = Notice.objects.get()
        refuse(notice)
        return notice

    def state(self):
        return Delivery.objects.get().state

    def test_理由を添えて送信待ちに戻し記録する(self, refused):
        """N-7.1.1.1-11."""
        client = signed_in(READ, RESEND)
        assert "この通知を再送する" in client.get(page_of(refused)).content.decode()
        answer = client.post(f"{page_of(refused)}resend/", {"resend-reason": "相手方で訂正済み"})
        assert (answer.status_code, self.state()) == (302, "pending")
        assert "送信待ちに戻しました" in client.get(page_of(refused)).content.decode()
        assert [(outcome, login) for outcome, login, *_ in trail("outbox:notice:resend")] == [("done", "h.otaru")]

    def test_理由がなければ再送しない(self, refused):
        client = signed_in(READ, RESEND)
        for reason in ("", " ", "長" * 201):
            answer = client.post(f"{page_of(refused)}resend/", {"resend-reason": reason})
            assert (answer.status_code, self.state()) == (422, "refused")
        assert "再送の理由は200文字以内で入力してください（今は201文字です）" in answer.content.decode()

    def test_権限がなければ再送できず記録が残る(self, refused):
        answer = signed_in(READ).post(f"{page_of(refused)}resend/", {"resend-reason": "もう一度"})
        assert (answer.status_code, self.state()) == (403, "refused")
        assert [outcome for outcome, *_ in trail(RESEND)] == ["refused"]

    def test_止まっていない通知は再送できないと告げる(self):
        deliver(MOVE_IN)
        client = signed_in(READ, RESEND)
        notice = Notice.objects.get()
        client.post(f"{page_of(notice)}resend/", {"resend-reason": "急ぐ"})
        assert "操作できません" in client.get(page_of(notice)).content.decode()
        assert self.state() == "pending"

    def test_GETでは再送できない(self, refused):
        assert signed_in(READ, RESEND).get(f"{page_of(refused)}resend/").status_code == 405


class Test取下げ:
    @pytest.fixture
    def refused(self):
        deliver(MOVE_IN)
        notice = Notice.objects.get()
        refuse(notice)
        return notice

    def test_理由を添えて取り下げ記録する(self, refused):
        """Decision 0004."""
        client = signed_in(READ, WITHDRAW)
        assert "この通知を取り下げる" in client.get(page_of(refused)).content.decode()
        answer = client.post(f"{page_of(refused)}withdraw/", {"withdraw-reason": "文書で通知済み"})
        assert (answer.status_code, Delivery.objects.get().state) == (302, "withdrawn")
        assert [(outcome, login) for outcome, login, *_ in trail("outbox:notice:withdraw")] == [("done", "h.otaru")]
        assert "この通知を取り下げました" in client.get(page_of(refused)).content.decode()

    def test_理由がなければ取り下げない(self, refused):
        client = signed_in(READ, RESEND, WITHDRAW)
        assert client.post(f"{page_of(refused)}withdraw/", {"withdraw-reason": " "}).status_code == 422
        assert Delivery.objects.get().state == "refused"

    def test_権限がなければ取り下げられず記録が残る(self, refused):
        client = signed_in(READ, RESEND)
        assert "この通知を取り下げる" not in client.get(page_of(refused)).content.decode()
        assert client.post(f"{page_of(refused)}withdraw/", {"withdraw-reason": "不要"}).status_code == 403
        assert (Delivery.objects.get().state, [outcome for outcome, *_ in trail(WITHDRAW)]) == ("refused", ["refused"])


def test_受け付けなかった電文は誰がなぜ断られたかを示し内容は示さない():
    """F-2-20: refusals are recorded, and an officer can read them."""
    intake.receive("residents", b"{}", "127.0.0.1")
    intake.turn_away(intake.Turned("unauthorized", "bad_signature", ""), b"x", "<b>stranger</b>", None, "127.0.0.9", authenticated=False)
    page = signed_in(READ).get("/notices/turned-away/").content.decode()
    for shown in ("residents", "形式が取決めと異なる", "確認済み", "&lt;b&gt;stranger", "署名を確認できない", "確認できず", "127.0.0.9"):
        assert shown in page
    assert [(outcome, detail["turned_away"]) for outcome, *_, detail in trail(READ)] == [("done", 2)]


def test_受け付けなかった電文も権限がなければ見られない():
    assert signed_in().get("/notices/turned-away/").status_code == 403
    assert [outcome for outcome, *_ in trail(READ)] == ["refused"]


def test_利用開始の後は一覧に着く():
    assert signed_in(READ).get("/").url == "/notices/"


def test_受付口の権限は職員に与えられない():
    """F-2-01: only what comes from 既存住基 writes."""
    from daicho.staff.permissions import is_registered

    assert is_registered(READ)
    assert not is_registered(JukiNetPermission.IDENTITY_UPDATE)
