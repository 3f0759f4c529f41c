"""生体認証の画面 — the way from the password over the device to the first page, and back after a while away; enrolment and its administration. F-2-08, F-2-14."""

import html
import json
import re
from datetime import timedelta

import pytest
from django.test import Client

from daicho import clock
from daicho.staff import commands
from daicho.staff.models import Authenticator, Challenge, EndedBy, SignIn
from daicho.staff.permissions import Permission
from tests.staff.devices import DEMANDED, code_for, device, enrol
from tests.staff.people import COUNTER_1, PASSWORD, SYSTEM, TODAY, account, give, trail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "terminals"), pytest.mark.urls("tests.ui.urls")]


@pytest.fixture(autouse=True)
def demanded(settings):
    settings.STAFF_SECOND_FACTOR = DEMANDED


@pytest.fixture
def officer():
    made = account()
    return made, enrol(made)


def browser(**more) -> Client:
    """A browser at the system's own address."""
    from django.conf import settings

    return Client(HTTP_HOST=settings.DAICHO.origin.removeprefix("http://"), **more)


def enter(client, login="h.otaru", **more):
    return client.post("/sign-in/", {"login": login, "password": PASSWORD, "terminal": "H01", **more})


def asked(page) -> str:
    """What the page's script would hand to the device."""
    return html.unescape(re.search(r'data-question="([^"]*)"', page.content.decode())[1])


def signed_in(owned, **more) -> Client:
    client = browser()
    page = client.get(enter(client, **more)["Location"])
    assert client.post("/sign-in/assertion/", {"answer": owned.get(asked(page))}).status_code == 302
    return client


def test_パスワードの後に生体認証を求めその後に元の画面へ進む(officer):
    client = browser()
    step = enter(client, next="/staff/grants/?a=1")
    assert step["Location"] == "/sign-in/assertion/?next=%2Fstaff%2Fgrants%2F%3Fa%3D1"
    page = client.get(step["Location"])
    assert "生体認証" in page.content.decode()
    done = client.post("/sign-in/assertion/", {"answer": officer[1].get(asked(page)), "next": "/staff/grants/?a=1"})
    assert (done.status_code, done["Location"]) == (302, "/staff/grants/?a=1")
    assert client.get("/staff/grants/").status_code == 200


def test_パスワードだけでは何も開かず送信は401(officer):
    """F-2-08: password alone 401."""
    client = browser()
    enter(client)
    assert client.post("/staff/password/", {"current": PASSWORD}).status_code == 401
    assert client.get("/staff/grants/")["Location"].startswith("/sign-in/?")
    assert not SignIn.objects.exists()


def test_パスワードだけで開いた利用があっても通らない(officer, settings):
    """A use from before the demand, or written by whoever holds the tables, is ended at its next request."""
    settings.STAFF_SECOND_FACTOR = ""
    client = browser()
    enter(client)
    assert client.get("/staff/grants/").status_code == 200
    settings.STAFF_SECOND_FACTOR = DEMANDED
    assert client.post("/staff/password/", {}).status_code == 401
    assert SignIn.objects.get().ended_by == EndedBy.REVOKED


def test_失敗すると次の問いとともに告げ同じ問いは繰り返さない(officer):
    client = browser()
    page = client.get(enter(client)["Location"])
    answer = client.post("/sign-in/assertion/", {"answer": json.dumps({"failed": "NotAllowedError"})})
    assert (answer.status_code, "確認できませんでした" in answer.content.decode()) == (422, True)
    assert asked(answer) != asked(page)
    assert client.post("/sign-in/assertion/", {"answer": officer[1].get(asked(answer))}).status_code == 302


def test_続けて失敗すると入口に戻り停止を告げる(officer):
    commands.set_policy(SYSTEM, valid_from=TODAY, max_failures=2)
    client = browser()
    enter(client)
    for _ in range(2):
        answer = client.post("/sign-in/assertion/", {"answer": "{}"})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")
    assert "まで停止しました" in client.get("/sign-in/").content.decode()
    assert client.post("/sign-in/assertion/", {"answer": "{}"})["Location"] == "/sign-in/"


def test_時間が過ぎると入口に戻る(officer):
    client = browser()
    page = client.get(enter(client)["Location"])
    with clock.at(clock.now() + timedelta(minutes=3)):
        answer = client.post("/sign-in/assertion/", {"answer": officer[1].get(asked(page))})
        assert (answer["Location"], client.get("/sign-in/assertion/")["Location"]) == ("/sign-in/", "/sign-in/")
        assert "有効な時間が過ぎた" in client.get("/sign-in/").content.decode()


def test_問いのない人の前に生体認証の画面は開かない():
    for path in ("/sign-in/assertion/", "/sign-in/enrolment/"):
        assert [browser().get(path)["Location"], browser().post(path, {"answer": "{}"})["Location"]] == ["/sign-in/", "/sign-in/"]


def test_よその番地で開いた人は認証器の知る番地へ送られる(officer, settings):
    """WebAuthn takes no IP address: a demo's address is http://localhost."""
    sent = Client(HTTP_HOST="127.0.0.1:8100").get("/sign-in/?next=/x")
    assert sent["Location"] == f"{settings.DAICHO.origin}/sign-in/?next=/x"
    settings.STAFF_SECOND_FACTOR = ""
    assert Client(HTTP_HOST="127.0.0.1:8100").get("/sign-in/").status_code == 200


class Test離席:
    """F-2-14: who was away proves their body again; until then nothing is shown and nothing sent is taken."""

    def later(self, minutes=6):
        return clock.at(clock.now() + timedelta(minutes=minutes))

    def test_離れた人は生体認証の後に同じ画面へ戻る(self, officer):
        client = signed_in(officer[1])
        with self.later():
            sent = client.get("/staff/grants/?a=1")
            assert sent["Location"] == "/sign-in/assertion/?next=%2Fstaff%2Fgrants%2F%3Fa%3D1"
            page = client.get(sent["Location"])
            assert "もう一度生体認証が必要です" in page.content.decode()
            done = client.post("/sign-in/assertion/", {"answer": officer[1].get(asked(page)), "next": "/staff/grants/?a=1"})
            assert done["Location"] == "/staff/grants/?a=1"
            assert client.get("/staff/grants/").status_code == 200
        assert SignIn.objects.count() == 1

    def test_離れた人の送信は受け付けない(self, officer):
        client = signed_in(officer[1])
        with self.later():
            answer = client.post("/staff/password/", {"current": PASSWORD})
            assert (answer.status_code, answer["HX-Redirect"]) == (401, "/sign-in/assertion/")
            assert client.get("/", HTTP_X_DAICHO_POLL="1")["Location"].startswith("/sign-in/assertion/")
            assert client.get("/staff/grants/").status_code == 302  # asking again is no work either

    def test_離れた人もその場で利用を終えられる(self, officer):
        client = signed_in(officer[1])
        with self.later():
            assert client.post("/sign-off/")["Location"] == "/sign-in/"
        assert SignIn.objects.get().ended_by == EndedBy.SIGN_OFF

    def test_長く離れると利用は終わり初めからになる(self, officer):
        client = signed_in(officer[1])
        with self.later(21):
            assert client.get("/staff/grants/")["Location"].startswith("/sign-in/?")
        assert SignIn.objects.get().ended_by == EndedBy.IDLE

    def test_働いている間は求められない(self, officer):
        client = signed_in(officer[1])
        start = clock.now()
        for minutes in (4, 8, 12):
            with clock.at(start + timedelta(minutes=minutes)):
                assert client.get("/staff/grants/").status_code == 200

    def test_求めない系では画面は止まらない(self, officer, settings):
        settings.STAFF_SECOND_FACTOR = ""
        client = browser()
        enter(client)
        with self.later():
            assert client.get("/staff/grants/").status_code == 200


class Test登録:
    def test_認証器のない人は登録コードで登録しすぐに使う(self):
        made, owned = account(), device()
        client = browser()
        to_enrolment = client.get(enter(client, next="/staff/grants/")["Location"])
        assert to_enrolment["Location"] == "/sign-in/enrolment/?next=%2Fstaff%2Fgrants%2F"
        assert "まだありません" in client.get(to_enrolment["Location"]).content.decode()
        assert client.post("/sign-in/enrolment/", {"code": ""}).status_code == 422
        wrong = client.post("/sign-in/enrolment/", {"code": "wrong"})
        assert (wrong.status_code, "wrong" in wrong.content.decode()) == (422, False)
        invited = client.get(client.post("/sign-in/enrolment/", {"code": code_for(made), "next": "/staff/grants/"})["Location"])
        registered = client.post("/sign-in/enrolment/", {"answer": owned.create(asked(invited)), "next": "/staff/grants/"})
        assert registered["Location"] == "/sign-in/assertion/?next=%2Fstaff%2Fgrants%2F"
        page = client.get(registered["Location"])
        assert client.post("/sign-in/assertion/", {"answer": owned.get(asked(page)), "next": "/staff/grants/"})["Location"] == "/staff/grants/"

    def test_機器が本人を認識できなければもう一度求める(self):
        made = account()
        client = browser()
        enter(client)
        client.post("/sign-in/enrolment/", {"code": code_for(made)})
        answer = client.post("/sign-in/enrolment/", {"answer": json.dumps({"failed": "NotAllowedError"})})
        assert (answer.status_code, 'data-ceremony="create"' in answer.content.decode()) == (422, True)
        assert not Authenticator.objects.exists()


class Test管理:
    """Two officers at their own browsers."""

    def admin(self, login, *rights):
        made = account(login)
        for right in (Permission.AUTHENTICATOR_READ, *rights):
            give(right, login=login)
        return signed_in(enrol(made), login=login)

    def test_申請と承認で登録コードが一度だけ表示される(self, officer):
        applicant, approver = self.admin("d.ishi", Permission.AUTHENTICATOR_APPLY), self.admin("s.nari", Permission.AUTHENTICATOR_APPROVE)
        assert applicant.post("/staff/authenticators/", {"account": "h.otaru", "reason": ""}).status_code == 422
        assert applicant.post("/staff/authenticators/", {"account": "h.otaru", "reason": "紛失"}).status_code == 302
        listed = approver.get("/staff/authenticators/").content.decode()
        assert ("承認待ち" in listed, "紛失" in listed) == (True, True)
        enrolment = re.search(r'name="enrolment" value="(\d+)"', listed)[1]
        assert applicant.post("/staff/authenticators/approve/", {"enrolment": enrolment}).status_code == 403
        given = approver.post("/staff/authenticators/approve/", {"enrolment": enrolment}).content.decode()
        code = re.search(r"<strong>([a-z0-9]{5}(?:-[a-z0-9]{5}){3})</strong>", given)[1]
        assert code not in approver.get("/staff/authenticators/").content.decode()
        assert "承認待ちではありません" in approver.post("/staff/authenticators/approve/", {"enrolment": enrolment}, follow=True).content.decode()
        client = browser()
        enter(client)
        assert 'data-ceremony="create"' in client.post("/sign-in/enrolment/", {"code": code}, follow=True).content.decode()

    def test_失効させた認証器はもう尋ねられない(self, officer):
        admin = self.admin("d.ishi", Permission.AUTHENTICATOR_REVOKE)
        row = Authenticator.objects.get(account=officer[0])
        assert admin.post("/staff/authenticators/revoke/", {"authenticator": row.pk}).status_code == 302
        assert "使われていません" in admin.post("/staff/authenticators/revoke/", {"authenticator": "x"}, follow=True).content.decode()
        client = browser()
        assert client.get(enter(client)["Location"])["Location"].startswith("/sign-in/enrolment/")

    def test_権限がなければ一覧も見られず記録が残る(self, officer):
        client = signed_in(officer[1])
        assert client.get("/staff/authenticators/").status_code == 403
        assert [(outcome, login) for outcome, login, *_ in trail(Permission.AUTHENTICATOR_READ)] == [("refused", "h.otaru")]

    def test_見るだけの人には操作が出ない(self, officer):
        text = self.admin("m.minato").get("/staff/authenticators/").content.decode()
        assert ("申請する" in text, "失効させる" in text) == (False, False)


def test_端末が変われば答えられない(officer, settings):
    """In production the terminal is the browser's own mark: a session carried to another machine is of no use there."""
    from dataclasses import replace

    from django.http import HttpResponse

    from daicho.staff.screens import terminal_cookie

    token = commands.sign_in("h.otaru", PASSWORD, COUNTER_1).token
    settings.INSTALLATION = replace(settings.INSTALLATION, environment="production")
    from daicho.staff.queries import CHALLENGE_KEY

    for terminal, status in (("H02", 302), ("H01", 200)):
        client = browser()
        session = client.session
        session[CHALLENGE_KEY] = token
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        marked = HttpResponse()
        terminal_cookie.mark(marked, terminal)
        client.cookies.update(marked.cookies)
        assert client.get("/sign-in/assertion/").status_code == status
    assert Challenge.objects.filter(answered_at__isnull=True).exists()
