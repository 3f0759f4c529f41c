"""確認待ちの照会の画面 — people about whom nothing is answered by itself, and the inquiries that wait for an officer. F-1-52."""

import uuid
from datetime import date, datetime

import pytest
from django.db import connection

from daicho import clock
from daicho.chukan.models import HeldDecision, Inquiry, Person, Withholding
from daicho.chukan.permissions import ChukanPermission as Right
from daicho.outbox.models import Notice
from tests.chukan.sending import ask, deliver, load_lists, obtain_code, put, replica, someone_asked_about
from tests.staff.people import TODAY, signed_in, trail

pytestmark = pytest.mark.django_db
PERSONAL = ("葛\U000e0104城", "カツラギ", "花園", "世帯主")


@pytest.fixture(autouse=True)
def today(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    with clock.at(TODAY):
        yield


def withheld_someone():
    """Somebody about whom no answer goes by itself, and one inquiry that waits."""
    load_lists()
    deliver(replica(withheld_from=date(2026, 1, 1)))
    obtain_code()
    assert put(ask())["result"] == "held"
    return Inquiry.objects.get()


def subjects_of(action):
    with connection.cursor() as cursor:
        cursor.execute("SELECT subjects::text FROM audit_entry WHERE action = %s ORDER BY id", [str(action)])
        return [text for (text,) in cursor.fetchall()]


class Test自動応答をしない設定:
    """F-1-52."""

    @pytest.fixture
    def person(self):
        someone_asked_about()
        return Person.objects.get()

    def test_設定すると照会が確認待ちになり解除すると自動で答える(self, person):
        client = signed_in(Right.PERSON_READ, Right.WITHHOLDING_SET)
        assert put(ask())["result"] == "answered"
        answer = client.post(f"/replica/{person.pk}/withhold/", {"since": "R8.7.1", "until": "", "reason": "相談あり"})
        assert (answer.status_code, Withholding.objects.get().set_by) == (302, "h.otaru")
        assert "自動応答をしない人です" in client.get(f"/replica/{person.pk}/").content.decode()
        assert put(ask())["result"] == "held"
        client.post(f"/replica/{person.pk}/withhold/{Withholding.objects.get().pk}/end/")
        assert put(ask())["result"] == "answered"
        assert [(outcome, detail["step"]) for outcome, *_, detail in trail(Right.WITHHOLDING_SET)] == [("done", "set"), ("done", "ended")]

    def test_始まる前と終わった後は自動で答える(self, person):
        client = signed_in(Right.PERSON_READ, Right.WITHHOLDING_SET)
        client.post(f"/replica/{person.pk}/withhold/", {"since": "R8.7.10", "until": "R8.7.20", "reason": "期間を決めて"})
        results = []
        for day in (9, 10, 19, 20):
            with clock.at(datetime(2026, 7, day, 12, 0, tzinfo=clock.JST)):
                results.append(put(ask())["result"])
        assert results == ["answered", "held", "held", "answered"]

    @pytest.mark.parametrize(
        ("typed", "message"),
        [
            ({"since": "R8.7.1", "reason": ""}, "理由"),
            ({"since": "", "reason": "相談"}, "開始日"),
            ({"since": "R8.13.1", "reason": "相談"}, "R8.13.1"),
            ({"since": "R8.7.2", "until": "R8.7.2", "reason": "相談"}, "終了日は開始日より後の日"),
        ],
    )
    def test_足りない入力はその旨を示し設定しない(self, person, typed, message):
        answer = signed_in(Right.PERSON_READ, Right.WITHHOLDING_SET).post(f"/replica/{person.pk}/withhold/", typed)
        assert (answer.status_code, message in answer.content.decode(), Withholding.objects.count()) == (422, True, 0)

    def test_権限がなければ設定も解除もできない(self, person):
        client = signed_in(Right.PERSON_READ)
        assert client.post(f"/replica/{person.pk}/withhold/", {"since": "R8.7.1", "reason": "相談"}).status_code == 403
        assert client.post(f"/replica/{person.pk}/withhold/{uuid.uuid4()}/end/").status_code == 403
        assert [outcome for outcome, *_ in trail(Right.WITHHOLDING_SET)] == ["refused", "refused"]

    def test_住民記録が知らせた不開示は職員の設定では解除されない(self):
        withheld_someone()
        page = signed_in(Right.PERSON_READ, Right.WITHHOLDING_SET).get(f"/replica/{Person.objects.get().pk}/").content.decode()
        assert ("不開示（住民記録から）" in page, "解除する" in page) == (True, False)


class Test確認待ちの照会:
    """F-1-52: what needs special care goes only after an officer has seen it."""

    def test_自動では答えず一覧に並び記録に残る(self):
        """F-1-52."""
        row = withheld_someone()
        assert (row.result, row.reasons, row.replica) == ("held", ["withheld"], None)
        page = signed_in(Right.INQUIRY_DECIDE).get("/waiting/").content.decode()
        assert ("札幌市長" in page, any(word in page for word in PERSONAL)) == (True, False)

    def test_送る内容と対象者を示してから決める(self):
        row = withheld_someone()
        page = signed_in(Right.INQUIRY_DECIDE).get(f"/waiting/{row.pk}/").content.decode()
        for shown in ("葛\U000e0104城\u3000花子", "続柄", "世帯主氏名", "提供する内容（1版）", "番号法第19条第8号"):
            assert shown in page
        assert subjects_of(Right.INQUIRY_DECIDE) == [f"{{{row.person_id}}}"]

    def test_提供すると決めると回答が封をして送られる(self):
        row = withheld_someone()
        client = signed_in(Right.INQUIRY_DECIDE, Right.INQUIRY_READ)
        answer = client.post(f"/waiting/{row.pk}/decide/", {"decision": "provide", "reason": "照会先に電話で確認", "seen": "1"})
        assert (answer.status_code, Notice.objects.filter(kind="provision_release").count()) == (302, 1)
        decision = HeldDecision.objects.get()
        assert (decision.provided, decision.replica.version_no, decision.decided_by) == (True, 1, "h.otaru")
        assert "確認を待つ照会はありません" in client.get("/waiting/").content.decode()
        assert "確認のうえ提供" in client.get(f"/inquiries/{row.pk}/").content.decode()

    def test_提供しないと決めるとその旨が送られる(self):
        row = withheld_someone()
        client = signed_in(Right.INQUIRY_DECIDE, Right.INQUIRY_READ)
        client.post(f"/waiting/{row.pk}/decide/", {"decision": "decline", "reason": "本人の申出", "seen": "1"})
        assert (HeldDecision.objects.get().provided, Notice.objects.filter(kind="provision_release").count()) == (False, 1)
        assert "確認のうえ提供せず" in client.get("/inquiries/").content.decode()

    @pytest.mark.parametrize("decision", [{}, {"decision": ""}, {"decision": "Provide"}])
    def test_どちらの釦も押さずに送られても何も決まらない(self, decision):
        """F-1-52: what is refused to the network cannot be taken back either."""
        row = withheld_someone()
        answer = signed_in(Right.INQUIRY_DECIDE).post(f"/waiting/{row.pk}/decide/", {**decision, "reason": "確認", "seen": "1"})
        assert (answer.status_code, HeldDecision.objects.count()) == (400, 0)

    def test_理由がなければ決められない(self):
        row = withheld_someone()
        answer = signed_in(Right.INQUIRY_DECIDE).post(f"/waiting/{row.pk}/decide/", {"decision": "provide", "reason": "", "seen": "1"})
        assert (answer.status_code, HeldDecision.objects.count()) == (422, 0)

    def test_見た後に副本が変われば決められない(self):
        """What goes is what the officer saw."""
        row = withheld_someone()
        client = signed_in(Right.INQUIRY_DECIDE)
        deliver(replica(withheld_from=date(2026, 1, 1), relationship="妻"))
        answer = client.post(f"/waiting/{row.pk}/decide/", {"decision": "provide", "reason": "確認", "seen": "1"})
        assert (answer.status_code, "副本が新しくなりました" in answer.content.decode(), HeldDecision.objects.count()) == (422, True, 0)

    def test_二度は決められない(self):
        row = withheld_someone()
        client = signed_in(Right.INQUIRY_DECIDE)
        for _ in range(2):
            answer = client.post(f"/waiting/{row.pk}/decide/", {"decision": "decline", "reason": "確認", "seen": "1"})
        assert (answer.status_code, HeldDecision.objects.count()) == (404, 1)

    def test_権限がなければ見ることも決めることもできない(self):
        row = withheld_someone()
        client = signed_in(Right.INQUIRY_READ)
        assert client.get("/waiting/").status_code == 403
        assert client.get(f"/waiting/{row.pk}/").status_code == 403
        assert client.post(f"/waiting/{row.pk}/decide/", {"decision": "provide", "reason": "x", "seen": "1"}).status_code == 403
        assert HeldDecision.objects.count() == 0
