"""稼働状況 — queues and their age, jobs, keys and certificates that end, the trail's seal. S3-10; F-1-14, F-2-20."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daicho.jobs.models import Run
from daicho.oversight import queries, rules
from daicho.oversight.queries import Health
from daicho.oversight.rules import Expiry, LastRun, Queue
from daicho.staff.queries import actor_of
from daicho.ui.chrome import party_ja
from daicho.ui.dates import moment, wareki_text

_RUN_BADGES = {"": "neutral", "done": "success", "running": "info", "failed": "error", "interrupted": "error"}
_NEVER = "まだありません"


@dataclass(frozen=True)
class Line:
    """One line of a table: what it is about, its cells, its badge, and what is wrong ("" = nothing)."""

    name: str
    cells: tuple[str, ...]
    badge: tuple[str, str]
    trouble: str


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """One page; nobody's data is in it."""
    found = queries.health(actor_of(request))
    context = {
        "at": moment(found.at),
        "queues": [_queue(queue, found) for queue in found.queues],
        "runs": [_run(run) for run in found.runs],
        "expiries": [_expiry(expiry, found) for expiry in found.expiries],
        "seal": Line("操作履歴の封印", (moment(found.sealed_at) or _NEVER,), *_state(rules.seal_trouble(found.unsealed, found.at, found.thresholds))),
        "troubles": queries.troubles(found),
    }
    return render(request, "oversight/health.html", context)


def _state(trouble: str) -> tuple[tuple[str, str], str]:
    return (("error", "要確認") if trouble else ("success", "正常")), trouble


def _queue(queue: Queue, found: Health) -> Line:
    cells = (str(queue.waiting), moment(queue.oldest) or "なし", str(queue.refused + queue.dead))
    return Line(party_ja(queue.destination), cells, *_state(rules.queue_trouble(queue, found.at, found.thresholds)))


def _run(run: LastRun) -> Line:
    outcome = Run.Outcome(run.outcome).label if run.outcome else "未実行"
    cells = (wareki_text(run.for_date) or _NEVER, moment(run.finished_at) or _NEVER, run.error or "なし")
    return Line(run.ja, cells, (_RUN_BADGES[run.outcome], outcome), rules.run_trouble(run))


def _expiry(expiry: Expiry, found: Health) -> Line:
    return Line(expiry.ja, (moment(expiry.until),), *_state(rules.expiry_trouble(expiry, found.at, found.thresholds)))
