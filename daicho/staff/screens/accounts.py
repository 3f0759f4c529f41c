"""利用者名簿 — every account with its unit and state; registering a new one, whose first password is shown once. std 10.3-01, -02; F-1-11, F-1-12."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from daicho import audit, clock
from daicho.outbox.leading import is_led
from daicho.staff import commands
from daicho.staff.errors import StaffRefused
from daicho.staff.permissions import Permission
from daicho.staff.queries import actor_of
from daicho.staff.register import accounts_listed, units_on
from daicho.staff.screens.words import LED, period_ja, read_day, state_of
from daicho.ui.dates import moment
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Width


@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """By kana; those who are gone stand at the end, because a login is never given twice."""
    actor, today, now = actor_of(request), clock.today(), clock.now()
    rows = [
        {
            "account": one.account, "unit": one.unit, "state": state_of(one.account, today, now), "is_unused": one.is_unused,
            "period": period_ja(one.account.valid_from, one.account.valid_to), "last_seen": moment(one.account.last_seen_at),
        }
        for one in accounts_listed(actor)
    ]  # fmt: skip
    rows.sort(key=lambda row: row["state"][1] == "失効")  # stable: by kana within each
    led = is_led(actor)
    context = {"rows": rows, "led": LED if led else "", "may_create": actor.may(Permission.ACCOUNT_CREATE) and not led}
    return render(request, "staff/accounts.html", context)


@require_http_methods(["GET", "POST"])
def new_account(request: HttpRequest) -> HttpResponse:
    """The form; on POST the account, and its temporary password on this very answer and on no other page."""
    actor = actor_of(request)
    audit.require(actor, Permission.ACCOUNT_CREATE)
    form = BoundForm(_specs(), request.POST if request.method == "POST" else {})
    if request.method == "POST":
        form = form.with_missing()
        (first, wrong), (last, also_wrong) = read_day(form, "valid_from"), read_day(form, "valid_to")
        form = form.with_problems((*wrong, *also_wrong))
        if not form.has_errors and first is not None:
            try:
                made, temporary = commands.create_with_temporary(actor, **_typed(form), valid_from=first, valid_to=last)
            except StaffRefused as refused:
                form = form.with_problems(refused.problems)
            else:
                return render(request, "staff/secret.html", {"account": made, "secret": temporary, "title": "利用者を登録しました"})
    return render(request, "staff/new_account.html", {"form": form}, status=422 if form.has_errors else 200)


def _typed(form: BoundForm) -> dict[str, str]:
    return {name: form.value(name) for name in ("login", "name", "kana", "employee_no", "unit_code")}


def unit_choices(on: date) -> tuple[Choice, ...]:
    return tuple(Choice(unit.code, f"{unit.name}（{unit.code}）") for unit in units_on(on))


def _specs() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("name", "氏名", Kind.NAME, required=True, max_length=60, hint="氏と名の間に空白を入れます。"),
        FieldSpec("kana", "カナ氏名", Kind.KANA, required=True, max_length=60),
        FieldSpec("employee_no", "職員番号", required=True, width=Width.MEDIUM, max_length=20, letters="latin"),
        FieldSpec(
            "login",
            "利用者ID",
            required=True,
            width=Width.MEDIUM,
            max_length=30,
            letters="latin",
            hint="一人に一つ。あとから変えられず、再び使うこともできません。",
        ),
        FieldSpec("unit_code", "所属", Kind.SELECT, required=True, choices=unit_choices(clock.today())),
        FieldSpec("valid_from", "利用開始日", Kind.DATE, required=True, width=Width.MEDIUM),
        FieldSpec("valid_to", "利用終了日", Kind.DATE, width=Width.MEDIUM, hint="任用の期限があるとき。ないときは空欄。"),
    )
