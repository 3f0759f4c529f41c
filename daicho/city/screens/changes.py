"""変更の承認 — what waits for another officer and what was decided; one change with before and after side by side. 標準1.3; spec/domain.md §13."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, clock
from daicho.city import commands
from daicho.city.permissions import CityPermission
from daicho.city.proposals import ProposalView, decided, find_proposal, standing_before, waiting
from daicho.city.queries import offices
from daicho.city.rules import ABOUT_JA, About
from daicho.city.screens.deciding import REASON, decide, decision_facts
from daicho.city.screens.words import LED, OUTCOMES, entries_of, period_ja, proposal_row
from daicho.outbox.leading import is_led
from daicho.staff.queries import actor_of
from daicho.ui.dates import moment
from daicho.ui.forms import BoundForm


@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """Waiting, oldest first, and the last that were decided."""
    actor = actor_of(request)
    audit.require(actor, CityPermission.SETTING_READ)
    names = _names()
    context = {
        "waiting": [proposal_row(view, names) for view in waiting()],
        "decided": [proposal_row(view, names) for view in decided()],
        "led": LED if is_led(actor) else "",
    }
    return render(request, "city/changes.html", context)


@require_GET
def change(request: HttpRequest, no: int) -> HttpResponse:
    audit.require(actor_of(request), CityPermission.SETTING_READ)
    return _page(request, no, BoundForm((REASON,), {}))


@require_POST
def approve(request: HttpRequest, no: int) -> HttpResponse:
    return _decide(request, no, lambda: commands.approve(actor_of(request), no), "承認しました。有効開始日から有効になります。")


@require_POST
def decline(request: HttpRequest, no: int) -> HttpResponse:
    form = BoundForm((REASON,), request.POST)
    return _decide(request, no, lambda: commands.decline(actor_of(request), no, form.value("reason")), "却下しました。", form)


@require_POST
def withdraw(request: HttpRequest, no: int) -> HttpResponse:
    audit.require(actor_of(request), CityPermission.SETTING_READ)  # before what is there; whose right it is, the command asks
    return _decide(request, no, lambda: commands.withdraw(actor_of(request), no), "申請を取り下げました。")


def _decide(request: HttpRequest, no: int, command: Callable[[], None], said: str, form: BoundForm | None = None) -> HttpResponse:
    def page(typed: BoundForm, status: int) -> HttpResponse:
        return _page(request, no, typed, status)

    return decide(request, command, said, page=page, done=reverse("city:change", args=[no]), form=form)


def _page(request: HttpRequest, no: int, form: BoundForm, status: int = 200) -> HttpResponse:
    actor, view = actor_of(request), find_proposal(no)
    if view is None:
        raise Http404
    waits, own, led = not view.outcome, view.proposed_by == actor.login, is_led(actor)
    context = {
        "view": view,
        "about": ABOUT_JA[view.change.about],
        "state": OUTCOMES[view.outcome],
        "facts": _facts(view),
        "rows": _compared(view),
        "form": form,
        "own_waits": own and waits,
        "may_decide": waits and not own and not led and actor.may(CityPermission.SETTING_APPROVE),
        "may_withdraw": waits and own and not led and actor.may(commands.PROPOSES[view.change.about]),
    }
    return render(request, "city/change.html", context, status=status)


def _compared(view: ProposalView) -> list[tuple[str, str, str, bool]]:
    """(entry, before, after, is a name). What was decided is compared with how it stood then, what waits with how it stands."""
    change, names = view.change, _names() if view.change.about is About.TERMINAL else {}
    before = entries_of(change.about, change.key, view.before if view.outcome else standing_before(change), names)
    after = entries_of(change.about, change.key, change.given, names)
    return [(ja, old, new, ja in ("氏名", "職名")) for (ja, old), (_, new) in zip(before, after, strict=True)]


def _facts(view: ProposalView) -> list[tuple[str, str]]:
    change = view.change
    period = period_ja(change.valid_from, change.valid_to) + ("廃止" if change.given is None else "")
    facts = [("対象", change.name_ja), ("期間", period), ("理由", change.reason), ("申請", f"{view.proposed_by}　{moment(view.proposed_at)}")]
    return [*facts, *decision_facts(view)]


def _names() -> dict[str, str]:
    return {office.code: office.name for office in offices(clock.today())}
