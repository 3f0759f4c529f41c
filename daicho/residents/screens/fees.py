"""手数料日報の画面 — the day's fees by window, officer and certificate, as a page to print and as CSV; and the closing of each window. 地方自治法第227条; 市の財務規則."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from daicho import audit, clock
from daicho.certificates.fees import word_of
from daicho.certificates.papers import PAPER_NAMES
from daicho.city.queries import PlaceNames, offices, place_names
from daicho.residents.commands.fee_closings import Count, NotClosed, close_day, confirm
from daicho.residents.errors import CannotDo
from daicho.residents.permissions import Permission
from daicho.residents.queries.fees import Closed, FeeDay, fee_day
from daicho.residents.rules.fee_report import Line
from daicho.residents.screens.answers import go
from daicho.residents.screens.support_form import read_day
from daicho.staff.queries import actor_of
from daicho.ui.dates import wareki_text
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width

_HEADS = ("区分", "場所", "窓口", "職員", "証明書", "通数", "手数料（円）", "うち免除（通）", "処分（通）", "返金（円）", "差引（円）")


def _asked() -> tuple[FieldSpec, ...]:
    places = tuple(Choice(office.code, office.name) for office in offices(clock.today()))
    return (
        FieldSpec("day", "日", Kind.DATE, required=True, width=Width.MEDIUM),
        FieldSpec("office", "場所", Kind.SELECT, choices=places, hint="選ばなければ、すべての場所"),
    )


COUNTED = (
    FieldSpec("counted", "数えた現金", required=True, width=Width.SHORT, letters="digits", max_length=9, unit="円"),
    FieldSpec("note", "差額の理由", width=Width.FULL, max_length=300),
)


@require_http_methods(["GET", "POST"])
def fees(request: HttpRequest) -> HttpResponse:
    """The report of today, or of the day asked for."""
    audit.require(actor_of(request), Permission.FEES_READ)
    specs = _asked()
    data = {"day": wareki_text(clock.today())} if request.method == "GET" else request.POST
    form, day = _read(BoundForm(specs, data))
    if day is None:
        return render(request, "residents/fees.html", {"form": form, "found": None}, status=422)
    return _page(request, form, day, form.value("office"))


@require_POST
def fees_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV: no person of the register is in it."""
    audit.require(actor_of(request), Permission.FEES_READ)
    form, day = _read(BoundForm(_asked(), request.POST))
    if day is None:
        return render(request, "residents/fees.html", {"form": form, "found": None}, status=422)
    found, places = fee_day(actor_of(request), day, form.value("office")), place_names()
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(_HEADS)
    for way, lines in (("現金", found.report.cash), ("定額小為替", found.report.money_orders)):
        for line in lines:
            rows.writerow((way, *_cells(line, places, day)))
    answer = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="fees-{day:%Y%m%d}.csv"'
    return answer


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """A window's money counted, or confirmed (`confirm`: which count)."""
    actor = actor_of(request)
    audit.require(actor, Permission.FEES_CLOSE)
    audit.require(actor, Permission.FEES_READ)
    form = BoundForm((*_asked(), *COUNTED, FieldSpec("terminal", "窓口")), request.POST)
    if form.unknown_names(("csrfmiddlewaretoken", "confirm", "window")):
        raise BadRequest("a field that the form does not have")
    shown, day = _read(form)
    if day is None:
        return render(request, "residents/fees.html", {"form": shown, "found": None}, status=422)
    try:
        if request.POST.get("confirm", "").isdecimal():
            confirm(actor, int(request.POST["confirm"]))
            return go(request, "fees", say="手数料の締めを確認しました。")
        typed = form.value("counted").replace(",", "")
        window = request.POST.get("window", "")
        close_day(actor, Count(day, window, form.value("terminal"), int(typed) if typed.isdecimal() else None, form.value("note")))
    except NotClosed as refused:
        return _page(request, form.with_problems(Problem(*each) for each in refused.reasons), day, form.value("office"), status=422)
    except CannotDo as refused:
        return go(request, "fees", say=refused.message, level="error")
    return go(request, "fees", say="数えた額を記録しました。")


def _read(form: BoundForm) -> tuple[BoundForm, date | None]:
    form = form.with_overlong()
    day, fault = read_day(form.value("day"))
    if day is None or day > clock.today():
        fault = fault or ("日を入力してください。" if day is None else "まだ来ていない日です。本日までの日を入力してください。")
        return form.with_problems([Problem("day", fault)]), None
    return form, day


def _cells(line: Line, places: PlaceNames, day: date) -> tuple[object, ...]:
    return (
        places.office(line.office, day), places.terminal(line.terminal, day), line.officer, PAPER_NAMES.get(line.kind, line.kind), line.copies,
        line.charged_yen, line.exempt, line.taken_back, line.refunded_yen, line.kept_yen,
    )  # fmt: skip


def _sum(lines: Iterable[Line]) -> tuple[int, ...]:
    found = tuple(lines)
    names = ("copies", "charged_yen", "exempt", "taken_back", "refunded_yen", "kept_yen")
    return tuple(sum(getattr(line, name) for line in found) for name in names)


def _page(request: HttpRequest, form: BoundForm, day: date, office: str, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    found, places = fee_day(actor, day, office), place_names()
    tables = [
        (title, [_cells(line, places, day) for line in lines], _sum(lines))
        for title, lines in (("現金", found.report.cash), ("定額小為替（郵送）", found.report.money_orders))
    ]
    context = {
        "form": form, "found": found, "day": day, "heads": _HEADS[1:], "tables": tables, "office": office,
        "exempt": [(word_of(code, found.remissions), copies) for code, copies in found.report.exempt],
        "windows": [_window(each, places, day, found) for each in found.closed], "may_close": actor.may(Permission.FEES_CLOSE),
    }  # fmt: skip
    return render(request, "residents/fees.html", context, status=status)


def _window(each: Closed, places: PlaceNames, day: date, found: FeeDay) -> dict[str, object]:
    done = each.confirmed is not None or (each.count is not None and not found.two_officers)
    state = (
        ("warning", "締めた後に交付や処分がある")
        if each.is_stale
        else ("success", "締め済み")
        if done
        else ("waiting", "確認待ち")
        if each.count
        else ("info", "まだ")
    )
    return {"closed": each, "place": places.office(each.office, day), "terminal": places.terminal(each.terminal, day), "state": state}


ROUTES = [
    path("fees/", fees, name="fees"),
    path("fees/csv/", fees_csv, name="fees_csv"),
    path("fees/close/", close, name="fees_close"),
]
