"""異動履歴 — what happened to a person, two versions side by side by code points, and what the register said on any day. std 1.2.1, 2.2.1; design §4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_http_methods

from daicho import audit, clock
from daicho.city.queries import terminals_on
from daicho.residents.permissions import Permission
from daicho.residents.queries.history import AsOf, Line, SpellDays, history, person_as_of, versions
from daicho.residents.rules.entries import ENTRIES, Kind, SheetEntries
from daicho.residents.rules.entry_words import entry_label, entry_text, is_in_glyphs, shown_entries
from daicho.residents.rules.name_periods import NamePeriod
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.screens.answers import personal_page
from daicho.residents.screens.counter import Counter
from daicho.residents.screens.for_visitor import for_visitor
from daicho.residents.screens.search import kana_of
from daicho.residents.screens.sheet_groups import groups_of
from daicho.ui.dates import moment, wareki_text
from daicho.ui.forms import BoundForm, FieldSpec, Problem, Width
from daicho.ui.forms import Kind as FieldKind
from daicho.values.dates import BadDate, JapaneseDate

AS_OF = (
    FieldSpec("day", "照会する日", FieldKind.DATE, required=True, width=Width.MEDIUM, hint="この日の住民票の内容を表示します。"),
    FieldSpec("known_on", "記録された時点", FieldKind.DATE, width=Width.MEDIUM, hint="この日の終わりまでに記録されたものだけで表示します。空欄は今の記録。"),
)
_OTHER_NUMBER = "●●●●●●（別の番号）"


@dataclass(frozen=True)
class Row:
    """A line of the history as it is drawn."""

    line: Line
    recorded: str
    place: str
    changed: tuple[str, ...]


@dataclass(frozen=True)
class NameRow:
    """A 旧氏 or 通称, as drawn; `who`: whose, where several people are on the page."""

    kind: str
    period: NamePeriod
    who: str = ""


@dataclass(frozen=True)
class Difference:
    label: str
    old: str
    new: str
    in_glyphs: bool


@require_GET
@audit.personal
@for_visitor(Permission.HISTORY_READ)
def person_history(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """The newest 在住, newest first, with the forms to compare two versions and to ask for a day."""
    return _history_page(request, counter, public_id, None)


@require_GET
@audit.personal
@for_visitor(Permission.HISTORY_READ)
def spell_history(request: HttpRequest, counter: Counter, public_id: UUID, spell_no: int) -> HttpResponse:
    """Another 在住 of the same person, alone (N-2.2.1-05)."""
    return _history_page(request, counter, public_id, spell_no)


def _history_page(request: HttpRequest, counter: Counter, public_id: UUID, spell_no: int | None) -> HttpResponse:
    found, places = history(counter.actor, public_id, spell_no), place_names()
    lines = found.lines
    rows = [history_row(line, places) for line in lines]
    form = BoundForm(AS_OF, {"day": JapaneseDate.of(clock.today()).as_written})
    may = {
        "may_file": counter.actor.may(Permission.FILING_ENTER),
        "may_put_out": counter.actor.may(Permission.FILING_ENTER) or counter.actor.may(Permission.FILING_EXAMINE),
        "may_compare_sheets": bool(found.others) and counter.actor.may(Permission.SHEETS_COMPARE),
        "again": [line for line in lines if line.annulled],
    }
    context = {**_head(public_id, lines[0].entries), **may, "rows": rows, "form": form, "newest": lines[0].history_no, "found": found}
    spells = {
        "others": [(spell.no, days_of(spell)) for spell in found.others],
        "days": days_of(found.spell),
        "is_newest": spell_no is None,
        "name_rows": name_rows_of(found.names),
    }
    return render(request, "residents/history.html", {**context, **spells, "before_newest": lines[1].history_no if len(lines) > 1 else None})


def place_names() -> dict[str, str]:
    """入力場所 and 入力端末 in words, by the terminal's code. Two statements."""
    return {t.code: f"{t.office_name}　{t.name}" for t in terminals_on(clock.today())}


def history_row(line: Line, places: Mapping[str, str]) -> Row:
    """A line as a table draws it."""
    return Row(line, moment(line.recorded_at), places.get(line.terminal) or f"{line.office_code}　{line.terminal}", _changed(line))


def name_rows_of(periods: Sequence[NamePeriod], who: str = "") -> list[NameRow]:
    return [NameRow(entry_label(period.entry), period, who) for period in periods]


def days_of(spell: SpellDays) -> str:
    """「令和5年4月1日から令和6年3月31日まで」 of a 在住; one that a 取消し took away says so."""
    if spell.opened_on is None:
        return "取り消した記載"
    return f"{wareki_text(spell.opened_on)}から{f'{wareki_text(spell.closed_on)}（消除）まで' if spell.closed_on else ''}"


@require_GET
@audit.personal
@for_visitor(Permission.HISTORY_READ)
def compare(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """Two versions of a person, named by their 履歴番号, the older one on the left; of two 在住 for those who may."""
    try:
        named = sorted((int(request.GET["a"]), int(request.GET["b"])))
    except (KeyError, ValueError):
        raise Http404("見比べる履歴番号が二つ選ばれていません。異動履歴の画面で二つ選んでください。") from None
    told = versions(counter.actor, public_id, *named)
    old, new = told[0], told[-1]
    differing, same = _differences(old.entries, new.entries)
    context = {**_head(public_id, new.entries), "old": old, "new": new, "differing": differing, "same": same}
    return render(request, "residents/history_compare.html", context)


@require_http_methods(["GET", "POST"])
@for_visitor(Permission.HISTORY_READ)
def as_of(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """The person and the household on a day, as known by the end of a day (today and now unless said)."""
    if request.method == "GET":
        return HttpResponseRedirect(reverse("residents:history", args=[public_id]) + "#as-of")
    form = BoundForm(AS_OF, request.POST).with_missing()
    form, read = _read(form)
    if form.has_errors:
        return render(request, "residents/as_of.html", {"public_id": public_id, "form": form, "name": "", "found": None}, status=422)
    day, known_on = read["day"], read.get("known_on")
    known_at = datetime.combine(known_on.first, time.max, clock.JST) if known_on else None
    found = person_as_of(counter.actor, public_id, day.first, known_at)
    context = {"public_id": public_id, "form": form, "found": found, "day": day, "known_on": known_on, **_told(found)}
    return personal_page(request, "residents/as_of.html", context)


def _read(form: BoundForm) -> tuple[BoundForm, dict[str, JapaneseDate]]:
    """The days typed, with every problem. Only calendar days: a fold needs one."""
    read: dict[str, JapaneseDate] = {}
    problems = []
    for spec in AS_OF:
        if not (text := form.value(spec.name)):
            continue
        try:
            day = JapaneseDate.parse(text)
        except BadDate as bad:
            problems.append(Problem(spec.name, str(bad)))
            continue
        if not day.is_calendar:
            problems.append(Problem(spec.name, f"{spec.label}は、暦にある日を年月日まで入力してください。"))
        elif spec.name == "known_on" and day.first >= clock.today():
            problems.append(Problem(spec.name, "その日はまだ終わっていません。昨日までの日を入力するか、いまの記録を見るときは空欄にしてください。"))
        read[spec.name] = day
    return form.with_problems(problems), read


def _told(found: AsOf) -> dict[str, object]:
    if found.entries is None:
        return {"name": ""}
    household = [
        (public, shown_name(e) or "（氏名空欄）", e.relationship or "", entry_text("birth_date", e), entry_text("sex_code", e)) for public, e in found.household
    ]
    return {
        "name": shown_name(found.entries) or "（氏名空欄）",
        "kana": kana_of(found.entries),
        "groups": groups_of(found.entries, found.day),
        "household": household,
    }


def _head(public_id: UUID, entries: SheetEntries) -> dict[str, object]:
    return {"public_id": public_id, "name": shown_name(entries) or "（氏名空欄）", "kana": kana_of(entries)}


def _changed(line: Line) -> tuple[str, ...]:
    return tuple(entry_label(name) for name in ENTRIES if name in line.changed)


def _differences(old: SheetEntries, new: SheetEntries) -> tuple[Sequence[Difference], Sequence[Difference]]:
    """Entries that differ, and those that do not and are filled."""
    differing, same = [], []
    for name in shown_entries():
        before, after = entry_text(name, old), entry_text(name, new)
        differs = getattr(old, name) != getattr(new, name)
        if differs and ENTRIES[name].kind is Kind.NUMBER and before and after:
            after = _OTHER_NUMBER
        row = Difference(entry_label(name), before, after, is_in_glyphs(name))
        if differs:
            differing.append(row)
        elif after:
            same.append(row)
    return differing, same


ROUTES = [
    path("person/<uuid:public_id>/history/", person_history, name="history"),
    path("person/<uuid:public_id>/history/spell/<int:spell_no>/", spell_history, name="history_spell"),
    path("person/<uuid:public_id>/history/compare/", compare, name="history_compare"),
    path("person/<uuid:public_id>/as-of/", as_of, name="as_of"),
]
