"""利用者の一件 — one account with its units and rights; moving it, changing its period, a new first password, revoking it at once. std 10.3-05, -09; F-1-12."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import clock
from daicho.audit.actor import Actor
from daicho.outbox.leading import is_led
from daicho.staff import commands
from daicho.staff.errors import StaffRefused
from daicho.staff.models import Account
from daicho.staff.permissions import Permission
from daicho.staff.queries import actor_of
from daicho.staff.register import Card, find_card
from daicho.staff.screens.accounts import unit_choices
from daicho.staff.screens.words import LED, grant_row, period_ja, read_day, state_of
from daicho.ui import flash
from daicho.ui.dates import moment, wareki_text
from daicho.ui.forms import BoundForm, FieldSpec, Kind, Width


@dataclass(frozen=True)
class Act:
    """What an administrator may do with an account: its words and its form. Forms of one page have prefixes of their own."""

    name: str
    permission: Permission
    heading: str
    lead: str
    button: str
    style: str = ""

    def form(self, data: Mapping[str, str | Sequence[str]]) -> BoundForm:
        return BoundForm(_specs_of(self.name), data, prefix=f"{self.name}-")


MOVE = Act(
    "move",
    Permission.ACCOUNT_CHANGE,
    "所属の異動",
    "その日から所属が替わり、前の所属の操作権限は使えなくなります。先の日付も入力できます。",
    "異動を登録する",
    "primary",
)
CHANGE = Act("change", Permission.ACCOUNT_CHANGE, "利用終了日の変更", "この日の終わりまで利用できます。期限をなくすときは空欄にします。", "終了日を変更する")
RESET = Act(
    "reset",
    Permission.PASSWORD_RESET,
    "パスワードの初期化",
    "仮のパスワードを一度だけ表示します。開いている利用は終わり、本人は最初の利用で変更します。",
    "初期化する",
)
REVOKE = Act(
    "revoke",
    Permission.ACCOUNT_CHANGE,
    "失効",
    "直ちに利用できなくなり、開いている利用も終わります。どのシステムでも1分以内に同じになります。",
    "この利用者を失効させる",
    "danger",
)
ACTS = (MOVE, CHANGE, RESET, REVOKE)


@require_GET
def account(request: HttpRequest, no: int) -> HttpResponse:
    return _page(request, actor_of(request), _card(request, no))


@require_POST
def move(request: HttpRequest, no: int) -> HttpResponse:
    def act(actor: Actor, row: Account, form: BoundForm) -> str:
        on = read_day(form, "on")[0]
        commands.move_account(actor, row, unit_code=form.value("unit_code"), on=on or clock.today())
        return "所属の異動を登録しました。"

    return _act(request, no, MOVE, act, "on")


@require_POST
def change(request: HttpRequest, no: int) -> HttpResponse:
    def act(actor: Actor, row: Account, form: BoundForm) -> str:
        commands.change_account(actor, row, valid_to=read_day(form, "valid_to")[0])
        return "利用終了日を変更しました。"

    return _act(request, no, CHANGE, act, "valid_to")


@require_POST
def revoke(request: HttpRequest, no: int) -> HttpResponse:
    def act(actor: Actor, row: Account, form: BoundForm) -> str:
        commands.revoke_account(actor, row)
        return "利用者を失効させました。"

    return _act(request, no, REVOKE, act)


@require_POST
def reset(request: HttpRequest, no: int) -> HttpResponse:
    """The temporary password stands on the answer to this very request and on no other page."""
    actor, card = actor_of(request), _card(request, no)
    try:
        temporary = commands.reset_password(actor, card.account)
    except StaffRefused as refused:
        return _page(request, actor, card, {RESET.name: RESET.form(request.POST).with_problems(refused.problems)}, 422)
    return render(request, "staff/secret.html", {"account": card.account, "secret": temporary, "title": "パスワードを初期化しました"})


def _act(request: HttpRequest, no: int, act: Act, command: Callable[[Actor, Account, BoundForm], str], day: str = "") -> HttpResponse:
    actor, card = actor_of(request), _card(request, no)
    form = act.form(request.POST).with_missing()
    if day:
        form = form.with_problems(read_day(form, day)[1])
    if not form.has_errors:
        try:
            said = command(actor, card.account, form)
        except StaffRefused as refused:
            form = form.with_problems(refused.problems)
        else:
            flash.say(request, "success", said)
            return HttpResponseRedirect(reverse("staff:account", args=[no]))
    return _page(request, actor, card, {act.name: form}, 422)


def _card(request: HttpRequest, no: int) -> Card:
    card = find_card(actor_of(request), no)
    if card is None:
        raise Http404
    return card


def _page(request: HttpRequest, actor: Actor, card: Card, typed: Mapping[str, BoundForm] | None = None, status: int = 200) -> HttpResponse:
    row, today, forms, led = card.account, clock.today(), typed or {}, is_led(actor)
    state = state_of(row, today, clock.now())
    open_acts = [] if led or state[1] == "失効" else [act for act in ACTS if actor.may(act.permission)]
    context = {
        "account": row,
        "state": state,
        "facts": [
            ("利用者ID", row.login), ("カナ氏名", row.kana), ("職員番号", row.employee_no), ("利用できる期間", period_ja(row.valid_from, row.valid_to)),
            ("パスワードの設定", moment(row.password_set_at) + ("（最初の利用で変更）" if row.must_change_password else "")),
            ("最終利用", moment(row.last_seen_at)),
        ],
        "memberships": [(card.names.get(one.unit_code, ""), one.unit_code, period_ja(one.valid_from, one.valid_to)) for one in card.memberships],
        "grants": [grant_row(one, card.names, today) for one in card.grants],
        "acts": [(act, forms.get(act.name) or act.form(_begin(row))) for act in open_acts],
        "has_errors": any(form.has_errors for form in forms.values()),
        "led": LED if led else "",
        "may_give": actor.may(Permission.GRANT_GIVE) and state[1] != "失効",
    }  # fmt: skip
    return render(request, "staff/account.html", context, status=status)


def _begin(row: Account) -> dict[str, str]:
    """What the forms begin with: the present last day, which an empty field would lift."""
    return {"change-valid_to": wareki_text(row.valid_to)}


def _specs_of(name: str) -> tuple[FieldSpec, ...]:
    if name == MOVE.name:
        return (
            FieldSpec("unit_code", "新しい所属", Kind.SELECT, required=True, choices=unit_choices(clock.today())),
            FieldSpec("on", "異動の日", Kind.DATE, required=True, width=Width.MEDIUM),
        )
    if name == CHANGE.name:
        return (FieldSpec("valid_to", "利用終了日", Kind.DATE, width=Width.MEDIUM),)
    return ()
