"""二重登録の候補の画面 — the pairs that wait, one pair fact by fact, 別人 or a 統合 proposed. 住民基本台帳法第8条; decision 0038."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, clock
from daicho.residents.commands import doubles as commands
from daicho.residents.commands import unions as union_commands
from daicho.residents.errors import CannotDo
from daicho.residents.permissions import Permission
from daicho.residents.queries.doubles import DoubleFound, get_double, undecided
from daicho.residents.queries.persons import SheetView
from daicho.residents.queries.unions import list_unions
from daicho.residents.rules.doubles import GROUNDS_JA, Agreement, Fact, Ground
from daicho.residents.rules.entries import ENTRIES, Kind
from daicho.residents.rules.entry_words import entry_text
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.screens.answers import go, to_visit
from daicho.residents.screens.counter import at_counter
from daicho.residents.screens.for_visitor import RETURN_TO
from daicho.residents.screens.standing import standing_of
from daicho.staff.queries import actor_of
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Problem, Width
from daicho.ui.forms import Kind as FieldKind

NO_NAME = "（氏名空欄）"
BADGES = {Agreement.AGREES: "warning", Agreement.ALIKE: "waiting", Agreement.DIFFERS: "success", Agreement.MISSING: "neutral"}
PAIR = (
    FieldSpec("first", "宛名番号", required=True, letters="digits", width=Width.MEDIUM, max_length=20),
    FieldSpec("second", "もう一つの宛名番号", required=True, letters="digits", width=Width.MEDIUM, max_length=20),
)
TWO_REASON = FieldSpec("two_reason", "別人と判断した理由", required=True, max_length=500, hint="例：戸籍の附票で、別の人であることを確かめた")
UNITE_REASON = FieldSpec("unite_reason", "同じ人と判断した理由", required=True, max_length=500, hint="例：戸籍謄本と本人の申出により、同じ人と確かめた")


@dataclass(frozen=True)
class FactRow:
    """One fact of both, as drawn. Numbers only by whether they agree."""

    label: str
    texts: tuple[str, str]
    agreement: str
    badge: str
    in_glyphs: bool


@require_GET
@audit.personal
def doubles(request: HttpRequest) -> HttpResponse:
    """The pairs that wait, and every 統合."""
    return _list(request, BoundForm(PAIR, {}))


@require_POST
def gather(request: HttpRequest) -> HttpResponse:
    """The whole register is looked through now, as every night."""
    counts = commands.gather_doubles(actor_of(request))
    return go(request, "doubles", say=f"候補を探しました。新しい候補{counts['new']}組、もう一度確かめる候補{counts['again']}組。")


@require_POST
@audit.personal
def name(request: HttpRequest) -> HttpResponse:
    """A pair that an officer names."""
    form = BoundForm(PAIR, request.POST).with_missing()
    if not form.has_errors:
        try:
            double = commands.name_pair(actor_of(request), (form.value("first"), form.value("second")))
            return go(request, "double", double.public_id)
        except CannotDo as refused:
            form = form.with_problems([Problem("", refused.message)])
    return _list(request, form, 422)


def _list(request: HttpRequest, form: BoundForm, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    rows = [(line, [GROUNDS_JA[Ground(ground)] for ground in line.double.grounds]) for line in undecided(actor)]
    context = {"rows": rows, "unions": [(union, union.state) for union in list_unions(actor)], "form": form}
    return render(request, "residents/doubles.html", context, status=status)


@require_GET
@audit.personal
def double(request: HttpRequest, double_id: UUID) -> HttpResponse:
    return _page(request, double_id, {})


@require_POST
@audit.personal
def two(request: HttpRequest, double_id: UUID) -> HttpResponse:
    """別人, with a reason."""
    try:
        commands.say_two(actor_of(request), double_id, request.POST.get("two_reason", ""))
    except CannotDo as refused:
        return _page(request, double_id, request.POST, Problem("two_reason", refused.message))
    return go(request, "doubles", say="別人として記録しました。内容が変わるまで候補に挙がりません。")


@require_POST
@audit.personal
def unite(request: HttpRequest, double_id: UUID) -> HttpResponse:
    """統合の提案; with a removal the officer goes on in its form."""
    counter = at_counter(request)
    audit.require(counter.actor, Permission.DOUBLE_DECIDE)
    if counter.visit is None:
        request.session[RETURN_TO] = reverse("residents:double", args=[double_id])
        return to_visit(request)
    try:
        stays = UUID(request.POST.get("stays", ""))
    except ValueError:
        return _page(request, double_id, request.POST, Problem("stays", "残す宛名番号を選んでください。"))
    try:
        union = union_commands.propose(counter.actor, counter.visit, double_id, stays, request.POST.get("unite_reason", ""))
    except CannotDo as refused:
        return _page(request, double_id, request.POST, Problem("unite_reason", refused.message))
    if union.filing is not None:
        said = "統合でなくなる宛名番号の住民票の職権消除を用意しました。確かめて仮登録してください。ほかの職員の照合と本登録で、統合も成立します。"
        return go(request, "filing", union.filing.public_id, say=said, level="info")
    return go(request, "union", union.public_id, say="統合を提案しました。ほかの職員が承認すると成立します。")


def _page(request: HttpRequest, double_id: UUID, data: object, *refused: Problem) -> HttpResponse:
    found = get_double(actor_of(request), double_id)
    if not isinstance(data, dict) and not hasattr(data, "getlist"):
        raise BadRequest
    form = BoundForm((_stays(found), UNITE_REASON, TWO_REASON), data).with_problems(refused)  # type: ignore[arg-type]  # a mapping, as was just seen
    context = {
        "found": found,
        "grounds": [GROUNDS_JA[Ground(ground)] for ground in found.double.grounds],
        "people": [(view, shown_name(view.entries) or NO_NAME, standing_of(view.entries, clock.today())) for view in found.people],
        "facts": [_fact(fact, found.people) for fact in found.facts],
        "form": form,
        "union_state": found.union.state if found.union else "",
    }
    return render(request, "residents/double.html", context, status=422 if refused else 200)


def _stays(found: DoubleFound) -> FieldSpec:
    choices = tuple(Choice(view.public_id, f"{view.atena_no}（{'いまの住民票' if view.entries.closed_on is None else '除票'}）") for view in found.people)
    return FieldSpec("stays", "残す宛名番号", FieldKind.RADIO, required=True, choices=choices)


def _fact(fact: Fact, people: tuple[SheetView, SheetView]) -> FactRow:
    texts = tuple(_text(fact, view) for view in people)
    return FactRow(fact.label, (texts[0], texts[1]), fact.agreement.value, BADGES[fact.agreement], fact.entry not in ("birth_date", "sex_code"))


def _text(fact: Fact, view: SheetView) -> str:
    entries = view.entries
    if fact.entry == "name":
        return shown_name(entries) or ""
    if fact.entry == "former_surname":
        return "　".join(filter(None, (entries.former_surname, entries.foreign_alias)))
    if fact.entry == "name_kana":
        return entries.name_kana or entries.foreign_name_katakana or entries.foreign_alias_kana or ""
    if ENTRIES[fact.entry].kind is Kind.NUMBER:
        return "（記録あり）" if getattr(entries, fact.entry) is not None else ""
    if fact.entry == "address":
        former = [text for text in (entries.previous_address, entries.confirmed_move_out_address or entries.planned_move_out_address) if text]
        return "　".join([entries.address or "", *(f"（前後の住所　{text}）" for text in former)])
    return entry_text(fact.entry, entries)


ROUTES = [
    path("doubles/", doubles, name="doubles"),
    path("doubles/gather/", gather, name="doubles_gather"),
    path("doubles/name/", name, name="doubles_name"),
    path("doubles/<uuid:double_id>/", double, name="double"),
    path("doubles/<uuid:double_id>/two/", two, name="double_two"),
    path("doubles/<uuid:double_id>/unite/", unite, name="double_unite"),
]
