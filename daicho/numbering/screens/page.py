"""付番の状況 — per series the last number, and every number left out with its explanation; what has none stands out. 標準1.1.13, 5.5."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daicho import audit, clock
from daicho.numbering import queries
from daicho.numbering.permissions import NumberingPermission
from daicho.numbering.queries import GapValue, SeriesState
from daicho.numbering.ranges import Range
from daicho.staff.queries import actor_of
from daicho.ui.dates import moment
from daicho.ui.forms import BoundForm, FieldSpec, Kind, Problem, Width
from daicho.values.dates import BadDate, JapaneseDate

ON = FieldSpec("on", "基準日", Kind.DATE, width=Width.MEDIUM, hint="日ごとに1から始まる番号（発行番号）を、その日について調べます。空欄は本日です。")
_SHOWN = 20  # ranges of one series; a defect is looked for from its first number on


@require_GET
def series_page(request: HttpRequest) -> HttpResponse:
    """One page; nobody's data is in it."""
    audit.require(actor_of(request), NumberingPermission.READ)
    form = BoundForm((ON,), request.GET)
    text, problems, on = form.value("on"), [], clock.today()
    try:
        on = JapaneseDate.parse(text).certain() if text else on
    except BadDate as problem:
        problems.append(Problem("on", str(problem)))
    found = queries.states(on)
    context = {
        "form": form.with_problems(problems),
        "on": on,
        "rows": [_row(state) for state in found],
        "gaps": [{"series": state.series.ja, **_gap(gap)} for state in found for gap in state.gaps],
        "defects": sum(1 for state in found if state.unexplained),
    }
    return render(request, "numbering/series.html", context, status=422 if problems else 200)


def _row(state: SeriesState) -> dict[str, object]:
    lost = [_range_ja(each) for each in state.unexplained]
    more = f" ほか{len(lost) - _SHOWN}か所" if len(lost) > _SHOWN else ""
    return {
        "series": state.series,
        "last_no": f"{state.last_no:,}" if state.last_no else "",
        "gaps": len(state.gaps),
        "unexplained": "、".join(lost[:_SHOWN]) + more,
        "badge": ("error", "説明のない欠番") if lost else ("success", "正常"),
    }


def _gap(gap: GapValue) -> dict[str, object]:
    return {
        "range": _range_ja((gap.first_no, gap.last_no)), "count": f"{gap.last_no - gap.first_no + 1:,}", "reason": gap.reason, "by": gap.recorded_by,
        "at": moment(gap.recorded_at),
    }  # fmt: skip


def _range_ja(numbers: Range) -> str:
    first, last = numbers
    return f"{first:,}" if first == last else f"{first:,}から{last:,}"
