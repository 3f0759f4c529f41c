"""操作履歴の点検 — who did what in this system, by officer, function, outcome and days; people are counted, not named. F-1-13, F-1-15; 標準10.2."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from daicho import audit, clock
from daicho.audit.queries import Trace
from daicho.city.queries import PlaceNames, place_names
from daicho.oversight.queries import TrailWanted, trail
from daicho.staff import permissions
from daicho.staff.queries import actor_of
from daicho.ui.dates import moment
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width
from daicho.values.dates import BadDate, JapaneseDate

OUTCOMES: Mapping[str, tuple[str, str]] = {"done": ("success", "実施"), "refused": ("error", "拒否"), "failed": ("warning", "失敗")}
ANY = "any"
USUAL_DAYS = 7  # what the page shows before anything is asked


@require_http_methods(["GET", "POST"])
@audit.personal
def trail_page(request: HttpRequest) -> HttpResponse:
    """One page, newest first. Asked by POST: an officer's name stands in no address either (F-0-12)."""
    today = clock.today()
    usual = {"since": JapaneseDate.of(today - timedelta(days=USUAL_DAYS)).as_written, "until": JapaneseDate.of(today).as_written, "outcome": ANY, "action": ANY}
    typed = request.POST if request.method == "POST" else usual
    form = BoundForm(_fields(), typed)
    days, problems = _days(form)
    form = form.with_problems(problems)
    if form.has_errors:
        return render(request, "oversight/trail.html", {"form": form, "rows": None, "older": None}, status=422)
    before = str(typed.get("before", ""))
    wanted = TrailWanted(form.value("login").strip(), *(_chosen(form, name) for name in ("action", "outcome")), *days)
    traces, more = trail(actor_of(request), wanted, int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None)
    names = place_names()
    rows = [_row(trace, names) for trace in traces]
    return render(request, "oversight/trail.html", {"form": form, "rows": rows, "older": traces[-1].id if more else None})


def _fields() -> tuple[FieldSpec, ...]:
    rooms = {entry.name.split(":")[0]: entry.room_label for entry in permissions.catalogue()}
    functions = (Choice(ANY, "すべて"), *(Choice(f"{room}:", ja) for room, ja in sorted(rooms.items())))
    outcomes = (Choice(ANY, "すべて"), *(Choice(value, ja) for value, (_, ja) in OUTCOMES.items()))
    return (
        FieldSpec("login", "操作した人の利用者ID", letters="latin", width=Width.MEDIUM, max_length=60, hint="空欄のときは全員。"),
        FieldSpec("action", "操作の種類", Kind.SELECT, choices=functions),
        FieldSpec("outcome", "結果", Kind.RADIO, choices=outcomes),
        FieldSpec("since", "この日から", Kind.DATE, width=Width.MEDIUM, max_length=40),
        FieldSpec("until", "この日まで", Kind.DATE, width=Width.MEDIUM, max_length=40),
    )


def _chosen(form: BoundForm, name: str) -> str:
    return "" if form.value(name) == ANY else form.value(name)


def _days(form: BoundForm) -> tuple[tuple[datetime | None, datetime | None], list[Problem]]:
    """The first instant and the one after the last, None where nothing was typed; and what cannot be read."""
    read: dict[str, date | None] = {}
    problems = []
    for name in ("since", "until"):
        text = form.value(name).strip(" 　")
        try:
            typed = JapaneseDate.parse(text) if text else None
        except BadDate as problem:
            problems.append(Problem(name, str(problem)))
            continue
        read[name] = typed.first if typed else None
        if typed is not None and not typed.is_calendar:
            problems.append(Problem(name, "年月日まで入力してください。"))
    since, until = read.get("since"), read.get("until")
    if since and until and since > until:
        problems.append(Problem("until", "「この日まで」が「この日から」より前です。日付を確かめてください。"))
    return (_midnight(since) if since else None, _midnight(until + timedelta(days=1)) if until else None), problems


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.JST)


def _row(trace: Trace, names: PlaceNames) -> dict[str, object]:
    """Office and terminal by the names they had that day (N-1.3.1-03)."""
    day = clock.jst(trace.at).date()
    badge, outcome = OUTCOMES.get(trace.outcome, ("neutral", trace.outcome))
    return {
        "trace": trace, "at": moment(trace.at), "action": permissions.label_of(trace.action), "badge": badge, "outcome": outcome,
        "office": names.office(trace.office_code, day), "terminal": names.terminal(trace.terminal, day),
    }  # fmt: skip
