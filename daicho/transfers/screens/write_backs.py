"""書戻しの画面 — what departments sent, how each stands, and the refusals with every reason. G-26, D-R6."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from daicho import audit
from daicho.staff.queries import actor_of
from daicho.transfers.models import WriteBack
from daicho.transfers.permissions import TransfersPermission
from daicho.transfers.queries.write_backs import get_write_back, list_write_backs
from daicho.transfers.rules.layouts import ENTRY, by_code, layout
from daicho.transfers.screens.words import WRITE_BACK_BADGES, item_names
from daicho.ui.dates import moment, wareki_text
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind
from daicho.values.dates import JapaneseDate

ALL, REFUSED = "all", "refusals"
STATE = FieldSpec(
    "state", "状態", Kind.RADIO,
    choices=(Choice(ALL, "すべて"), Choice(REFUSED, "拒否されたもの"), *(Choice(str(value), str(label)) for value, label in WriteBack.State.choices)),
)  # fmt: skip
COVERED = "●●●●●●（記録あり）"
_REFUSALS = (WriteBack.State.REFUSED_HERE, WriteBack.State.REFUSED)


@dataclass(frozen=True)
class Line:
    """A write-back as it is drawn. `person`: the opaque id, None for nobody known."""

    public_id: UUID
    received: str
    department: str
    purpose_code: str
    entry_no: str
    items: str
    state: tuple[str, str]
    reasons: tuple[str, ...]
    person: UUID | None
    atena_no: str
    decided: str
    history_no: int | None


@require_GET
def write_backs(request: HttpRequest) -> HttpResponse:
    """The list; what is not a known state is no filter. People by 宛名番号 alone."""
    chosen = request.GET.get("state", ALL)
    chosen = chosen if chosen in {choice.value for choice in STATE.choices} else ALL
    before = request.GET.get("before", "")
    found = list_write_backs(
        actor_of(request),
        states={ALL: None, REFUSED: _REFUSALS}.get(chosen, (chosen,)),
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,
    )
    context = {
        "form": BoundForm((STATE,), {"state": chosen}),
        "lines": [line_of(row, found.departments) for row in found.rows],
        "older": {"state": chosen, "before": found.rows[-1].pk} if found.more else None,
    }
    return render(request, "transfers/write_backs.html", context)


@require_GET
def write_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One, with what the department sent."""
    life = get_write_back(actor_of(request), public_id)
    context = {
        "line": line_of(life.row, {life.row.department_code: life.department}),
        "sequence_no": life.row.sequence_no,
        "items": [(_label(item.item), _value(item.item, item.value)) for item in life.entry.items],
        "may_person": actor_of(request).may(TransfersPermission.PERSON_READ),
    }
    return render(request, "transfers/write_back.html", context)


def line_of(row: WriteBack, departments: Mapping[str, str]) -> Line:
    return Line(
        row.public_id, moment(row.received_at), departments.get(row.department_code, row.department_code), row.purpose_code, row.entry_no,
        "、".join(item_names(row.items)), (WRITE_BACK_BADGES[row.state], row.get_state_display()), tuple(row.reasons),
        row.person.public_id if row.person else None, row.person.atena_no if row.person else "", moment(row.decided_at), row.history_no,
    )  # fmt: skip


def _label(name: str) -> str:
    return layout(ENTRY)[name].ja if name in layout(ENTRY) else name


def _value(name: str, value: str | None) -> str:
    """As a clerk reads it; what cannot be read as it came."""
    item = layout(ENTRY).get(name)
    if value is None or item is None:
        return value or ""
    if item.type == "digits":
        return COVERED  # a number of the person: it goes to the register and is shown by no other screen
    if item.type == "flag":
        return {"1": "有", "0": "無"}.get(value, value)
    if item.type == "date" and len(value) == 8 and value.isascii() and value.isdigit():
        return _day(value)
    return by_code(item.code_list)[value].ja if item.code_list and value in by_code(item.code_list) else value


def _day(value: str) -> str:
    try:
        return wareki_text(JapaneseDate.parse(f"{value[:4]}-{value[4:6]}-{value[6:]}").certain())
    except ValueError:
        return value


ROUTES = [
    path("write-backs/", audit.personal(write_backs), name="write_backs"),
    path("write-backs/<uuid:public_id>/", audit.personal(write_back), name="write_back"),
]
