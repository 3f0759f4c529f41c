"""運転の状況 — whether the service runs, the register's last sign of life, what waits; stop by one officer, reopening by two. S5-01, S5-02."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit
from daicho.konbini.commands import service as commands
from daicho.konbini.commands.service import CannotTurn
from daicho.konbini.models import ServiceTurn
from daicho.konbini.permissions import KonbiniPermission
from daicho.konbini.queries.service import ServiceState, service_state
from daicho.staff.queries import actor_of
from daicho.ui import flash
from daicho.ui.dates import moment
from daicho.ui.forms import BoundForm, FieldSpec, Width

_HINT = "氏名や番号は書かないでください。"


@dataclass(frozen=True)
class Act:
    """What an officer may do with the service: its command, right and words."""

    name: str
    command: Callable[[audit.Actor, str], None]
    right: KonbiniPermission
    heading: str
    lead: str
    button: str
    style: str
    done: str

    def form(self, data: Mapping[str, str | Sequence[str]]) -> BoundForm:
        return BoundForm((FieldSpec("reason", f"{self.heading}の理由", required=True, width=Width.FULL, max_length=200, hint=_HINT),), data)


STOP = Act(
    "stop", commands.stop, KonbiniPermission.SERVICE_STOP, "停止", "すべての請求を、ただちに断ります。再開には職員2人の操作が要ります。",
    "コンビニ交付を停止する", "danger", "コンビニ交付を停止しました。",
)  # fmt: skip
PROPOSE = Act(
    "propose", commands.propose_reopening, KonbiniPermission.SERVICE_REOPEN, "再開の申出",
    "停止した原因と、直したことを確かめてから申し出ます。別の職員が承認すると再開します。", "再開を申し出る", "primary",
    "再開を申し出ました。別の職員の承認で再開します。",
)  # fmt: skip
REOPEN = Act(
    "reopen", commands.reopen, KonbiniPermission.SERVICE_REOPEN, "再開の承認", "申出の理由を確かめてから承認します。承認すると、ただちに再開します。",
    "承認して再開する", "primary", "コンビニ交付を再開しました。",
)  # fmt: skip
ACTS = {act.name: act for act in (STOP, PROPOSE, REOPEN)}


@dataclass(frozen=True)
class TurnLine:
    """A stop or reopening as it is drawn."""

    row: ServiceTurn
    at: str
    kind: str
    cause: str


@require_GET
def service(request: HttpRequest) -> HttpResponse:
    """How the service stands, with what the officer may do now."""
    return _page(request)


@require_POST
def turn(request: HttpRequest, act: str) -> HttpResponse:
    """Stop, propose, reopen."""
    chosen = ACTS[act]
    form = chosen.form(request.POST).with_missing()
    if form.has_errors:
        return _page(request, {chosen.name: form}, status=422)
    try:
        chosen.command(actor_of(request), form.value("reason"))
    except CannotTurn as refused:
        flash.say(request, "error", str(refused))
    else:
        flash.say(request, "success", chosen.done)
    return HttpResponseRedirect(reverse("konbini:service"))


def _page(request: HttpRequest, sent: Mapping[str, BoundForm] | None = None, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    state = service_state(actor)
    act = _act_of(actor, state)
    form = (sent or {}).get(act.name, act.form({})) if act else None
    sign = state.sign
    context = {
        "state": state,
        "sign": sign,
        "heard": moment(sign.at) if sign else "",
        "oldest": moment(sign.oldest_waiting_at) if sign else "",
        "seconds": int(state.silent_after.total_seconds()),
        "act": act,
        "form": form,
        "is_own_proposal": state.proposed_by is not None and state.proposed_by.by_account_id_no == actor.account_id,
        "turns": [TurnLine(row, moment(row.at), row.get_kind_display(), row.get_cause_display()) for row in state.turns],
    }
    return render(request, "konbini/service.html", context, status=status)


def _act_of(actor: audit.Actor, state: ServiceState) -> Act | None:
    """The one thing that can be done as things stand, if this officer may do it."""
    if not state.is_stopped:
        act = STOP
    elif state.proposed_by is None:
        act = PROPOSE
    else:
        act = REOPEN
        if state.proposed_by.by_account_id_no == actor.account_id:
            return None
    return act if actor.may(act.right) else None


ROUTES = [
    path("service/", service, name="service"),
    *(path(f"service/{name}/", turn, {"act": name}, name=f"service_{name}") for name in ACTS),
]
