"""点検の画面 — 稼働状況 and 操作履歴 of a system, over HTTP. F-1-13, F-1-15; S3-10; 標準10.2."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography import x509
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from daicho import audit, clock, jobs, outbox
from daicho.city import commands as city
from daicho.city.permissions import CityPermission
from daicho.city.rules import change_to
from daicho.city.values import Office, Terminal
from daicho.jobs import registry
from daicho.jobs.models import Run
from daicho.outbox import courier
from daicho.outbox.models import Delivery, Line
from daicho.oversight import queries
from daicho.oversight.permissions import OversightPermission
from tests.outbox.messages import OutboxSampleV1
from tests.staff.people import TODAY, signed_in, trail

pytestmark = pytest.mark.django_db
HEALTH, TRAIL = OversightPermission.HEALTH_READ, OversightPermission.TRAIL_READ
CODE = "012033"


@pytest.fixture(autouse=True)
def today(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    with clock.at(TODAY):
        yield


@pytest.fixture
def there(monkeypatch):
    """One destination that nobody listens at."""
    monkeypatch.setattr(courier, "_routes", {})
    courier.allow("there", "outbox_sample")


def words(answer: HttpResponse) -> str:
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def later(**more):
    return clock.at(clock.now() + timedelta(**more))


def test_何もなければ異常なしと示し見たことが残る(there, monkeypatch):
    monkeypatch.setattr(registry, "_jobs", {})
    answer = signed_in(HEALTH).get("/oversight/health/")
    assert answer.status_code == 200
    assert "異常はありません" in words(answer)
    assert [row[:2] for row in trail(HEALTH)] == [("done", "h.otaru")]


def test_送信待ちが長い相手方と拒否と止まった回線を示す(there):
    client = signed_in(HEALTH)
    outbox.post(OutboxSampleV1(1, ""), to="there", subjects=["a" * 32])
    assert "送信待ちが長く" not in words(client.get("/oversight/health/"))
    with later(minutes=11):
        assert "送信待ちが長くなっています" in words(client.get("/oversight/health/"))
        Delivery.objects.update(state="refused", reply_code="x", attempts=1)
        assert "拒否された通知か" in words(client.get("/oversight/health/"))
        Line.objects.create(municipality_code=CODE, destination="there", stopped_at=clock.now())
        assert "回線が止まっています" in words(client.get("/oversight/health/"))


def test_処理の前回の結果を処理の名前で示す(there, monkeypatch):
    """N-9.1-10, -11."""
    monkeypatch.setattr(registry, "_jobs", {})
    jobs.register(jobs.Job("t.nightly", "夜の点検", jobs.daily("02:30"), run=lambda day, given: {}))
    client = signed_in(HEALTH)
    assert "夜の点検 まだありません" in words(client.get("/oversight/health/"))
    now = clock.now()
    for outcome in (Run.Outcome.DONE, Run.Outcome.FAILED):
        Run.objects.create(
            municipality_code=CODE, job="t.nightly", for_date=TODAY, started_by="t", started_at=now, finished_at=now, outcome=outcome, error="E [57P01]"
        )
    found = words(client.get("/oversight/health/"))
    assert "令和8年7月1日" in found and "E [57P01]" in found and "異常終了しました" in found


@pytest.mark.parametrize(("days", "word"), [(61, None), (59, "期限が近づいています"), (-1, "期限を過ぎています")])
def test_通信の証明書の期限が近づくと知らせる(there, days, word):
    """The end is read from the certificate's own file, by its days."""
    ends = x509.load_pem_x509_certificate(settings.DAICHO.tls_cert_file.read_bytes()).not_valid_after_utc
    with clock.at(ends - timedelta(days=days)):
        found = queries.troubles(queries.health(audit.Actor.system("t", HEALTH)))
    assert [trouble for trouble in found if "期限" in trouble] == ([] if word is None else [found[-1], found[-1]])
    assert word is None or word in found[-1]


def test_封印されない操作履歴があれば知らせる(there):
    """F-1-14."""
    client = signed_in(HEALTH)
    audit.record(audit.Actor.system("t"), "t:t:t")
    assert "封印されていない操作履歴" not in words(client.get("/oversight/health/"))
    with later(minutes=11):
        assert "封印されていない操作履歴" in words(client.get("/oversight/health/"))


def test_稼働状況の問合せの数は待ちの数によらない(there):
    client = signed_in(HEALTH)
    client.get("/oversight/health/")
    counted = []
    for more in (1, 20):
        for no in range(more):
            outbox.post(OutboxSampleV1(no, ""), to="there", subjects=["b" * 32])
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/oversight/health/")
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 16


@pytest.mark.parametrize("path", ["/oversight/health/", "/oversight/trail/"])
def test_権限がなければ見られず拒否が残る(path, there):
    """F-1-10, F-1-13."""
    assert signed_in().get(path).status_code == 403
    assert [row[0] for row in trail(HEALTH if "health" in path else TRAIL)] == ["refused"]


def test_操作履歴は新しい順に人数だけを示す(there):
    """F-1-13: people are counted and not named."""
    client = signed_in(TRAIL)
    person = uuid4()
    audit.record(audit.Actor.system("t.first"), "residents:person:read", [person], purpose="窓口")
    audit.record(audit.Actor.system("t.second"), "residents:person:read", [person], purpose="窓口")
    answer = client.get("/oversight/trail/")
    found = words(answer)
    assert 0 < found.index("t.second") < found.index("t.first")
    assert "1人" in found and str(person) not in answer.content.decode()


def test_操作した人と結果と日で絞り込み住所欄に何も残らない(there):
    """N-10.2-18."""
    client = signed_in(TRAIL)
    audit.record(audit.Actor.system("t.first"), "residents:person:read")
    audit.record(audit.Actor.system("t.second"), "residents:person:read", outcome="refused")
    asked = {"login": "system:t.first", "action": "any", "outcome": "any", "since": "R8.7.1", "until": "R8.7.1"}
    found = client.post("/oversight/trail/", asked)
    assert found.request["QUERY_STRING"] == "" and "t.first" in words(found) and "t.second" not in words(found)
    refused = words(client.post("/oversight/trail/", asked | {"login": "", "outcome": "refused"}))
    assert "t.second" in refused and "t.first" not in refused
    assert "該当する操作履歴はありません" in words(client.post("/oversight/trail/", asked | {"since": "R8.6.1", "until": "R8.6.30"}))


@pytest.mark.parametrize(
    ("days", "message"),
    [
        ({"since": "R8.7.2", "until": "R8.7.1"}, "「この日まで」が「この日から」より前です"),
        ({"since": "きのう", "until": ""}, "年月日として読み取れません"),
    ],
)
def test_読めない日や逆の期間は入力を残して断る(days, message, there):
    answer = signed_in(TRAIL).post("/oversight/trail/", {"login": "abc", "action": "any", "outcome": "any"} | days)
    assert answer.status_code == 422
    assert 'value="abc"' in answer.content.decode()
    assert message in words(answer)


def test_照会したことが操作履歴に残る(there):
    """標準10.2 (N-10.2-27): reading the trail is a reading."""
    signed_in(TRAIL).post("/oversight/trail/", {"login": "system:t.first", "action": "any", "outcome": "any", "since": "", "until": ""})
    with connection.cursor() as cursor:
        cursor.execute("SELECT purpose, detail->>'of' FROM audit_entry WHERE action = 'audit:entry:read'")
        assert cursor.fetchall() == [("操作履歴の点検", "system:t.first")]


def test_操作履歴の場所と端末はその日の名称で示す():
    """N-1.3.1-02, N-1.3.1-03: renamed later, the trail says what it was called then."""
    machine = audit.Actor.system("tests", *CityPermission)
    office, terminal = Office("honcho", "本庁"), Terminal("H01", "本庁甲", "honcho")
    for thing in (office, terminal):
        city.install(machine, change_to(thing, TODAY))
    client = signed_in(TRAIL)
    client.get("/oversight/trail/")
    city.install(machine, change_to(replace(terminal, name="本庁乙"), TODAY + timedelta(days=1)))
    page = words(client.get("/oversight/trail/"))
    assert "本庁 本庁甲" in page and "本庁乙" not in page and "H01" not in page
