"""処理の画面 — the list of jobs, starting and reserving, the record of runs. 標準9.1 (N-9.1-01, -06 … -08, -10)."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse

from daicho import clock, jobs
from daicho.jobs import commands, registry
from daicho.jobs.models import Reservation
from daicho.jobs.permissions import JobPermission
from daicho.jobs.registry import Parameter
from daicho.values.closed_days import ClosedDays
from tests.staff.people import TODAY, signed_in

pytestmark = pytest.mark.django_db
RUN, READ = JobPermission.RUN, JobPermission.READ


@pytest.fixture(autouse=True)
def today(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    with clock.at(TODAY):
        yield


@pytest.fixture(autouse=True)
def one_job():
    jobs.register(jobs.Job("t.one", "夜の点検", jobs.daily("02:30"), lambda day, given: {"点検": 1200}, parameters=(Parameter("limit", "上限", 10),)))
    yield
    registry.unregister("t.one")


def words(answer: HttpResponse) -> str:
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_一覧は定時と前回の結果を示す():
    client = signed_in(READ)
    assert "夜の点検 毎日 02時30分 0件 まだ実行していません" in words(client.get("/jobs/"))
    commands.run("t.one")
    assert "令和8年7月1日" in words(client.get("/jobs/")) and "点検 1,200" in words(client.get("/jobs/"))


def test_すぐに起動し実行記録に五つの事項が出る():
    """N-9.1-01, N-9.1-10: what, its result, its time, its terminal, whether it went well."""
    client = signed_in(READ, RUN)
    answer = client.post("/jobs/1/reserve/", {"when": "now", "weekday": "none", "limit": "10"}, follow=True)
    assert "「夜の点検」を起動しました" in answer.content.decode()
    commands.run_due(ClosedDays())
    found = words(client.get("/jobs/1/"))
    for word in ("令和8年7月1日", "0.0秒", "h.otaru H01", "上限 10", "点検 1,200", "正常終了"):
        assert word in found


def test_前回の設定が初めから入り変えた項目が示される():
    """N-9.1-06, N-9.1-07, N-9.1-08."""
    client = signed_in(READ, RUN)
    commands.run("t.one", parameters={"limit": 7})
    page = client.get("/jobs/1/").content.decode()
    assert re.search(r'name="limit"[^>]*value="7"|value="7"[^>]*name="limit"', page)
    assert "前回の設定から変えた項目" not in page
    changed = client.post("/jobs/1/reserve/", {"when": "daily", "weekday": "none", "limit": "9"})
    assert changed.status_code == 422
    assert "前回の設定から変えた項目：上限" in words(changed)


def test_読めない時刻は入力を残して断る():
    client = signed_in(READ, RUN)
    answer = client.post("/jobs/1/reserve/", {"when": "daily", "weekday": "none", "at": "25:99", "limit": "7"})
    assert answer.status_code == 422
    assert "時刻として読み取れません" in words(answer)
    assert 'value="25:99"' in answer.content.decode()
    assert not Reservation.objects.exists()


def test_予約と取消し():
    client = signed_in(READ, RUN)
    client.post("/jobs/1/reserve/", {"when": "weekly", "weekday": "2", "at": "9:05", "open_days_only": "yes", "limit": "10"})
    [row] = Reservation.objects.all()
    assert "毎週水曜日 09時05分（閉庁日は翌開庁日）" in words(client.get("/jobs/1/"))
    answer = client.post(f"/jobs/1/cancel/{row.pk}/", follow=True)
    assert "予約を取り消しました" in answer.content.decode()
    assert "予約はありません" in words(answer)


def test_見る権限だけでは起動の欄がなく送っても断られる():
    client = signed_in(READ)
    assert "起動・予約" not in words(client.get("/jobs/1/"))
    assert client.post("/jobs/1/reserve/", {"when": "now", "weekday": "none", "limit": "10"}).status_code == 403
    assert not Reservation.objects.exists()


@pytest.mark.parametrize("path", ["/jobs/", "/jobs/1/"])
def test_権限がなければ見られない(path):
    assert signed_in().get(path).status_code == 403


def test_ない番号の処理は見つからない():
    assert signed_in(READ).get("/jobs/99/").status_code == 404
