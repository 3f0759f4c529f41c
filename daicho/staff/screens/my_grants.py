"""自分の操作権限 — what the person may do today, why and until when. std 10.3-12."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daicho import clock
from daicho.staff import permissions
from daicho.staff.models import Grant
from daicho.staff.queries import actor_of, effective_grants


@dataclass(frozen=True)
class Line:
    room: str
    label: str
    permission: str
    through: str
    scope: str
    here: bool  # in force at this terminal
    valid_from: date
    valid_to: date | None


@require_GET
def my_grants(request: HttpRequest) -> HttpResponse:
    """The person's own rights; open to everybody who is signed in. One query beside the middleware's."""
    actor = actor_of(request)
    entries = {entry.name: entry for entry in permissions.catalogue()}
    rows = effective_grants(request.use.account, clock.today()).order_by("permission", "scope", "valid_from")  # type: ignore[attr-defined]
    lines = [_line(row, entries, actor.office_code, actor.unit_name) for row in rows]
    return render(request, "staff/my_grants.html", {"lines": lines, "unit_name": actor.unit_name})


def _line(row: Grant, entries: dict[str, permissions.Entry], office_code: str, unit_name: str) -> Line:
    entry = entries.get(row.permission)
    return Line(
        room=entry.room_label if entry else "",
        label=permissions.label_of(row.permission),
        permission=row.permission,
        through=f"所属（{unit_name}）" if row.unit_code else "個人",
        scope="市全体" if not row.scope else f"事務所 {row.scope.removeprefix('office:')}",
        here=not row.scope or row.scope == f"office:{office_code}",
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
