"""変更の申請 — the form in which an officer says what shall hold from a day on, and why. 標準1.3.1, 1.3.9; spec/domain.md §13."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from daicho import audit, clock
from daicho.city import commands
from daicho.city.defaults import DEFAULTS
from daicho.city.errors import CityProblem
from daicho.city.kinds import Amounts, Days, LetterText, OneOf, Printers, Procedures, Remissions, SomeOf, Text, Value, Whole
from daicho.city.permissions import CityPermission
from daicho.city.queries import offices
from daicho.city.rules import ABOUT_JA, DEPUTY, ENTRIES, KEY_JA, LONGEST_REASON, About, Change
from daicho.city.screens.thing import find_thing, heading
from daicho.city.screens.words import read_day
from daicho.staff.queries import actor_of
from daicho.ui import flash
from daicho.ui.dates import wareki_text
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width

_KEY_LENGTH = {About.OFFICE: 12, About.TERMINAL: 20}


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, about: str, key: str) -> HttpResponse:
    """A change of something that is there; the form begins with what holds today."""
    _require(request, about)
    kind, its = find_thing(about, key)
    held = [one for one in its if one.holds_on(clock.today())] or its
    given = held[-1].given if held else {"value": DEFAULTS[key].value} if kind is About.SETTING else {}
    return _answer(request, kind, key, f"{heading(kind, key, its)}の変更の申請", _specs(kind, key), _typed(kind, key, given))


@require_http_methods(["GET", "POST"])
def new_thing(request: HttpRequest, about: str) -> HttpResponse:
    """A new office or terminal."""
    _require(request, about)
    if about not in _KEY_LENGTH:
        raise Http404
    kind = About(about)
    code = FieldSpec(
        "key", KEY_JA[kind], required=True, width=Width.MEDIUM, max_length=_KEY_LENGTH[kind], letters="latin", hint="英数字とハイフン。あとから変えられません。"
    )
    return _answer(request, kind, "", f"{ABOUT_JA[kind]}の登録の申請", (code, *_specs(kind, "")), {"order": "0"})


@require_http_methods(["GET", "POST"])
def end_thing(request: HttpRequest, about: str, key: str) -> HttpResponse:
    """廃止 from a day on."""
    _require(request, about)
    kind, its = find_thing(about, key)
    if kind is About.SETTING:
        raise Http404
    specs = (FieldSpec("valid_from", "廃止の日", Kind.DATE, required=True, width=Width.MEDIUM, hint="この日から使わなくなります。"), _reason())
    return _answer(request, kind, key, f"{heading(kind, key, its)}の廃止の申請", specs, {}, ends=True)


def _require(request: HttpRequest, about: str) -> None:
    """The right before what is there: to propose such a change, or at least to look, where there is no such kind of thing."""
    audit.require(actor_of(request), commands.PROPOSES[About(about)] if about in set(About) else CityPermission.SETTING_READ)


def _answer(
    request: HttpRequest, kind: About, key: str, title: str, specs: tuple[FieldSpec, ...], typed: Mapping[str, str | Sequence[str]], *, ends: bool = False
) -> HttpResponse:
    actor = actor_of(request)
    form = BoundForm(specs, request.POST if request.method == "POST" else typed)
    if request.method == "POST":
        change, form = _read(form, kind, key, ends=ends)
        if change is not None:
            try:
                no = commands.propose(actor, change)
            except CityProblem as refused:
                form = form.with_problems(Problem(name if name in {spec.name for spec in specs} else "", message) for name, message in refused.problems)
            else:
                flash.say(request, "success", f"変更を申請しました。別の職員が承認すると、{wareki_text(change.valid_from)}から有効になります。")
                return HttpResponseRedirect(reverse("city:change", args=[no]))
    context = {
        "title": title, "form": form, "key": key, "about": kind.value, "back": "settings" if kind is About.SETTING else "places", "ends": ends,
        "setting": DEFAULTS.get(key) if kind is About.SETTING else None,
    }  # fmt: skip
    return render(request, "city/propose.html", context, status=422 if form.has_errors else 200)


def _read(form: BoundForm, kind: About, key: str, *, ends: bool) -> tuple[Change | None, BoundForm]:
    """The change as typed, or the form with what cannot be read; what is typed but wrong is for the rules to say."""
    days: dict[str, date | None] = {}
    for name in ("valid_from", "valid_to"):
        if any(spec.name == name for spec in form.specs):
            days[name], problems = read_day(form, name)
            form = form.with_problems(problems)
    form = form.with_missing()
    if form.has_errors or (first := days["valid_from"]) is None:
        return None, form
    given = None if ends else _given(form, kind, key)
    return Change(kind, key or form.value("key"), given, first, days.get("valid_to"), form.value("reason")), form


def _given(form: BoundForm, kind: About, key: str) -> dict[str, Value]:
    if kind is About.SETTING:
        return {"value": DEFAULTS[key].kind.read(form.cleaned_values("value"))}
    return {entry.name: Whole(0, 999).read([form.value(entry.name) or "0"]) if entry.is_order else form.value(entry.name) for entry in ENTRIES[kind]}


def _typed(kind: About, key: str, given: Mapping[str, Value]) -> dict[str, str | Sequence[str]]:
    if kind is About.SETTING:
        return {"value": DEFAULTS[key].kind.typed(given["value"])}
    return {name: str(value) for name, value in given.items()}


def _specs(kind: About, key: str) -> tuple[FieldSpec, ...]:
    fields = (_value_field(key),) if kind is About.SETTING else tuple(_entry_field(kind, entry.name) for entry in ENTRIES[kind])
    first = FieldSpec("valid_from", "有効開始日", Kind.DATE, required=True, width=Width.MEDIUM, hint="この日から有効になります。今日以後の日付。")
    is_deputy = (kind, key) == (About.CERTIFIER, DEPUTY)
    last = FieldSpec(
        "valid_to", "有効終了日", Kind.DATE, required=is_deputy, width=Width.MEDIUM, hint="この日まで。" + ("" if is_deputy else "期限のないときは空欄。")
    )
    return (*fields, first, *((last,) if kind in (About.SETTING, About.CERTIFIER) else ()), _reason())


def _reason() -> FieldSpec:
    return FieldSpec("reason", "理由", required=True, width=Width.FULL, max_length=LONGEST_REASON, hint="条例の改正、庁舎の移転など。")


def _entry_field(kind: About, name: str) -> FieldSpec:
    [entry] = [one for one in ENTRIES[kind] if one.name == name]
    if name == "office_code":
        chosen = tuple(Choice(office.code, office.name) for office in offices(clock.today()))
        return FieldSpec(name, entry.ja, Kind.SELECT, required=True, choices=chosen)
    kind_of = Kind.NAME if kind is About.CERTIFIER and name in ("title", "name") else Kind.TEXT
    letters = "digits" if entry.is_order or name == "postal_code" else ""
    width = Width.SHORT if letters else Width.LONG
    return FieldSpec(
        name, entry.ja, kind_of, required=entry.required, hint=entry.hint, max_length=3 if entry.is_order else entry.longest, letters=letters, width=width
    )


def _value_field(key: str) -> FieldSpec:
    """The control that a setting's kind asks for."""
    default = DEFAULTS[key]
    kind, hint = default.kind, f"{default.accepts_ja}。"
    match kind:
        case OneOf():
            choices = tuple(Choice(kind.typed(value)[0], ja) for value, ja in kind.choices.items())
            return FieldSpec("value", "新しい値", Kind.RADIO, required=True, choices=choices)
        case SomeOf():
            return FieldSpec("value", "新しい値", Kind.CHECKBOXES, choices=tuple(Choice(value, ja) for value, ja in kind.choices.items()))
        case Days() | Printers() | Procedures() | Remissions() | Amounts():
            return FieldSpec("value", "新しい値", Kind.TEXTAREA, width=Width.FULL, hint=hint)
        case Text() | LetterText():
            return FieldSpec("value", "新しい値", Kind.TEXTAREA, required=not kind.may_be_empty, width=Width.FULL, max_length=1000, hint=hint)
        case _:
            return FieldSpec("value", "新しい値", required=True, width=Width.SHORT, max_length=12, letters="digits", hint=hint)
