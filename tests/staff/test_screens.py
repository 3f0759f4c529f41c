"""利用開始の画面と番 — who is not signed in sees nothing, who is goes where they wanted; sessions fall out when they must. F-0-12, F-1-10–F-1-13."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from daicho import clock
from daicho.staff import commands, queries
from daicho.staff.models import EndedBy, SignIn
from daicho.staff.permissions import Permission
from tests.staff.people import PASSWORD, SYSTEM, TODAY, account, give, trail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "terminals"), pytest.mark.urls("tests.ui.urls")]


def enter(client, *, login="h.otaru", password=PASSWORD, terminal="H01", **more):
    return client.post("/sign-in/", {"login": login, "password": password, "terminal": terminal, **more})


@pytest.fixture
def signed_in():
    account()
    client = Client()
    assert enter(client).status_code == 302
    return client


def test_利用を開始していない人は開始の画面に送られ元の画面に戻る():
    account()
    client = Client()
    sent = client.get("/staff/grants/?a=1")
    assert (sent.status_code, sent["Location"]) == (302, "/sign-in/?next=%2Fstaff%2Fgrants%2F%3Fa%3D1")
    assert "利用開始" in client.get(sent["Location"]).content.decode()
    assert enter(client, next="/staff/grants/?a=1")["Location"] == "/staff/grants/?a=1"


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/x", "javascript:alert(1)", "https:example.com", "\\\\example.com"])
def test_よその番地には送らない(elsewhere):
    account()
    assert enter(Client(), next=elsewhere)["Location"] == "/"


def test_開始していない送信は401で何も行われない():
    """F-0-02: without our own sign-in there is nothing, whoever the network knows."""
    client = Client()
    answer = client.post("/staff/password/", {"current": "x"})
    assert answer.status_code == 401
    assert "利用が終了しています" in answer.content.decode()
    assert client.get("/", HTTP_HX_REQUEST="true")["HX-Redirect"] == "/sign-in/"


def test_違うパスワードでは入れず打った利用者IDだけが残る():
    account()
    answer = enter(Client(), password="wrong-password-1")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="h.otaru"' in text
    assert "wrong-password-1" not in text
    assert 'href="#id-login"' not in text  # which of the two was wrong is not told


def test_知られた利用者IDと知られていない利用者IDに同じ答えが続く():
    """Five tries and more: nothing tells a stranger which logins there are. The officer, with the right password, is told of the lock."""
    account()

    def pages(login):
        client = Client()
        answers = [enter(client, login=login, password="wrong-password-1") for _ in range(6)]
        pages = [re.sub(r"[A-Za-z0-9]{64}", "TOKEN", answer.content.decode()).replace(login, "LOGIN") for answer in answers]
        return [(answer.status_code, page) for answer, page in zip(answers, pages, strict=True)]

    known, unknown = pages("h.otaru"), pages("x.nobody")
    assert known == unknown
    assert "しばらく停止します" in known[0][1]
    assert "まで停止しました" in enter(Client()).content.decode()


def test_欠けた項目には項目への案内がある():
    text = enter(Client(), login="", password="").content.decode()
    assert 'href="#id-login"' in text
    assert "パスワードを入力してください。" in text
    assert 'aria-invalid="true"' in text


def test_知らない端末からは始められない():
    account()
    assert "端末は登録されていません" in enter(Client(), terminal="Z99").content.decode()
    assert not SignIn.objects.exists()


def test_画面の枠に利用者と所属と端末が出る(signed_in):
    text = signed_in.get("/staff/grants/").content.decode()
    assert "戸籍住民課　小樽　花子" in text
    assert "本庁1" in text
    assert "小樽市" in text


def test_操作者は端末と権限を帯びて渡る(signed_in):
    request = signed_in.get("/").wsgi_request
    actor = queries.actor_of(request)
    assert (actor.login, actor.unit_code, actor.office_code, actor.terminal, actor.visit_no) == ("h.otaru", "1201", "honcho", "H01", None)
    with pytest.raises(LookupError):
        queries.actor_of(Client().get("/sign-in/").wsgi_request)


def test_権限の取消しは次の操作で効く(signed_in):
    """F-1-12: a revocation is felt at the next request."""
    row = give(Permission.ACCOUNT_CREATE, login="h.otaru")
    assert signed_in.get("/secret").status_code == 200
    commands.revoke(SYSTEM, row)
    answer = signed_in.get("/secret")
    assert answer.status_code == 403
    assert "権限がありません" in answer.content.decode()
    assert [(outcome, terminal) for outcome, _, terminal, _ in trail("staff:account:create")][-1] == ("refused", "H01")


def test_失効した利用者は次の操作で外れる(signed_in):
    commands.change_account(SYSTEM, queries.find_account("h.otaru"), valid_to=TODAY)
    assert signed_in.get("/").status_code == 200
    with clock.at(TODAY + timedelta(days=1)):
        assert signed_in.get("/")["Location"].startswith("/sign-in/")
        assert SignIn.objects.get().ended_by == EndedBy.REVOKED
        assert "有効期間が終わった" in signed_in.get("/sign-in/").content.decode()


def test_操作のない時間が続くと終わり画面の自動更新は操作に数えない(signed_in):
    start = clock.now()
    for minutes in (15, 30):
        with clock.at(start + timedelta(minutes=minutes)):
            assert signed_in.get("/").status_code == 200
    for minutes in (40, 49):
        with clock.at(start + timedelta(minutes=minutes)):
            assert signed_in.get("/", HTTP_X_DAICHO_POLL="1").status_code == 200
    with clock.at(start + timedelta(minutes=51)):
        assert signed_in.get("/").status_code == 302
        assert SignIn.objects.get().ended_by == EndedBy.IDLE
    assert trail("staff:sign_off")[-1][3] == {"why": "idle"}


def test_無操作の時間は日付のある方針で決まる(signed_in):
    commands.set_policy(SYSTEM, valid_from=TODAY, idle_minutes=5)
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert signed_in.get("/").status_code == 302


def test_続けて使える時間に上限がある(signed_in):
    start = clock.now()
    for quarter in range(1, 48):
        with clock.at(start + timedelta(minutes=15 * quarter)):
            assert signed_in.get("/").status_code == 200
    with clock.at(start + timedelta(hours=12, minutes=5)):
        assert signed_in.get("/").status_code == 302
        assert SignIn.objects.get().ended_by == EndedBy.TOO_LONG


def test_利用証を別の端末に移すと終わる(signed_in):
    """F-1-13: a session is bound to its terminal; the terminal is signed, not claimed."""
    moved = Client()
    moved.cookies["daicho_residents_session"] = signed_in.cookies["daicho_residents_session"].value
    assert moved.get("/").status_code == 302
    assert SignIn.objects.get().ended_by == EndedBy.TERMINAL
    assert signed_in.get("/").status_code == 302


def test_端末の証を書き換えると終わる(signed_in):
    value = signed_in.cookies["daicho_residents_terminal"].value
    signed_in.cookies["daicho_residents_terminal"] = value.replace("H01", "H02")
    assert signed_in.get("/").status_code == 302


def test_別の端末で使い始めると前の画面は使えない(signed_in):
    other = Client()
    answer = enter(other, terminal="H02")
    assert answer.status_code == 422
    assert "「本庁1」で利用中です" in answer.content.decode()
    assert enter(other, terminal="H02", take_over="yes").status_code == 302
    assert signed_in.get("/").status_code == 302
    assert "他の端末で利用を開始した" in signed_in.get("/sign-in/").content.decode()


def test_利用終了で証は消え再び使えない(signed_in):
    kept = signed_in.cookies["daicho_residents_session"].value
    assert signed_in.get("/sign-off/").status_code == 405
    assert signed_in.post("/sign-off/")["Location"] == "/sign-in/"
    assert "利用を終了しました" in signed_in.get("/sign-in/").content.decode()
    signed_in.cookies["daicho_residents_session"] = kept
    assert signed_in.get("/").status_code == 302
    assert [detail for *_, detail in trail("staff:sign_off")] == [{"why": "sign_off"}]


def test_証はスクリプトから読めずよその画面から送られない(signed_in):
    for name in ("daicho_residents_session", "daicho_residents_terminal"):
        cookie = signed_in.cookies[name]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")


def test_利用を開始すると証の番号が替わる():
    """A session planted before the sign-in is worth nothing after it."""
    account()
    client = Client()
    client.post("/sign-in/", {"login": "h.otaru", "password": "wrong", "terminal": "H01"})
    client.session["planted"] = True
    before = client.session.session_key
    enter(client)
    assert client.cookies["daicho_residents_session"].value != before
    assert "planted" not in client.session


def test_仮のパスワードの人は変更するまで何も使えない():
    """N-10.3-04."""
    account(must_change=True)
    client = Client()
    enter(client)
    assert client.get("/")["Location"] == "/staff/password/"
    typed = {"current": PASSWORD, "new": "kaze-no-machi-77", "again": "kaze-no-machi-78"}
    wrong = client.post("/staff/password/", typed)
    assert wrong.status_code == 422
    assert "一致しません" in wrong.content.decode()
    assert "kaze-no-machi" not in wrong.content.decode()
    assert client.post("/staff/password/", typed | {"again": "kaze-no-machi-77"})["Location"] == "/"
    assert client.get("/").status_code == 200
    assert "パスワードを変更しました" in client.get("/staff/grants/").content.decode()
    assert "パスワードを変更しました" not in client.get("/staff/grants/").content.decode()
    client.post("/sign-off/")
    assert [enter(Client(), password=word).status_code for word in (PASSWORD, "kaze-no-machi-77")] == [422, 302]


def test_現在のパスワードを続けて間違えると利用が終わり開始の画面で知らされる(signed_in):
    commands.set_policy(SYSTEM, valid_from=TODAY, max_failures=2)
    typed = {"current": "wrong-password-1", "new": "kaze-no-machi-77", "again": "kaze-no-machi-77"}
    assert signed_in.post("/staff/password/", typed).status_code == 422
    assert signed_in.post("/staff/password/", typed)["Location"] == "/sign-in/"
    assert "現在のパスワードを続けて間違えたため、利用を終了し" in signed_in.get("/sign-in/").content.decode()
    assert signed_in.get("/").status_code == 302
    assert SignIn.objects.get().ended_by == EndedBy.REVOKED


def test_自分の操作権限が単位と期間とともに出る(signed_in):
    give(Permission.GRANT_GIVE, unit_code="1201")
    give(Permission.GRANT_REVOKE, login="h.otaru", scope="office:ekimae")
    text = signed_in.get("/staff/grants/").content.decode()
    assert all(word in text for word in ("操作権限の付与の申請", "所属（戸籍住民課）", "個人", "令和8年4月1日", "使えません", "使えます"))


def test_一つの画面に番は二つの問いしか足さない(signed_in, django_assert_num_queries):
    """Session; open use with rights, however many grants there are. A row is written at most every 30 seconds."""
    for permission in (Permission.GRANT_GIVE, Permission.GRANT_REVOKE, Permission.POLICY_SET):
        give(permission, login="h.otaru")
    with django_assert_num_queries(2):
        signed_in.get("/")


def test_書式の証のない送信は受け付けず画面で知らせる(settings):
    settings.CSRF_FAILURE_VIEW = "daicho.ui.errors.csrf_failure"
    account()
    answer = enter(Client(enforce_csrf_checks=True))
    assert answer.status_code == 403
    assert "画面の有効期限が切れました" in answer.content.decode()


@pytest.fixture
def production(settings):
    """The terminals are then known by registration alone."""
    settings.INSTALLATION = replace(settings.INSTALLATION, environment="production")


def register(client, **more):
    return client.post("/staff/terminal/", {"login": "h.otaru", "password": PASSWORD, "terminal": "E01", **more}, secure=True)


@pytest.mark.usefixtures("production")
def test_本番では登録した端末からだけ始められ端末を名乗れない():
    """F-1-13: 操作端末ID is set by the system, not by the client."""
    account()
    client = Client()
    assert "この端末は登録されていません" in client.get("/sign-in/", secure=True).content.decode()
    refused = client.post("/sign-in/", {"login": "h.otaru", "password": PASSWORD, "terminal": "H01"}, secure=True)
    assert refused.status_code == 422
    give(Permission.TERMINAL_REGISTER, login="h.otaru")
    assert register(client).status_code == 302
    assert client.cookies["daicho_residents_terminal"]["secure"]
    assert "駅前1" in client.get("/sign-in/", secure=True).content.decode()
    client.post("/sign-in/", {"login": "h.otaru", "password": PASSWORD, "terminal": "H01"}, secure=True)
    assert SignIn.objects.get().terminal_code == "E01"


def test_端末の登録には権限が要り試みは全部残る():
    account()
    client = Client()
    assert register(client, password="wrong").status_code == 422
    assert "権限がありません" in register(client).content.decode()
    assert "選び直してください" in register(client, terminal="Z99").content.decode()
    assert "daicho_residents_terminal" not in client.cookies
    give(Permission.TERMINAL_REGISTER, login="h.otaru")
    assert register(client)["Location"] == "/sign-in/"
    assert [(outcome, terminal) for outcome, _, terminal, _ in trail("staff:terminal:register")] == [("refused", "E01"), ("refused", "E01"), ("done", "E01")]
    assert not SignIn.objects.exists()
