"""操作権限一覧表 — every right of this system with who has it; giving one, approved by another officer, and taking it back. std 10.3-07, -08, -12, -17; F-1-12."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.staff import commands, permissions
from daicho.staff.errors import StaffRefused
from daicho.staff.models import Grant
from daicho.staff.permissions import Permission
from daicho.staff.ports import terminals_on
from daicho.staff.queries import actor_of, find_account
from daicho.staff.register import accounts_listed, find_grant, rights_table, unit_names, waiting_grants
from daicho.staff.screens.accounts import unit_choices
from daicho.staff.screens.words import grant_row, grant_state, holder_ja, read_day, scope_ja, state_of
from daicho.ui import flash
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width

LAST_DAY = FieldSpec("last_day", "最終日", Kind.DATE, width=Width.MEDIUM, hint="直ちに取り消すときは空欄。")


@require_GET
def rights(request: HttpRequest) -> HttpResponse:
    """What waits, and the whole table of the day."""
    actor, today = actor_of(request), clock.today()
    table, names = rights_table(actor), unit_names()
    rooms: dict[str, list[dict[str, object]]] = {}
    for one in table:
        holders = [(row.pk, holder_ja(row, names), "" if not row.scope else scope_ja(row.scope)) for row in one.grants]
        rooms.setdefault(one.entry.room_label, []).append({"label": one.entry.label, "holders": holders})
    context = {
        "rooms": rooms,
        "waiting": [grant_row(row, names, today) for row in waiting_grants(actor)],
        "may_give": actor.may(Permission.GRANT_GIVE),
    }
    return render(request, "staff/rights.html", context)


@require_http_methods(["GET", "POST"])
def propose_right(request: HttpRequest) -> HttpResponse:
    """For one person or one unit; a post cannot be chosen (std 10.3-17)."""
    actor = actor_of(request)
    audit.require(actor, Permission.GRANT_GIVE)
    begin = {"to": request.GET.get("to", ""), "scope": "city"}
    form = BoundForm(_specs(actor), request.POST if request.method == "POST" else begin)
    if request.method == "POST":
        form = form.with_missing()
        (first, wrong), (last, also_wrong) = read_day(form, "valid_from"), read_day(form, "valid_to")
        form = form.with_problems((*wrong, *also_wrong, *_not_offered(form)))
        if not form.has_errors and first is not None:
            kind, _, code = form.value("to").partition(":")
            scope = "" if form.value("scope") == "city" else form.value("scope")
            try:
                row = commands.grant(
                    actor, form.value("permission"), account=find_account(code) if kind == "account" else None, unit_code=code if kind == "unit" else "",
                    scope=scope, valid_from=first, valid_to=last, reason=form.value("reason"),
                )  # fmt: skip
            except StaffRefused as refused:
                known = {spec.name for spec in form.specs}
                problems = ((("to" if each.field in ("account", "unit_code") else each.field), each.message) for each in refused.problems)
                form = form.with_problems(Problem(name if name in known else "", message) for name, message in problems)
            else:
                flash.say(request, "success", "操作権限の付与を申請しました。別の職員が承認すると有効になります。")
                return HttpResponseRedirect(reverse("staff:right", args=[row.pk]))
    return render(request, "staff/propose_right.html", {"form": form}, status=422 if form.has_errors else 200)


@require_GET
def right(request: HttpRequest, no: int) -> HttpResponse:
    return _page(request, actor_of(request), _grant(request, no), BoundForm((LAST_DAY,), {}))


@require_POST
def approve_right(request: HttpRequest, no: int) -> HttpResponse:
    actor, row = actor_of(request), _grant(request, no)
    try:
        commands.approve_grant(actor, row.pk)
    except StaffRefused as refused:
        return _page(request, actor, row, BoundForm((LAST_DAY,), {}).with_problems(refused.problems), 422)
    flash.say(request, "success", "操作権限の付与を承認しました。")
    return HttpResponseRedirect(reverse("staff:right", args=[no]))


@require_POST
def revoke_right(request: HttpRequest, no: int) -> HttpResponse:
    actor, row = actor_of(request), _grant(request, no)
    form = BoundForm((LAST_DAY,), request.POST)
    last_day, wrong = read_day(form, "last_day")
    form = form.with_problems(wrong)
    if not form.has_errors:
        try:
            commands.revoke(actor, row.pk, last_day=last_day)
        except StaffRefused as refused:
            form = form.with_problems(refused.problems)
        else:
            flash.say(request, "success", "操作権限を取り消しました。")
            return HttpResponseRedirect(reverse("staff:right", args=[no]))
    return _page(request, actor, row, form, 422)


def _grant(request: HttpRequest, no: int) -> Grant:
    row = find_grant(actor_of(request), no)
    if row is None:
        raise Http404
    return row


def _page(request: HttpRequest, actor: Actor, row: Grant, form: BoundForm, status: int = 200) -> HttpResponse:
    today = clock.today()
    shown, state = grant_row(row, unit_names(), today), grant_state(row, today)
    waits = row.approved_at is None and row.revoked_at is None
    own = actor.account_id in (row.granted_by_id, row.account_id)
    context = {
        "row": shown,
        "state": state,
        "form": form,
        "revoked": f"{row.revoked_by.name if row.revoked_by else ''}" if row.revoked_at else "",
        "revoked_at": row.revoked_at,
        "own_waits": waits and own,
        "may_approve": waits and not own and actor.may(Permission.GRANT_APPROVE),
        "may_revoke": state[1] in ("承認待ち", "予定", "有効") and actor.may(Permission.GRANT_REVOKE),
    }
    return render(request, "staff/right.html", context, status=status)


def _specs(actor: Actor) -> tuple[FieldSpec, ...]:
    today, now = clock.today(), clock.now()
    people = tuple(
        Choice(f"account:{one.account.login}", f"{one.account.name}（{one.account.login}、{one.unit}）")
        for one in accounts_listed(actor)
        if state_of(one.account, today, now)[1] != "失効"
    )
    units = tuple(Choice(f"unit:{choice.value}", f"所属　{choice.label}") for choice in unit_choices(today))
    rights_of_all = tuple(Choice(entry.name, f"{entry.room_label}　{entry.label}") for entry in permissions.catalogue())
    offices = {terminal.office_code: terminal.office_name for terminal in terminals_on(today)}
    scopes = (Choice("city", "市全体"), *(Choice(f"office:{code}", f"{name}の端末だけ") for code, name in offices.items()))
    return (
        FieldSpec("to", "付与を受ける利用者・所属", Kind.SELECT, required=True, choices=(*units, *people)),
        FieldSpec("permission", "操作権限", Kind.SELECT, required=True, choices=rights_of_all),
        FieldSpec("scope", "利用範囲", Kind.SELECT, required=True, choices=scopes),
        FieldSpec("valid_from", "有効開始日", Kind.DATE, required=True, width=Width.MEDIUM),
        FieldSpec("valid_to", "有効終了日", Kind.DATE, width=Width.MEDIUM, hint="期限のないときは空欄。"),
        FieldSpec("reason", "付与の理由", required=True, width=Width.FULL, max_length=200),
    )


def _not_offered(form: BoundForm) -> list[Problem]:
    """What was sent but stands in no list of the form."""
    lists = [spec for spec in form.specs if spec.kind is Kind.SELECT and form.value(spec.name)]
    return [Problem(spec.name, f"{spec.label}を一覧から選んでください。") for spec in lists if form.value(spec.name) not in {one.value for one in spec.choices}]
