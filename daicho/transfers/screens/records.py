"""移転記録の画面 — who was told what of whom when, by which grant; by department, person, outcome and day, by POST. F-1-43, D-R4."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, clock
from daicho.audit.middleware import PERSONAL
from daicho.staff.queries import actor_of
from daicho.transfers.models import TransferRecord
from daicho.transfers.permissions import TransfersPermission
from daicho.transfers.queries.departments import departments_on
from daicho.transfers.queries.records import SHOWN, RecordKeys, find_records
from daicho.transfers.screens.typed_days import read_day
from daicho.transfers.screens.words import OUTCOME_BADGES, REASONS, item_names
from daicho.ui.dates import moment, wareki_text
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Width

ANY = "any"


@dataclass(frozen=True)
class Line:
    """A record as it is drawn."""

    at: str
    department: str
    purpose: str
    grant_no: int | None
    items: str
    public_id: UUID | None
    atena_no: str
    history_no: int | None
    way: str
    outcome: tuple[str, str]
    reason: str
    operator: str
    notice_id: UUID | None
    keep_until: str


def specs() -> tuple[FieldSpec, ...]:
    """One query."""
    departments = tuple(Choice(d.code, d.name) for d in departments_on(clock.today()))
    outcomes = (Choice(ANY, "すべて"), *(Choice(str(value), str(label)) for value, label in TransferRecord.Outcome.choices))
    return (
        FieldSpec("department", "移転先", Kind.SELECT, choices=departments),
        FieldSpec("atena_no", "宛名番号", letters="digits", width=Width.MEDIUM, max_length=15),
        FieldSpec("first", "いつから", Kind.DATE, width=Width.MEDIUM),
        FieldSpec("last", "いつまで", Kind.DATE, width=Width.MEDIUM),
        FieldSpec("outcome", "結果", Kind.RADIO, choices=outcomes),
    )


@require_GET
def records(request: HttpRequest) -> HttpResponse:
    """The form. Nobody is shown."""
    audit.require(actor_of(request), TransfersPermission.RECORD_READ)
    return render(request, "transfers/records.html", {"form": BoundForm(specs(), {"outcome": ANY}), "lines": None, "more": False})


@require_POST
def records_found(request: HttpRequest) -> HttpResponse:
    """What fits, the newest first; the form stays above it."""
    actor = actor_of(request)
    audit.require(actor, TransfersPermission.RECORD_READ)
    form = BoundForm(specs(), request.POST)
    if form.unknown_names():
        return HttpResponseBadRequest()
    first, first_problems = read_day(form, "first")
    last, last_problems = read_day(form, "last")
    form = form.with_overlong().with_problems((*first_problems, *last_problems))
    if form.has_errors:
        return render(request, "transfers/records.html", {"form": form, "lines": None, "more": False}, status=422)
    outcome = form.value("outcome")
    known = {choice.value for choice in form.spec("outcome").choices} - {ANY}
    keys = RecordKeys(form.value("department"), form.value("atena_no"), outcome if outcome in known else "", first, last)
    found = find_records(actor, keys)
    setattr(request, PERSONAL, True)
    context = {"form": form, "lines": lines_of(found.records, found.departments), "more": found.more, "most": SHOWN}
    return render(request, "transfers/records.html", context)


def lines_of(rows: Iterable[TransferRecord], departments: Mapping[str, str]) -> list[Line]:
    return [_line(row, departments) for row in rows]


def _line(row: TransferRecord, departments: Mapping[str, str]) -> Line:
    return Line(
        moment(row.at), departments.get(row.department_code, row.department_code), row.grant.purpose_ja if row.grant else row.purpose_code,
        row.grant.pk if row.grant else None, "、".join(item_names(row.grant.items)) if row.grant else "", row.person.public_id if row.person else None,
        row.person.atena_no if row.person else "", row.history_no, row.get_way_display(), (OUTCOME_BADGES[row.outcome], row.get_outcome_display()),
        REASONS.get(row.reason_code, row.reason_code), row.operator, row.notice_id, wareki_text(row.keep_until),
    )  # fmt: skip


ROUTES = [
    path("records/", records, name="records"),
    path("records/found/", records_found, name="records_found"),
]
