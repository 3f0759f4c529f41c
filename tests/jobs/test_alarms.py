"""異常終了の警告 — a job that fails is told to the city's reporting system until that has taken it; one that ends well tells nobody. N-9.1-12."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as installed
from django.db import connection

from daicho import clock, jobs
from daicho.jobs import alarms, commands, registry, scheduler
from daicho.jobs.alarms import HttpReceiver
from daicho.jobs.models import Run
from daicho.outbox import signing
from daicho.outbox.errors import Unauthorized, Unavailable
from daicho.site import worker
from daicho.site.launch.keys import create_party, trust
from tests.outbox.tls_door import door
from tests.staff.people import TODAY, signed_in, trail

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


class ReportingSystem:
    """通報システムの代わり: takes what is posted, answers as told."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.taken: list[tuple[str, dict[str, str], bytes]] = []

    def __call__(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        status = self.answers.pop(0) if self.answers else 202
        if status < 300:
            self.taken.append((path, headers, body))
        return status, {}, b""


@pytest.fixture
def town(tmp_path, settings) -> Iterator[tuple[ReportingSystem, HttpReceiver]]:
    """The receiver behind HTTPS; this system trusts its authority."""
    me, there, stranger = (create_party(tmp_path / name, name, datetime.now().astimezone()) for name in ("residents", "alarms", "stranger"))
    trust(me, [there])
    system = ReportingSystem()
    with clock.at(datetime.now().astimezone()), door(system, there.tls_cert, there.tls_key) as url:
        settings.DAICHO = replace(
            installed.DAICHO, signing_key_file=me.signing_key, tls_cert_file=me.tls_cert, tls_key_file=me.tls_key, tls_ca_file=me.trusted,
            alarm_url=f"{url}/alarms",
        )  # fmt: skip
        receiver = alarms.configured()
        assert isinstance(receiver, HttpReceiver)
        system.public_key, system.stranger = me.public_key, stranger  # type: ignore[attr-defined]
        yield system, receiver


def job(outcome: str) -> None:
    def run(day, given):
        if outcome == "fails":
            raise ValueError("小樽　花子の記録が読めません")
        return {"件数": 1}

    registry.unregister("t.night")
    jobs.register(jobs.Job("t.night", "夜の点検", None, run))
    commands.run("t.night")


def test_異常終了の警告が届き正常終了では届かない(town):
    """N-9.1-12: Given a receiver, When one run fails and one ends well, Then one alarm arrives, once, and it says nothing of anybody."""
    system, receiver = town
    job("ends well")
    assert not alarms.tell_once(receiver)
    job("fails")
    assert alarms.tell_once(receiver)
    assert not alarms.tell_once(receiver)
    [(path, _, body)] = system.taken
    told = json.loads(body)
    assert path == "/alarms"
    assert (told["job_ja"], told["outcome"], told["error"], told["system"]) == ("夜の点検", "failed", "builtins.ValueError", "residents")
    assert set(told) == {"municipality_code", "system", "run", "job", "job_ja", "for_date", "started_at", "finished_at", "outcome", "error"}
    assert "花子" not in body.decode()
    assert [(row[0], row[3]["job"]) for row in trail("jobs:alarm:tell")] == [("done", "t.night")]


def test_警告は本システムの鍵で署名されている(town):
    """The receiver may prove from whom it is."""
    system, receiver = town
    job("fails")
    alarms.tell_once(receiver)
    [(_, headers, body)] = system.taken
    request = signing.SignedRequest("POST", receiver.url, headers, body)
    assert signing.verify_request(request, public_key_files={"residents": system.public_key}, freshness=timedelta(minutes=5)) == "residents"


def test_受け取られるまで繰り返し古い順に届く(town):
    system, receiver = town
    system.answers = [503, 500]
    job("fails")
    job("fails")
    for _ in range(2):
        with pytest.raises(Unavailable):
            alarms.tell_once(receiver)
    assert Run.objects.filter(alarm_told_at__isnull=False).count() == 0
    assert [alarms.tell_once(receiver) for _ in range(3)] == [True, True, False]
    runs = [json.loads(body)["run"] for _, _, body in system.taken]
    assert runs == sorted(Run.objects.values_list("pk", flat=True))


def test_信頼しない相手には何も言わない(town):
    system, _ = town
    job("fails")
    seen = []
    with door(lambda *request: seen.append(request), system.stranger.tls_cert, system.stranger.tls_key) as url, pytest.raises(Unauthorized):
        alarms.tell_once(HttpReceiver(f"{url}/alarms"))
    assert seen == []


def test_古い異常は後から決めた通報先に送らない(town):
    system, receiver = town
    job("fails")
    with clock.at(clock.now() + timedelta(days=alarms.NEWEST_DAYS + 1)):
        assert not alarms.tell_once(receiver)
    assert system.taken == []


def test_通報先がなければ働き手は通報を回さない(settings, town):
    assert "alarms" in {one.name for one in worker.rounds()}
    settings.DAICHO = replace(settings.DAICHO, alarm_url=None)
    assert alarms.configured() is None
    assert "alarms" not in {one.name for one in worker.rounds()}


def test_スケジュール管理の製品名と版は実環境と一致する(settings):
    """N-9.1-05: our own, no other product; each version as an independent source says."""
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    shown = {product.role: product for product in scheduler.products()}
    assert shown["スケジュール管理"].version == project["version"]
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        assert cursor.fetchone()[0].split()[0] == shown["データベース"].version
    schedulers = ("celery", "apscheduler", "huey", "django-q", "dramatiq", "rq", "schedule", "croniter", "airflow", "luigi")
    locked = {line.split("==")[0] for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines() if "==" in line}
    assert not locked & set(schedulers)
    with clock.at(TODAY):
        page = signed_in("jobs:run:read").get("/jobs/").content.decode()
    for product in shown.values():
        assert product.name in page and product.version in page and product.maker in page
