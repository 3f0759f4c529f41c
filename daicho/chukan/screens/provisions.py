"""照会許可用照合リスト — the list as it stands on a chosen day, with what nobody has confirmed. 番号法第19条第8号, 命令第2条の表; E-01, H-01, S3-08."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from daicho import clock
from daicho.chukan.queries.lists import list_in_force
from daicho.contracts.layouts import code_list, layout
from daicho.staff.queries import actor_of
from daicho.ui.dates import moment, wareki_text
from daicho.ui.forms import BoundForm, FieldSpec, Kind, Problem, Width
from daicho.values.dates import BadDate, JapaneseDate

DAY = (FieldSpec("day", "照会の日", Kind.DATE, width=Width.MEDIUM, max_length=40, hint="例：R7.7.24。空欄のときは今日。"),)


@require_GET
def provisions(request: HttpRequest) -> HttpResponse:
    """The rows in force; a day that cannot be read is a problem at its field, and today is shown."""
    form = BoundForm(DAY, {"day": request.GET.get("day", "")})
    day, form = _day_of(form)
    found = list_in_force(actor_of(request), day)
    kinds, items = code_list("inquirer_kind"), layout("replica")
    rows = [
        (row, "、".join(kinds[kind].ja for kind in sorted(row.kinds)), "、".join(items[name].ja for name in row.items))
        for row in found.rows
    ]  # fmt: skip
    context = {"form": form, "day": wareki_text(day), "rows": rows, "edition_no": found.edition_no, "loaded": moment(found.loaded_at)}
    context["basis"] = found.rows[0].basis_ja if found.rows else ""
    context["decided"] = sum(row.decided for row in found.rows)
    return render(request, "chukan/provisions.html", context)


def _day_of(form: BoundForm) -> tuple[date, BoundForm]:
    text = form.value("day").strip()
    if not text:
        return clock.today(), form
    try:
        return JapaneseDate.parse(text).certain(), form
    except BadDate as bad:
        return clock.today(), form.with_problems([Problem("day", str(bad))])


ROUTES = [path("provisions/", provisions, name="provisions")]
