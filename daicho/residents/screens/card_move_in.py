"""特例転入の画面 — the question to the former city beside the 転入 form, what came of it, and the form filled with it. 住民基本台帳法第24条の2; S2-03, N-4.1.1.3.

The form goes on without the answer: the question is a part of the page by itself, and waits no longer than the city's setting.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from daicho import audit
from daicho.audit.actor import Actor
from daicho.contracts.move_out_certificate_v1 import MoveOutCertificate, MoveOutPerson
from daicho.residents.commands import card_move_in
from daicho.residents.commands.typed import TypedForm, unseal
from daicho.residents.errors import CannotDo
from daicho.residents.models import Filing
from daicho.residents.permissions import Permission
from daicho.residents.queries.card_move_in import received
from daicho.residents.rules.card_move_in import read_question
from daicho.residents.rules.filling import Difference, Merged
from daicho.residents.rules.vocabulary import MOVED_IN, SEXES, word
from daicho.residents.screens.answers import go, personal_page
from daicho.residents.screens.filing_desk import Desk, desk_of, posted, typed_of
from daicho.ui.forms import BoundForm, FieldSpec, Kind, Problem, Width
from daicho.values.municipalities import municipality_name


def _specs() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec(
            "number",
            "カードから読み取った番号",
            Kind.NUMBER,
            required=True,
            width=Width.MEDIUM,
            max_length=20,
            hint="11桁の住民票コード、又は12桁の個人番号。照会の後は残りません。",
        ),
        FieldSpec(
            "municipality",
            "前住所地の市区町村",
            Kind.ADDRESS,
            required=True,
            width=Width.MEDIUM,
            candidates_url=reverse("ui:candidates", args=["municipalities"]),
        ),
    )


@dataclass(frozen=True)
class Panel:
    """What stands beside the form: the question, with what came of it; or what was received, until when it is good, and how the form differs."""

    form: BoundForm
    message: str = ""
    certificate: MoveOutCertificate | None = None
    city: str = ""
    people: tuple[tuple[MoveOutPerson, str], ...] = ()  # with the word of their sex
    differences: tuple[Difference, ...] = ()
    fills: bool = False  # something of it is not in the form yet
    why_not: str = ""  # the card does not stand for a 転出証明書


@dataclass(frozen=True)
class Beside:
    """For the examiner: what was received beside what was entered. `differences` have an empty `typed` where nothing was."""

    city: str
    certificate: MoveOutCertificate
    differences: tuple[Difference, ...]
    why_not: str = ""


def panel_of(desk: Desk) -> Panel | None:
    """The panel of a form's page; None for another event, and for an officer who may not ask."""
    if desk.row.code != MOVED_IN or not desk.is_editable or not desk.actor.may(Permission.MOVE_OUT_ASK):
        return None
    certificate = received(desk.actor, desk.row)
    return Panel(BoundForm(_specs(), {})) if certificate is None else _received(desk, certificate)


def beside(actor: Actor, row: Filing, form: TypedForm) -> Beside | None:
    """What lies beside a filing that is examined; None when nothing came, or this officer only looks at the list."""
    if not (actor.may(Permission.MOVE_OUT_ASK) or actor.may(Permission.FILING_EXAMINE)):
        return None
    certificate = received(actor, row)
    if certificate is None:
        return None
    merged: Merged = card_move_in.compared(row, form, certificate)
    found = sorted((*merged.filled, *merged.differences), key=lambda one: -1 if one.member is None else one.member)
    return Beside(municipality_name(certificate.former_municipality_code), certificate, tuple(found), card_move_in.why_not(form, certificate))


def _received(desk: Desk, certificate: MoveOutCertificate) -> Panel:
    form = unseal(desk.row.typed)
    merged, why_not = card_move_in.compared(desk.row, form, certificate), card_move_in.why_not(form, certificate)
    people = tuple((person, word(SEXES, person.sex_code)) for person in certificate.people)
    city = municipality_name(certificate.former_municipality_code)
    return Panel(BoundForm(_specs(), {}), "", certificate, city, people, merged.differences, bool(merged.filled), why_not)


@sensitive_post_parameters("number")
@require_POST
def ask(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """Ask and wait, while the clerk goes on in the form beside it. What comes is shown, and put into the form by another key."""
    desk = desk_of(request, filing_id)
    audit.require(desk.actor, Permission.MOVE_OUT_ASK)
    if desk.row.code != MOVED_IN or not desk.is_editable:
        return go(request, "filing", filing_id)
    form = BoundForm(_specs(), request.POST).with_missing()
    question, problems = read_question(form.value("number"), form.value("municipality"), settings.INSTALLATION.municipality_code)
    if not form.has_errors and problems:
        form = form.with_problems(Problem(field, message) for field, message in problems)
    blank = form.without_value("number")
    if form.has_errors or question is None:
        return _part(request, desk, Panel(blank), 422)
    try:
        asked = card_move_in.ask_move_out(desk.actor, desk.row, question)
    except CannotDo as refused:
        return _part(request, desk, Panel(blank, refused.message))
    if not asked.found:
        return _part(request, desk, Panel(blank, asked.message_ja))
    again = desk_of(request, filing_id)
    return _part(request, again, panel_of(again) or Panel(blank))


@require_POST
def reflect(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """Put what was received into the form, as it stands in the browser: what is empty, or, by another button, what differs too."""
    desk = desk_of(request, filing_id)
    if not desk.is_editable:
        return go(request, "filing", filing_id)
    try:
        merged = card_move_in.reflect(desk.actor, filing_id, typed_of(posted(request, desk)), overwrite=request.POST.get("do") == "overwrite")
    except CannotDo as refused:
        return go(request, "filing", filing_id, say=refused.message, level="error")
    said = f"転出証明書情報を{len(merged.filled)}項目に反映しました。"
    if not merged.differences:
        return go(request, "filing", filing_id, say=f"{said}内容を届書と照らして、必要なら直してください。")
    return go(request, "filing", filing_id, say=f"{said}入力と違う{len(merged.differences)}項目は、入力のままです。違いを確認してください。", level="warning")


@require_POST
def discard(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """The certificate is not used; the form is kept as it stands in the browser by its own saves."""
    desk = desk_of(request, filing_id)
    try:
        card_move_in.discard(desk.actor, filing_id)
    except CannotDo as refused:
        return go(request, "filing", filing_id, say=refused.message, level="error")
    return go(request, "filing", filing_id, say="受信した転出証明書情報を消去しました。", level="info")


def _part(request: HttpRequest, desk: Desk, panel: Panel, status: int = 200) -> HttpResponse:
    """The panel alone, for the page's script; with the whole page where there is none."""
    if not request.headers.get("HX-Request"):
        return go(
            request, "filing", desk.row.public_id, say=panel.message or "前住所地への照会を確認してください。", level="warning" if panel.message else "info"
        )
    context = {"panel": panel, "row": desk.row}
    return (personal_page if panel.certificate else render)(request, "residents/card_move_in_panel.html", context, status=status)


ROUTES = [
    path("filings/<uuid:filing_id>/move-out/", ask, name="filing_move_out"),
    path("filings/<uuid:filing_id>/move-out/reflect/", reflect, name="filing_move_out_reflect"),
    path("filings/<uuid:filing_id>/move-out/discard/", discard, name="filing_move_out_discard"),
]
