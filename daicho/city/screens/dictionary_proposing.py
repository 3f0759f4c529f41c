"""辞書の変更の申請 — an edition by file, or one row typed by hand; both wait for another officer. 標準1.3.3, 1.3.4."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from daicho import audit
from daicho.city import dictionary_changes as commands
from daicho.city.dictionaries import TOWNS, Column, Dictionary
from daicho.city.errors import CityProblem
from daicho.city.permissions import CityPermission
from daicho.city.rules import LONGEST_REASON
from daicho.city.screens.dictionaries import dictionary_of, row_of
from daicho.city.screens.words import read_day
from daicho.staff.queries import actor_of
from daicho.ui import flash
from daicho.ui.dates import wareki_text
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width
from daicho.ui.forms.reading import missing_message

_FILE = FieldSpec("file", "CSVのファイル", Kind.FILE, required=True, hint="1行目は列の名前、文字コードはUTF-8。")
_DAY = FieldSpec("valid_from", "適用日", Kind.DATE, required=True, width=Width.MEDIUM, hint="この日から変わります。今日以後の日付。")
_REASON = FieldSpec("reason", "理由", required=True, width=Width.FULL, max_length=LONGEST_REASON, hint="提供された版、告示の番号など。")
_Command = Callable[[date, BoundForm], int]


@require_http_methods(["GET", "POST"])
def take_edition(request: HttpRequest, code: str) -> HttpResponse:
    """A whole edition by file. With any wrong line nothing is proposed, and every one is named with its reason."""
    actor = actor_of(request)
    audit.require(actor, CityPermission.DICTIONARY_IMPORT)
    of = dictionary_of(code)
    given = request.FILES.get("file")

    def propose(day: date, form: BoundForm) -> int:
        assert given is not None  # else the form says so
        return commands.propose_edition(actor, of, given.read(), given.name or "", day, form.value("reason"))

    return _answer(request, of, f"{of.ja}の版の取込み", (_FILE, _DAY, _REASON), {}, propose, is_file=True)


@require_http_methods(["GET", "POST"])
def new_row(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    audit.require(actor, CityPermission.DICTIONARY_IMPORT)
    of = dictionary_of(code)

    def propose(day: date, form: BoundForm) -> int:
        return commands.propose_row(actor, of, None, _typed(of, form), day, form.value("reason"))

    return _answer(request, of, f"{of.of}の登録の申請", (*_specs(of), _DAY, _REASON), {}, propose)


@require_http_methods(["GET", "POST"])
def change_row(request: HttpRequest, code: str, no: int) -> HttpResponse:
    """The form begins with what stands; a 町字 keeps its code."""
    actor = actor_of(request)
    audit.require(actor, CityPermission.DICTIONARY_IMPORT)
    of = dictionary_of(code)
    held = row_of(of, no)

    def propose(day: date, form: BoundForm) -> int:
        after = _typed(of, form)
        if of.code == TOWNS.code:
            after["town_code"] = held.row["town_code"]
        return commands.propose_row(actor, of, held.row, after, day, form.value("reason"))

    specs = tuple(spec for spec in _specs(of) if spec.name != "town_code" or of.code != TOWNS.code)
    typed = {column.name: held.row[column.name] or "" for column in of.columns}
    return _answer(request, of, f"{of.title_of(held.row)}の変更の申請", (*specs, _DAY, _REASON), typed, propose, no=no)


@require_http_methods(["GET", "POST"])
def end_row(request: HttpRequest, code: str, no: int) -> HttpResponse:
    """廃止 from a day on: it is offered no more, and what was recorded stays as it is."""
    actor = actor_of(request)
    audit.require(actor, CityPermission.DICTIONARY_IMPORT)
    of = dictionary_of(code)
    held = row_of(of, no)

    def propose(day: date, form: BoundForm) -> int:
        return commands.propose_row(actor, of, held.row, None, day, form.value("reason"))

    return _answer(request, of, f"{of.title_of(held.row)}の廃止の申請", (_DAY, _REASON), {}, propose, no=no)


def _answer(
    request: HttpRequest, of: Dictionary, title: str, specs: tuple[FieldSpec, ...], first: Mapping[str, str], propose: _Command, *, no: int | None = None,
    is_file: bool = False,
) -> HttpResponse:  # fmt: skip
    """The form, or what came of it; a refused one comes back as typed."""
    form = BoundForm(specs, request.POST if request.method == "POST" else first)
    wrong: list[str] = []
    if request.method == "POST":
        day, problems = read_day(form, "valid_from")
        asked = form.with_problems(problems)
        empty = [spec for spec in specs if spec.kind is not Kind.FILE or not request.FILES.get(spec.name)]  # a file is in no text of the form
        form = asked.with_problems(Problem(spec.name, missing_message(spec)) for spec in empty if spec.required and not asked.value(spec.name)).with_overlong()
        if not form.has_errors and day is not None:
            try:
                change_no = propose(day, form)
            except CityProblem as refused:
                names = {spec.name for spec in specs}
                lines = [message for name, message in refused.problems if name not in names]
                wrong = [line for message in lines for line in message.splitlines()]
                form = form.with_problems(Problem(name if name in names else "", message.splitlines()[0]) for name, message in refused.problems)
            else:
                flash.say(request, "success", f"変更を申請しました。別の職員が承認すると、{wareki_text(day)}から変わります。")
                return HttpResponseRedirect(reverse("city:dictionary_change", args=[change_no]))
    context = {"of": of, "title": title, "form": form, "no": no, "is_file": is_file, "wrong": wrong[1:] if len(wrong) > 1 else []}
    return render(request, "city/dictionary_propose.html", context, status=422 if form.has_errors else 200)


def _typed(of: Dictionary, form: BoundForm) -> dict[str, str | None]:
    names = {spec.name for spec in form.specs}
    return {column.name: (form.value(column.name).strip() if column.name in names else "") for column in of.columns}


def _specs(of: Dictionary) -> tuple[FieldSpec, ...]:
    return tuple(_spec(of, column) for column in of.columns)


def _spec(of: Dictionary, column: Column) -> FieldSpec:
    if column.choices:
        return FieldSpec(column.name, column.ja, Kind.RADIO, required=True, choices=tuple(Choice(value, ja) for value, ja in column.choices.items()))
    kind = Kind.NAME if column.name in ("oaza", "koaza", "lot", "address", "name", "ja") or (of.is_ordered and column.ja in ("文字", "外字")) else Kind.TEXT
    digits = column.name in ("town_code", "postal_code")
    width = Width.MEDIUM if digits or column.longest <= 20 else Width.LONG
    return FieldSpec(
        column.name, column.ja, kind, required=column.required, hint=column.hint, max_length=column.longest, letters="digits" if digits else "", width=width
    )
