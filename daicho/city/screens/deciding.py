"""承認・却下・取下げ — what the pages of a change of the settings and of a dictionary have in common: the reason, the decision, and what became of it. 標準1.3."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from daicho.city.errors import CityProblem
from daicho.city.rules import LONGEST_REASON
from daicho.city.screens.words import OUTCOMES
from daicho.ui import flash
from daicho.ui.dates import moment
from daicho.ui.forms import BoundForm, FieldSpec, Problem, Width

REASON = FieldSpec("reason", "却下の理由", required=True, width=Width.FULL, max_length=LONGEST_REASON)

Page = Callable[[BoundForm, int], HttpResponse]
"""The change's own page with the form of 却下, and its HTTP status."""


class Decided(Protocol):
    """A change that was proposed, and what became of it."""

    @property
    def outcome(self) -> str: ...
    @property
    def decided_by(self) -> str: ...
    @property
    def decided_at(self) -> datetime | None: ...
    @property
    def decision_reason(self) -> str: ...


def decide(request: HttpRequest, command: Callable[[], None], said: str, *, page: Page, done: str, form: BoundForm | None = None) -> HttpResponse:
    """Do it, say so and go to `done`; refused, the page again with the reasons and what was typed."""
    try:
        command()
    except CityProblem as refused:
        typed = form or BoundForm((REASON,), {})
        problems = (Problem(name if name == "reason" else "", message) for name, message in refused.problems)
        return page(typed.with_problems(problems), 422)
    flash.say(request, "success", said)
    return HttpResponseRedirect(done)


def decision_facts(one: Decided) -> list[tuple[str, str]]:
    """Who decided, when and why; nothing as long as it waits."""
    facts = [(OUTCOMES[one.outcome][1], f"{one.decided_by}　{moment(one.decided_at)}")] if one.outcome else []
    return [*facts, ("却下の理由", one.decision_reason)] if one.decision_reason else facts
