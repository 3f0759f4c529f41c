"""副本 — one person by 団体内統合宛名番号: what was told, version by version; 符号 there or not; who asked; whether answers wait. S3-06, F-1-52, F-1-58."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, clock
from daicho.chukan.commands import end_withholding, set_withholding
from daicho.chukan.commands.refusal import CannotDo
from daicho.chukan.permissions import ChukanPermission, may_know
from daicho.chukan.queries.persons import card, find_person
from daicho.chukan.screens.inquiries import line_of
from daicho.chukan.screens.words import STATES, facts_of
from daicho.staff.queries import actor_of
from daicho.ui import flash
from daicho.ui.dates import moment
from daicho.ui.forms import BoundForm, FieldSpec, Kind, Problem, Width
from daicho.values.dates import BadDate, JapaneseDate

SEARCH = (
    FieldSpec(
        "integrated_atena_no", "団体内統合宛名番号", letters="digits", required=True, width=Width.MEDIUM, max_length=20, hint="15桁。検索したことは記録されます。"
    ),
)  # fmt: skip
WITHHOLD = (
    FieldSpec("since", "開始日", Kind.DATE, required=True, width=Width.MEDIUM, max_length=40),
    FieldSpec("until", "終了日", Kind.DATE, width=Width.MEDIUM, max_length=40, hint="この日から再び自動で応答します。決めないときは空欄。"),
    FieldSpec("reason", "理由", required=True, width=Width.FULL, max_length=200, hint="相談した部署など。氏名や番号は書かないでください。"),
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


@require_GET
def replica(request: HttpRequest) -> HttpResponse:
    """The form; it shows nobody."""
    audit.require(actor_of(request), ChukanPermission.PERSON_READ)
    return render(request, "chukan/replica_search.html", {"form": BoundForm(SEARCH, {})})


@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """To the person of that number; or the form again."""
    actor = actor_of(request)
    form = BoundForm(SEARCH, request.POST).with_missing()
    number = re.sub(r"[\s-]", "", form.value("integrated_atena_no").translate(_FULL_WIDTH))
    if not form.has_errors and not re.fullmatch("[0-9]{15}", number):
        form = form.with_problems([Problem("integrated_atena_no", "団体内統合宛名番号は15桁の数字です。桁数を確認してください。")])
    if form.has_errors:
        audit.require(actor, ChukanPermission.PERSON_READ)
        return render(request, "chukan/replica_search.html", {"form": form}, status=422)
    found = find_person(actor, number)
    if found is None:
        missing = form.with_problems([Problem("integrated_atena_no", "この番号の人の副本はありません。番号を確認してください。")])
        return render(request, "chukan/replica_search.html", {"form": missing}, status=422)
    return HttpResponseRedirect(reverse("chukan:person", args=[found]))


@require_GET
@audit.personal
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The card with the newest version."""
    return _page(request, person_id)


@require_GET
@audit.personal
def version(request: HttpRequest, person_id: UUID, version_no: int) -> HttpResponse:
    """The card with an older version."""
    return _page(request, person_id, version_no=version_no)


@require_POST
@audit.personal
def withhold(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Let answers about this person wait for an officer."""
    audit.require(actor_of(request), ChukanPermission.WITHHOLDING_SET, (person_id,))
    form, days = _with_days(BoundForm(WITHHOLD, request.POST).with_missing())
    if not form.has_errors:
        try:
            set_withholding(actor_of(request), person_id, since=days["since"] or clock.today(), until=days["until"], reason=form.value("reason"))
        except CannotDo as refused:
            form = form.with_problems([Problem("", str(refused))])
    if form.has_errors:
        return _page(request, person_id, form=form, status=422)
    flash.say(request, "success", "自動応答をしない設定をしました。")
    return HttpResponseRedirect(reverse("chukan:person", args=[person_id]))


@require_POST
def release(request: HttpRequest, person_id: UUID, withholding_id: UUID) -> HttpResponse:
    """End one of the officers' own settings, from today."""
    try:
        end_withholding(actor_of(request), person_id, withholding_id)
    except CannotDo as refused:
        flash.say(request, "error", str(refused))
    else:
        flash.say(request, "success", "自動応答をしない設定を解除しました。")
    return HttpResponseRedirect(reverse("chukan:person", args=[person_id]))


def _page(request: HttpRequest, person_id: UUID, *, version_no: int | None = None, form: BoundForm | None = None, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    found = card(actor, person_id, version_no)
    told, newest = found.told, found.versions[0].version_no if found.versions else 0
    context = {
        "card": found,
        "told": told,
        "state": STATES[told.state] if told else ("neutral", "副本なし"),
        "facts": facts_of(told, with_head=may_know(actor)) if told else [],
        "is_newest": found.version_no == newest,
        "versions": [(line, moment(line.as_of), moment(line.received_at), STATES[line.state]) for line in found.versions],
        "erased": moment(found.erased_at),
        "code_requested": moment(found.code_requested_at),
        "code_acquired": moment(found.code_acquired_at),
        "withholdings": [(row, _ends(row.withheld_until)) for row in found.withholdings],
        "inquiries": [line_of(row) for row in found.inquiries],
        "may_withhold": actor.may(ChukanPermission.WITHHOLDING_SET),
        "may_read_inquiry": actor.may(ChukanPermission.INQUIRY_READ),
        "form": form or BoundForm(WITHHOLD, {}),
    }
    return render(request, "chukan/person.html", context, status=status)


def _ends(until: date | None) -> bool:
    """Whether a setting is over."""
    return until is not None and until <= clock.today()


def _with_days(form: BoundForm) -> tuple[BoundForm, dict[str, date | None]]:
    days: dict[str, date | None] = {"since": None, "until": None}
    for name in days:
        text = form.value(name).strip()
        if text:
            try:
                days[name] = JapaneseDate.parse(text).certain()
            except BadDate as bad:
                form = form.with_problems([Problem(name, str(bad))])
    return form, days


ROUTES = [
    path("replica/", replica, name="replica"),
    path("replica/find/", find, name="find"),
    path("replica/<uuid:person_id>/", person, name="person"),
    path("replica/<uuid:person_id>/versions/<int:version_no>/", version, name="version"),
    path("replica/<uuid:person_id>/withhold/", withhold, name="withhold"),
    path("replica/<uuid:person_id>/withhold/<uuid:withholding_id>/end/", release, name="release"),
]
