"""異動履歴の照会の画面 — by every item of the history, and of a household; by POST, nothing of it in an address. std 2.2.1 (N-2.2.1-02…-05)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, clock
from daicho.city.queries import offices, terminals_on
from daicho.residents.permissions import Permission
from daicho.residents.queries.events_found import EventConditions, find_events, household_history
from daicho.residents.queries.history import Line
from daicho.residents.rules.days_filed import DAYS_FILED
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.search_birth import days_asked
from daicho.residents.rules.standard_reasons import REASONS
from daicho.residents.screens.answers import personal_page
from daicho.residents.screens.counter import Counter
from daicho.residents.screens.for_visitor import for_visitor
from daicho.residents.screens.history import Row, history_row, name_rows_of, place_names
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width
from daicho.values.dates import BadDate, JapaneseDate

_DAYS_HINT = "例：令和8年4月1日、R8.4.1。「令和8年4月」「令和8年」は、その間のすべての日。"
_FILED = {f"filed_{basis.name.lower()}": (basis, word) for basis, word in DAYS_FILED.items()}
_DAYS = {"effective_on": "異動日", "recorded_on": "処理日", **{name: word for name, (_, word) in _FILED.items()}}
NO_NAME = "（氏名空欄）"


@dataclass(frozen=True)
class PersonRow:
    """A line of several people's history, as drawn."""

    who: str
    row: Row

    @property
    def line(self) -> Line:
        return self.row.line

    @property
    def recorded(self) -> str:
        return self.row.recorded

    @property
    def place(self) -> str:
        return self.row.place

    @property
    def changed(self) -> tuple[str, ...]:
        return self.row.changed


def _specs() -> tuple[FieldSpec, ...]:
    today = clock.today()
    places = [Choice(office.code, office.name) for office in offices(today)]
    terminals = [Choice(terminal.code, f"{terminal.office_name}　{terminal.name}") for terminal in terminals_on(today)]
    reasons = [Choice(word, word) for word in dict.fromkeys(word for _, word in REASONS)]
    return (
        FieldSpec("atena_no", "異動者の宛名番号", letters="digits", width=Width.MEDIUM, max_length=20, hint="いまの在住の異動だけを照会します。"),
        FieldSpec("reason", "異動事由", Kind.SELECT, choices=tuple(reasons)),
        *(FieldSpec(name, word, width=Width.MEDIUM, hint=_DAYS_HINT if name == "effective_on" else "") for name, word in _DAYS.items()),
        FieldSpec("office_code", "入力場所", Kind.SELECT, choices=tuple(places)),
        FieldSpec("terminal", "入力端末", Kind.SELECT, choices=tuple(terminals)),
        FieldSpec("remark", "留意事項", max_length=100, hint="留意事項に含まれる言葉"),
    )


@require_GET
@for_visitor(Permission.HISTORY_READ)
def find(request: HttpRequest, counter: Counter) -> HttpResponse:
    return render(request, "residents/events_find.html", _context(counter, BoundForm(_specs(), {})))


@require_POST
@for_visitor(Permission.HISTORY_READ)
def found(request: HttpRequest, counter: Counter) -> HttpResponse:
    """The rows that fit, below the conditions as they were typed; or every problem at its field."""
    form = BoundForm(_specs(), request.POST).with_overlong()
    if form.unknown_names():
        return HttpResponseBadRequest()
    form, asked = _read(form)
    if asked is None:
        return render(request, "residents/events_find.html", _context(counter, form), status=422)
    answer = find_events(counter.actor, asked)
    return personal_page(request, "residents/events_find.html", _context(counter, form, rows=person_rows(answer.lines), more=answer.more))


def _context(counter: Counter, form: BoundForm, *, rows: list[PersonRow] | None = None, more: bool = False) -> dict[str, object]:
    return {"form": form, "rows": rows, "more": more, "may_read_issues": counter.actor.may(Permission.ISSUE_READ)}


@require_GET
@audit.personal
@for_visitor(Permission.HISTORY_READ)
def of_household(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """Everybody's events of the household in one list, and the 旧氏 and 通称 of each."""
    told = household_history(counter.actor, public_id)
    names = {line.public_id: _name(line) for line in reversed(told.lines)}
    name_rows = [row for person, periods in told.names.items() for row in name_rows_of(periods, names.get(person, ""))]
    context = {"public_id": public_id, "household_no": told.household_no, "rows": person_rows(told.lines), "name_rows": name_rows}
    return render(request, "residents/household_history.html", {**context, "caption": "世帯員の異動", "more": False})


def person_rows(lines: Iterable[Line]) -> list[PersonRow]:
    places = place_names()
    return [PersonRow(_name(line), history_row(line, places)) for line in lines]


def _name(line: Line) -> str:
    return shown_name(line.entries) or NO_NAME


def _read(form: BoundForm) -> tuple[BoundForm, EventConditions | None]:
    days: dict[str, JapaneseDate] = {}
    problems = []
    for name in _DAYS:
        if text := form.value(name):
            try:
                days[name] = _within_a_year(text)
            except BadDate as bad:
                problems.append(Problem(name, str(bad)))
    filed = {basis: days[name] for name, (basis, _) in _FILED.items() if name in days}
    words = {name: form.value(name) for name in ("atena_no", "reason", "office_code", "terminal", "remark")}
    if not days and not any(words.values()) and not problems:
        problems.append(Problem("", "条件がありません。1つ以上の項目を入力して、照会してください。"))
    form = form.with_problems(problems)
    if form.has_errors:
        return form, None
    return form, EventConditions(effective_on=days.get("effective_on"), recorded_on=days.get("recorded_on"), filed=filed, **words)


def _within_a_year(text: str) -> JapaneseDate:
    day = days_asked(text)
    if (day.last - day.first).days > 366:
        raise BadDate("年月日、年月又は年で入力してください。1年より長い間は照会できません。")
    return day


ROUTES = [
    path("events/", find, name="events_find"),
    path("events/found/", found, name="events_found"),
    path("person/<uuid:public_id>/household/history/", of_household, name="household_history"),
]
