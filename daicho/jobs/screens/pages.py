"""処理の一覧と予約 — every job with its time and last run; one job: start it, reserve it, cancel that, read its record. N-9.1-01 … -11."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit
from daicho.jobs import commands, queries, registry
from daicho.jobs.models import Reservation
from daicho.jobs.permissions import JobPermission
from daicho.jobs.queries import RunValue
from daicho.jobs.registry import Job
from daicho.jobs.scheduler import products
from daicho.jobs.screens import words
from daicho.jobs.wanted import JobProblem, Wanted
from daicho.staff.queries import actor_of
from daicho.ui import flash
from daicho.ui.dates import WEEKDAYS, moment, wareki_text
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width
from daicho.values.dates import BadDate, JapaneseDate

NONE = "none"
RUNS = 50


@require_GET
def jobs_page(request: HttpRequest) -> HttpResponse:
    """Every job of this system. Nobody's data is in it."""
    audit.require(actor_of(request), JobPermission.READ)
    last, reserved = queries.last_runs(), [row.job for row in queries.standing()]
    rows = [
        {"job": job, "schedule": words.schedule_ja(job.schedule) or "予約したときだけ", "reserved": reserved.count(job.name), "run": _drawn(last.get(job.name))}
        for job in registry.registered()
    ]
    return render(request, "jobs/jobs.html", {"rows": rows, "products": products()})


@require_GET
def job_page(request: HttpRequest, number: int) -> HttpResponse:
    """One job. Jobs are numbered by their place in the list: their names are the programmer's."""
    actor = actor_of(request)
    audit.require(actor, JobPermission.READ)
    job = _job(number)
    return _page(request, number, job, BoundForm(_fields(job), _start(job)))


@require_POST
def reserve(request: HttpRequest, number: int) -> HttpResponse:
    """Start now, or reserve; what is wrong is told with all that was typed."""
    job = _job(number)
    form = BoundForm(_fields(job), request.POST)
    wanted, problems = _wanted(job, form)
    if not problems:
        try:
            row = commands.reserve(actor_of(request), wanted)
        except JobProblem as refused:
            problems = [Problem(name, message) for name, message in refused.problems]
        else:
            started = row.when == Reservation.When.NOW
            flash.say(request, "success", f"「{job.ja}」を起動しました。結果は実行記録に出ます。" if started else f"「{job.ja}」を予約しました。")
            return HttpResponseRedirect(reverse("jobs:job", args=[number]))
    return _page(request, number, job, form.with_problems(problems), status=422)


@require_POST
def cancel(request: HttpRequest, number: int, reservation: int) -> HttpResponse:
    """Cancel one reservation."""
    try:
        commands.cancel(actor_of(request), reservation)
    except JobProblem as refused:
        flash.say(request, "error", refused.problems[0][1])
    else:
        flash.say(request, "success", "予約を取り消しました。")
    return HttpResponseRedirect(reverse("jobs:job", args=[number]))


def _job(number: int) -> Job:
    found = registry.registered()
    if not 1 <= number <= len(found):
        raise Http404
    return found[number - 1]


def _page(request: HttpRequest, number: int, job: Job, form: BoundForm, status: int = 200) -> HttpResponse:
    start = _start(job)
    context = {
        "number": number,
        "job": job,
        "schedule": words.schedule_ja(job.schedule) or "予約したときだけ",
        "form": form,
        "may_run": actor_of(request).may(JobPermission.RUN),
        "changed": [one.ja for one in job.parameters if form.value(one.name) != start[one.name]],
        "reservations": [
            {"row": row, "when": words.reservation_ja(row), "parameters": words.parameters_ja(job, row.parameters), "at": moment(row.reserved_at)}
            for row in queries.standing()
            if row.job == job.name
        ],
        "runs": [_drawn(run) for run in queries.runs(job.name, RUNS)],
    }
    return render(request, "jobs/job.html", context, status=status)


def _start(job: Job) -> dict[str, str]:
    """What the form begins with: at once, and the parameters of last time (N-9.1-06)."""
    last = queries.last_parameters(job.name)
    parameters = {one.name: str(last.get(one.name, one.default)) for one in job.parameters}
    return {"when": Reservation.When.NOW, "weekday": NONE, **parameters}


def _fields(job: Job) -> tuple[FieldSpec, ...]:
    weekdays = (Choice(NONE, "指定しない"), *(Choice(str(no), f"{name}曜日") for no, name in enumerate(WEEKDAYS)))
    parameters = (
        FieldSpec(one.name, one.ja, width=Width.MEDIUM, max_length=60, hint=one.hint, letters="digits" if isinstance(one.default, int) else "")
        for one in job.parameters
    )
    return (
        FieldSpec("when", "起動の指定", Kind.RADIO, required=True, choices=tuple(Choice(value, ja) for value, ja in Reservation.When.choices)),
        FieldSpec("on", "日付", Kind.DATE, width=Width.MEDIUM, max_length=40, hint="「日時を指定」のとき。"),
        FieldSpec("weekday", "曜日", Kind.SELECT, choices=weekdays, hint="「毎週」のとき。"),
        FieldSpec("day_of_month", "日", width=Width.TINY, max_length=2, letters="digits", hint="「毎月」のとき。1から31まで。"),
        FieldSpec("at", "時刻", width=Width.SHORT, max_length=5, letters="latin", hint="例：13:05。「すぐに」のときは空欄。"),
        FieldSpec("open_days_only", "閉庁日は翌開庁日に行う", Kind.CHECKBOX),
        *parameters,
    )


def _wanted(job: Job, form: BoundForm) -> tuple[Wanted, list[Problem]]:
    problems: list[Problem] = []
    parameters: dict[str, str | int] = {}
    for one in job.parameters:
        text = form.value(one.name)
        parameters[one.name] = int(text) if isinstance(one.default, int) and text.isascii() and text.isdigit() else text
    weekday, day = form.value("weekday"), form.value("day_of_month")
    wanted = Wanted(
        job.name, form.value("when"), at=_time(form.value("at"), problems), on=_day(form.value("on"), problems),
        weekday=int(weekday) if weekday.isdigit() else None, day_of_month=int(day) if day.isascii() and day.isdigit() else None,
        open_days_only=form.value("open_days_only") == "yes", parameters=parameters,
    )  # fmt: skip
    return wanted, problems


def _time(text: str, problems: list[Problem]) -> time | None:
    if not text:
        return None
    try:
        return time.fromisoformat(text.zfill(5))
    except ValueError:
        problems.append(Problem("at", "時刻として読み取れません。「13:05」のように、時と分を入力してください。"))
        return None


def _day(text: str, problems: list[Problem]) -> date | None:
    if not text:
        return None
    try:
        typed = JapaneseDate.parse(text)
    except BadDate as problem:
        problems.append(Problem("on", str(problem)))
        return None
    if not typed.is_calendar:
        problems.append(Problem("on", "年月日まで入力してください。"))
    return typed.first


def _drawn(run: RunValue | None) -> Mapping[str, object] | None:
    """A run's five facts (N-9.1-10): what, how it ended, how long, where, and its error."""
    if run is None:
        return None
    badge, outcome = words.outcome_ja(run.outcome)
    seconds = f"{(run.finished_at - run.started_at).total_seconds():,.1f}秒" if run.finished_at else ""
    return {
        "run": run, "badge": badge, "outcome": outcome, "for_date": wareki_text(run.for_date), "started": moment(run.started_at), "seconds": seconds,
        "counts": words.counts_ja(run.counts), "parameters": words.parameters_ja(registry.find(run.job), run.parameters),
        "by": "自動" if run.started_by.startswith("system:") else run.started_by,
    }  # fmt: skip
