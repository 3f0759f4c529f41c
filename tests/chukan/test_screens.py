"""中間サーバーの画面 — records, those that wait, one person's replica, the list of a day: read only by right, and recorded first. S3-05, S3-06, F-1-13, F-1-52."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from daicho import clock
from daicho.chukan.models import Inquiry, Person
from daicho.chukan.permissions import ChukanPermission as Right
from daicho.outbox import courier
from daicho.staff.permissions import is_registered
from tests.chukan.sending import CODE, OTHER_NO, ask, deliver, load_lists, other, put, replica, someone_asked_about
from tests.contracts.chukan_samples import INTEGRATED_NO
from tests.staff.people import PASSWORD, TODAY, account, give, signed_in, trail

pytestmark = pytest.mark.django_db
PERSONAL = ("葛\U000e0104城", "カツラギ", "花園", "世帯主")


@pytest.fixture(autouse=True)
def today(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    with clock.at(TODAY):
        yield


def subjects_of(action):
    with connection.cursor() as cursor:
        cursor.execute("SELECT subjects::text FROM audit_entry WHERE action = %s ORDER BY id", [str(action)])
        return [text for (text,) in cursor.fetchall()]


class Test情報提供の記録:
    def test_一覧は照会者と事務と結果を示し対象者の事項を示さない(self):
        """S3-05."""
        someone_asked_about()
        put(ask())
        put(ask(fault="wrong_signature"))
        page = signed_in(Right.INQUIRY_READ).get("/inquiries/").content.decode()
        for shown in ("札幌市長", "地方税法等による地方税の賦課徴収", "提供", "拒否", "情報提供許可証の署名を確認できません"):
            assert shown in page
        assert not any(word in page for word in (*PERSONAL, CODE, INTEGRATED_NO))

    def test_日と照会者と結果で絞り込む(self):
        """Search of records by day, asker and result."""
        someone_asked_about()
        put(ask())
        put(ask(inquirer_code="M00000000000001"))
        with clock.at(clock.now() + timedelta(days=1)):
            put(ask(inquirer_code="C00000000012025"))
        client = signed_in(Right.INQUIRY_READ)

        def rows(query: str) -> int:
            return client.get(f"/inquiries/{query}").content.decode().count("の照会を開く")

        today = f"R{TODAY.year - 2018}.{TODAY.month}.{TODAY.day}"
        assert [rows(query) for query in ("", f"?day={today}", "?result=refused", "?inquirer=C00000000012025", f"?day={today}&result=answered", "?result=x&day=%22")] == [
            3, 2, 1, 1, 1, 3,
        ]  # fmt: skip

    def test_件数を結果ごとに示す(self):
        """S3-10: 業務統計 of the records chosen."""
        someone_asked_about()
        for _ in range(2):
            put(ask())
        put(ask(fault="wrong_day"))
        page = signed_in(Right.INQUIRY_READ).get("/inquiries/").content.decode()
        assert re.findall(r"<dt>(提供|拒否|職員の確認待ち)</dt><dd>(\d+)", page) == [("提供", "2"), ("拒否", "1"), ("職員の確認待ち", "0")]

    def test_閲覧は対象者とともに記録される(self):
        """S3-09."""
        someone_asked_about()
        put(ask())
        signed_in(Right.INQUIRY_READ).get("/inquiries/")
        assert [(outcome, detail["shown"]) for outcome, *_, detail in trail(Right.INQUIRY_READ)] == [("done", 1)]
        assert subjects_of(Right.INQUIRY_READ) == [f"{{{Person.objects.get().pk}}}"]

    def test_一件は番号法23条の事項を示す(self):
        someone_asked_about()
        put(ask())
        row = Inquiry.objects.get()
        page = signed_in(Right.INQUIRY_READ).get(f"/inquiries/{row.pk}/").content.decode()
        for shown in (
            "札幌市長",
            "小樽市長",
            "番号法第19条第8号・主務省令第2条の表",
            "項番 48",
            row.permit_no,
            str(row.question_id),
            row.answer_digest,
            "保存期限",
        ):
            assert shown in page
        assert not any(word in page for word in (*PERSONAL, CODE))

    def test_問合せの数は行数によらない(self, monkeypatch):
        """Style 14: pinned."""
        monkeypatch.setattr("daicho.chukan.queries.inquiries.PAGE", 5)
        someone_asked_about()
        client = signed_in(Right.INQUIRY_READ)
        counted = []
        for no in range(1, 8):
            put(ask())
            if no in (1, 5, 7):
                with CaptureQueriesContext(connection) as queries:
                    page = client.get("/inquiries/").content.decode()
                counted.append(len(queries))
        assert len(set(counted)) == 1, counted
        assert counted[0] <= 13, [query["sql"][:90] for query in queries]
        older = re.search(r'before=([0-9a-f-]{36})" rel="next"', page)[1]
        assert client.get(f"/inquiries/?before={older}").content.decode().count("の照会を開く") == 2

    def test_権限がなければ見られず記録が残る(self):
        someone_asked_about()
        put(ask())
        client = signed_in()
        row = Inquiry.objects.get()
        assert {client.get(path).status_code for path in ("/inquiries/", f"/inquiries/{row.pk}/")} == {403}
        assert [outcome for outcome, *_ in trail(Right.INQUIRY_READ)] == ["refused", "refused"]

    def test_ない記録は404になり試みは記録される(self):
        assert signed_in(Right.INQUIRY_READ).get(f"/inquiries/{uuid.uuid4()}/").status_code == 404
        assert [outcome for outcome, *_ in trail(Right.INQUIRY_READ)] == ["failed"]


class Test副本:
    def test_番号で開き内容と符号の有無を示し符号は示さない(self):
        """S3-06, F-1-58, F-1-56."""
        someone_asked_about()
        client = signed_in(Right.PERSON_READ)
        answer = client.post("/replica/find/", {"integrated_atena_no": INTEGRATED_NO}, follow=True)
        page = answer.content.decode()
        for shown in ("花園三丁目1番2号", "カツラギ\u3000ハナコ", "世帯主", "国内転入", "昭和60年", "取得済み", "小樽市", INTEGRATED_NO):
            assert shown in page
        assert CODE not in page
        assert [outcome for outcome, *_ in trail(Right.PERSON_READ)] == ["done", "done"]
        assert set(subjects_of(Right.PERSON_READ)) == {f"{{{Person.objects.get().pk}}}"}

    def test_番号は番地に現れない(self):
        """F-0-12: asked by POST, shown under an opaque id."""
        someone_asked_about()
        answer = signed_in(Right.PERSON_READ).post("/replica/find/", {"integrated_atena_no": f" {INTEGRATED_NO[:5]}-{INTEGRATED_NO[5:]} "})
        assert (answer.status_code, answer.url) == (302, f"/replica/{Person.objects.get().pk}/")

    @pytest.mark.parametrize(("number", "message"), [("", "入力してください"), ("123", "15桁の数字です"), ("9" * 15, "この番号の人の副本はありません")])
    def test_見つからない番号はその旨を示す(self, number, message):
        answer = signed_in(Right.PERSON_READ).post("/replica/find/", {"integrated_atena_no": number})
        assert (answer.status_code, message in answer.content.decode()) == (422, True)

    def test_見つからない検索も記録される(self):
        signed_in(Right.PERSON_READ).post("/replica/find/", {"integrated_atena_no": "9" * 15})
        assert [(outcome, detail) for outcome, *_, detail in trail(Right.PERSON_READ)] == [("done", {"step": "search", "found": False})]

    def test_過去の版を選んで見られる(self):
        deliver(replica())
        deliver(replica(address="色内1丁目1番1号"))
        person = Person.objects.get()
        client = signed_in(Right.PERSON_READ)
        newest, old = (client.get(path).content.decode() for path in (f"/replica/{person.pk}/", f"/replica/{person.pk}/versions/1/"))
        assert ("色内1丁目" in newest, "花園" in newest) == (True, False)
        assert ("花園三丁目" in old, "過去の版（1版）を表示しています" in old) == (True, True)
        assert client.get(f"/replica/{person.pk}/versions/9/").status_code == 404

    def test_氏名では探せない(self):
        assert signed_in(Right.PERSON_READ).post("/replica/find/", {"integrated_atena_no": "葛城花子"}).status_code == 422

    def test_権限がなければ見られず対象者とともに記録が残る(self):
        deliver(replica())
        person, client = Person.objects.get(), signed_in()
        assert client.get("/replica/").status_code == 403
        assert client.post("/replica/find/", {"integrated_atena_no": INTEGRATED_NO}).status_code == 403
        assert client.get(f"/replica/{person.pk}/").status_code == 403
        assert subjects_of(Right.PERSON_READ)[-1] == f"{{{person.pk}}}"

    def test_問合せの数は照会の数によらない(self):
        someone_asked_about()
        client = signed_in(Right.PERSON_READ)
        path, counted = f"/replica/{Person.objects.get().pk}/", []
        for _ in range(2):
            put(ask())
            deliver(replica(address="色内1丁目1番1号"))
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            counted.append(len(queries))
        assert len(set(counted)) == 1, counted
        assert counted[0] <= 16, [query["sql"][:90] for query in queries]


class Test照合リスト:
    """E-01, H-01: the list in force on a chosen day."""

    def page(self, query=""):
        load_lists()
        return signed_in(Right.PROVISION_READ).get(f"/provisions/{query}").content.decode()

    def test_今日のリストは主務省令の60項(self):
        page = self.page()
        assert ("主務省令第2条の表" in page, page.count('scope="row"'), page.count("未確認</span>")) == (True, 60, 35)

    @pytest.mark.parametrize(
        ("day", "rows", "basis"),
        [("R7.7.24", 58, "番号法第19条第8号・別表第二"), ("R7.7.25", 60, "主務省令第2条の表"), ("R2.1.30", 57, "番号法第19条第7号・別表第二")],
    )
    def test_選んだ日のリストを示す(self, day, rows, basis):
        page = self.page(f"?day={day}")
        assert (page.count('scope="row"'), basis in page) == (rows, True)

    def test_読めない日はその旨を示し今日のリストを示す(self):
        page = self.page("?day=あす")
        assert ("入力内容を確認してください" in page, page.count('scope="row"')) == (True, 60)

    def test_取り込む前はその旨を示す(self):
        assert "照合リストが取り込まれていません" in signed_in(Right.PROVISION_READ).get("/provisions/").content.decode()

    def test_権限がなければ見られない(self):
        assert signed_in().get("/provisions/").status_code == 403


def test_利用の開始から終了まで時刻とともに操作履歴に残る():
    """S3-09, F-1-54: who began at which terminal, what was done, and the end, in this system's own trail."""
    account()
    give(Right.INQUIRY_READ, login="h.otaru")
    client = Client()
    assert client.post("/sign-in/", {"login": "h.otaru", "password": PASSWORD, "terminal": "H01"}).status_code == 302
    assert client.get("/inquiries/").status_code == 200
    assert client.get("/waiting/").status_code == 403
    client.post("/sign-off/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT action, outcome, at FROM audit_entry WHERE login = 'h.otaru' AND terminal = 'H01' ORDER BY id")
        rows = cursor.fetchall()
    assert [(action, outcome) for action, outcome, _ in rows] == [
        ("staff:sign_in", "done"), (Right.INQUIRY_READ, "done"), (Right.INQUIRY_DECIDE, "refused"), ("staff:sign_off", "done"),
    ]  # fmt: skip
    assert {at for *_, at in rows} == {clock.now()}


def test_他の人の副本は一緒に表示されない():
    deliver(replica())
    deliver(other())
    client = signed_in(Right.PERSON_READ)
    page = client.post("/replica/find/", {"integrated_atena_no": OTHER_NO}, follow=True).content.decode()
    assert ("太郎" in page, INTEGRATED_NO in page) == (True, False)


def test_照会する機能はどこにもない():
    """S3-02, E-02, F-1-50: this affair makes no 情報照会; there is no right, no route, no notice and no contract for it."""

    names = [name for name in get_resolver().reverse_dict if isinstance(name, str)]
    assert not any("ask" in name for name in names)
    of_the_house = {"receipts_question", "resynced_question"}  # the books, which know nobody
    assert {kind for route in courier._routes.values() for kind in route.kinds} - of_the_house == {"code_acquisition", "provision_release"}
    assert not any(right.split(":")[2] in ("ask", "inquire") for right in Right)


def test_受付口と処理の権限は職員に与えられない():
    assert is_registered(Right.PERSON_READ)
    assert not any(is_registered(right) for right in (Right.REPLICA_ACCEPT, Right.CODE_ACQUIRE, Right.INQUIRY_ANSWER, Right.LIST_IMPORT, Right.EXPIRED_ERASE))
