"""コンビニ交付の画面 — the service, its answers, one person; reading is recorded first, stopping takes one officer and reopening two. S5-01…S5-03; F-1-13."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from daicho import clock
from daicho.konbini.models import Answer, CertifiedPerson, ServiceTurn
from daicho.konbini.permissions import KonbiniPermission as P
from daicho.staff import commands
from daicho.staff.queries import TOKEN_KEY
from daicho.staff.screens import terminal_cookie
from tests.contracts.convenience_samples import FAMILY, HANAKO, SERIAL, TARO
from tests.konbini.sending import HOUSEHOLD, ask, beat, hold, tell
from tests.staff.people import COUNTER_1, PASSWORD, account, give, trail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def terminals(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"


def signed_in(*permissions: str, login: str = "h.otaru", employee_no: str = "100001") -> Client:
    from django.conf import settings

    account(login=login, employee_no=employee_no)
    for permission in permissions:
        give(permission, login=login)
    result = commands.sign_in(login, PASSWORD, COUNTER_1)
    client = Client()
    session = client.session
    session[TOKEN_KEY] = result.token
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    marked = HttpResponse()
    terminal_cookie.mark(marked, COUNTER_1.code)
    client.cookies[terminal_cookie.cookie_name()] = marked.cookies[terminal_cookie.cookie_name()].value
    return client


class Test運転の状況:
    def test_動いていることと最後の生存信号を示す(self, family):
        page = signed_in(P.SERVICE_READ).get("/service/").content.decode()
        for shown in ("運転中", "令和8年4月10日 12時00分", "30秒", "届いていない通知", "なし"):
            assert shown in page
        assert "コンビニ交付を停止する" not in page  # reading alone does not offer it

    def test_待っている知らせの数を示し誰かは示さない(self, family):
        beat(waiting=3, oldest_waiting_at=clock.now() - timedelta(minutes=5), atena_nos=(TARO.atena_no, HANAKO.atena_no))
        page = signed_in(P.SERVICE_READ).get("/service/").content.decode()
        for shown in ("3件", "11時55分", "2人"):
            assert shown in page
        assert TARO.atena_no not in page

    def test_住民記録が黙っていれば何をするかを告げる(self, family):
        client = signed_in(P.SERVICE_READ)
        with clock.at(clock.now() + timedelta(seconds=31)):
            page = client.get("/service/").content.decode()
        assert "住民記録の応答なし" in page
        assert "システム管理者へ連絡" in page

    def test_一人で止め二人で再開する(self, family):
        """S5-02: the reasons of both stand in the record."""
        first = signed_in(P.SERVICE_READ, P.SERVICE_STOP, P.SERVICE_REOPEN)
        second = signed_in(P.SERVICE_READ, P.SERVICE_REOPEN, login="k.otaru", employee_no="100002")
        assert first.post("/service/stop/", {"reason": "印字の苦情があった"}).status_code == 302
        assert ask().code == "K12"
        assert "停止中" in second.get("/service/").content.decode()
        first.post("/service/propose/", {"reason": "印字を確かめた"})
        page = first.get("/service/").content.decode()
        assert "別の職員の承認を待っています" in page
        assert "承認して再開する" not in page
        assert "印字を確かめた" in second.get("/service/").content.decode()
        second.post("/service/reopen/", {"reason": "同じ結果だった"})
        assert ask().code == "A00"
        page = second.get("/service/").content.decode()
        for shown in ("運転中", "印字の苦情があった", "印字を確かめた", "同じ結果だった", "職員の操作"):
            assert shown in page

    def test_申し出た職員が承認しようとすれば断る(self, family):
        client = signed_in(P.SERVICE_READ, P.SERVICE_STOP, P.SERVICE_REOPEN)
        client.post("/service/stop/", {"reason": "点検"})
        client.post("/service/propose/", {"reason": "終わった"})
        client.post("/service/reopen/", {"reason": "終わった"})
        assert "別の職員が承認してください" in client.get("/service/").content.decode()
        assert ServiceTurn.objects.latest("pk").kind == "proposed"

    def test_理由がなければ止めない(self, family):
        client = signed_in(P.SERVICE_READ, P.SERVICE_STOP)
        answer = client.post("/service/stop/", {"reason": " "})
        assert (answer.status_code, ServiceTurn.objects.count()) == (422, 0)
        assert "停止の理由" in answer.content.decode()

    @pytest.mark.parametrize("act", ["stop", "propose", "reopen"])
    def test_権限がなければできず記録が残る(self, family, act):
        client = signed_in(P.SERVICE_READ)
        assert client.post(f"/service/{act}/", {"reason": "点検"}).status_code == 403
        assert client.get(f"/service/{act}/").status_code == 405
        assert "refused" in [outcome for outcome, *_ in trail(P.SERVICE_STOP if act == "stop" else P.SERVICE_REOPEN)]

    def test_問合せの数は決まっている(self, family):
        client = signed_in(P.SERVICE_READ, P.SERVICE_STOP)
        client.get("/service/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/service/")
        assert len(queries) <= 9, [query["sql"][:90] for query in queries]


class Test回答の一覧:
    def test_交付も断りも新しい順に示し氏名は示さない(self, family):
        """F-1-43."""
        ask(certificate_kind=HOUSEHOLD, shown=("01",), request_no="first-request")
        hold(TARO.atena_no)
        ask(request_no="second-request")
        page = signed_in(P.ANSWER_READ).get("/answers/").content.decode()
        assert page.index("second-request") < page.index("first-request")
        for shown in (
            "交付",
            "仮登録中",
            "住民票の写し（世帯連記式）",
            "世帯主",
            "すべて省略",
            "S0001",
            "K01",
            "300円",
            Answer.objects.get(request_no="first-request").certificate_no,
        ):
            assert shown in page, shown
        assert not any(said in page for said in ("花園　太郎", TARO.atena_no, SERIAL))

    def test_回答で絞り込み知らない値は絞り込まない(self, family):
        ask()
        ask(certificate_kind="99")
        ask(user_certificate_serial="NOBODYSCARD1")
        client = signed_in(P.ANSWER_READ)

        def rows(query: str) -> int:
            return client.get(f"/answers/{query}").content.decode().count('<th scope="row"')

        assert [rows(query) for query in ("", "?code=A00", "?code=refused", "?code=K08", "?code=%27x&before=-1")] == [3, 1, 2, 1, 3]

    def test_閲覧は対象者とともに記録される(self, family):
        ask()
        signed_in(P.ANSWER_READ).get("/answers/")
        [(outcome, login, terminal, detail)] = trail(P.ANSWER_READ)
        assert (outcome, login, terminal, detail["shown"]) == ("done", "h.otaru", "H01", 1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT subjects FROM audit_entry WHERE action = %s", [str(P.ANSWER_READ)])
            assert cursor.fetchone()[0] == [CertifiedPerson.objects.get(atena_no=TARO.atena_no).public_id]

    def test_一覧の問合せの数は行数によらず次のページは続きから始まる(self, family, monkeypatch):
        """Style 14."""
        monkeypatch.setattr("daicho.konbini.queries.answers.PAGE", 3)
        client = signed_in(P.ANSWER_READ)
        counted = []
        for no in range(5):
            ask(certificate_kind="99", request_no=f"request-of-{no}")
            with CaptureQueriesContext(connection) as queries:
                page = client.get("/answers/").content.decode()
            counted.append(len(queries))
        assert len(set(counted)) == 1, counted
        assert counted[0] <= 11
        assert 'rel="next"' in page and "request-of-1" not in page
        older = page.split("before=")[1].split('"')[0]
        assert "request-of-1" in client.get(f"/answers/?before={older}").content.decode()

    def test_権限がなければ見られず記録が残る(self, family):
        assert signed_in().get("/answers/").status_code == 403
        assert [outcome for outcome, *_ in trail(P.ANSWER_READ)] == ["refused"]


class Test個人の証明データ:
    def find(self, client: Client, atena_no: str):
        return client.post("/persons/find/", {"atena_no": atena_no})

    def test_宛名番号で探し証明書に載る記載と世帯を示す(self, family):
        client = signed_in(P.PERSON_READ)
        found = self.find(client, TARO.atena_no)
        assert found.status_code == 302
        assert TARO.atena_no not in found.headers["Location"]
        page = client.get(found.headers["Location"]).content.decode()
        for shown in (TARO.atena_no, HANAKO.atena_no, "昭和55年3月9日", "交付できる", "登録あり（番号は表示しません）", "札幌市中央区"):
            assert shown in page, shown
        assert "花園" in page

    def test_カードの番号も個人番号もどこにも現れない(self, family):
        """F-0-18: there is nothing to unmask."""
        client = signed_in(P.PERSON_READ)
        page = client.get(self.find(client, TARO.atena_no).headers["Location"]).content.decode()
        assert SERIAL not in page
        assert "個人番号" not in page

    @pytest.mark.parametrize(
        ("told", "shown"),
        [
            ({"is_prohibited": True}, "発行禁止"),
            ({"closes_on": clock.today() + timedelta(days=3)}, "転出予定"),
            ({"closes_on": clock.today() - timedelta(days=9999), "entries": None}, "消除"),
        ],
        ids=["発行禁止", "転出予定", "消除"],
    )
    def test_交付されない理由を職員には示す(self, family, told, shown):
        tell(replace(TARO, history_no=2, **told))
        client = signed_in(P.PERSON_READ, P.PROTECTED_READ)
        assert shown in client.get(self.find(client, TARO.atena_no).headers["Location"]).content.decode()

    def test_仮登録中と知らせの未着も示す(self, family):
        hold(TARO.atena_no)
        beat(waiting=1, atena_nos=(TARO.atena_no,))
        client = signed_in(P.PERSON_READ)
        page = client.get(self.find(client, TARO.atena_no).headers["Location"]).content.decode()
        assert "仮登録中" in page
        assert "データ未着" in page

    def test_このカードへの回答も示す(self, family):
        ask(request_no="first-request")
        client = signed_in(P.PERSON_READ)
        assert "first-request" in client.get(self.find(client, TARO.atena_no).headers["Location"]).content.decode()

    def test_検索も表示も対象者とともに記録される(self, family):
        client = signed_in(P.PERSON_READ)
        client.get(self.find(client, TARO.atena_no).headers["Location"])
        with connection.cursor() as cursor:
            cursor.execute("SELECT cardinality(subjects), detail::text FROM audit_entry WHERE action = %s ORDER BY id", [str(P.PERSON_READ)])
            rows = cursor.fetchall()
        assert [count for count, _ in rows] == [1, len(FAMILY)]
        assert not any(TARO.atena_no in detail for _, detail in rows)

    def test_ない番号は何をするかを告げ試みは記録される(self, family):
        client = signed_in(P.PERSON_READ)
        answer = self.find(client, "9999999999")
        assert answer.status_code == 422
        assert "番号を確かめてください" in answer.content.decode()
        assert self.find(client, "").status_code == 422
        assert [outcome for outcome, *_ in trail(P.PERSON_READ)] == ["done"]

    def test_権限がなければ探せず見られず記録が残る(self, family):
        person = CertifiedPerson.objects.get(atena_no=TARO.atena_no).public_id
        client = signed_in()
        assert (self.find(client, TARO.atena_no).status_code, client.get(f"/persons/{person}/").status_code) == (403, 403)
        assert [outcome for outcome, *_ in trail(P.PERSON_READ)] == ["refused", "refused"]

    def test_問合せの数は世帯の人数によらない(self, family):
        client = signed_in(P.PERSON_READ)
        address = self.find(client, TARO.atena_no).headers["Location"]

        def counted() -> int:
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            return len(queries)

        before = counted()
        tell(*(replace(HANAKO, atena_no=f"100000010{at}", user_certificate_serial=None, order_in_household=4 + at) for at in range(4)))
        assert counted() == before <= 16


def test_利用開始の後は運転の状況に着く(family):
    assert signed_in(P.SERVICE_READ).get("/").url == "/service/"
