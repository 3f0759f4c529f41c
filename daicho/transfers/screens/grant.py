"""移転許可の一件 — what it allows, who entered and approved it, its history; approval by another officer, declining, revocation. F-1-41; D-R1."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import clock
from daicho.audit.actor import Actor
from daicho.staff.queries import actor_of
from daicho.transfers.commands import grants as commands
from daicho.transfers.commands.errors import TransferRefused
from daicho.transfers.permissions import TransfersPermission
from daicho.transfers.queries.grants import GrantView, get_grant
from daicho.transfers.rules.grants import DIRECTIONS_JA, Direction, offered
from daicho.transfers.screens.grants import basis_ja, lines_of, period_of
from daicho.transfers.screens.typed_days import read_day
from daicho.transfers.screens.words import METHODS, SCOPES, STATES, item_names
from daicho.ui import flash
from daicho.ui.dates import moment, wareki_text
from daicho.ui.forms import BoundForm, FieldSpec, Kind, Problem, Width


@dataclass(frozen=True)
class Act:
    """What a 移転元管理者 may do with a grant in some states: its words and form. Forms of one page have prefixes of their own."""

    name: str
    states: tuple[str, ...]
    heading: str
    lead: str
    button: str
    key: str
    style: str
    specs: tuple[FieldSpec, ...]
    done: str

    def form(self, data: Mapping[str, str | Sequence[str]]) -> BoundForm:
        return BoundForm(self.specs, data, prefix=f"{self.name}-")


_REASON = FieldSpec("reason", "理由", required=True, width=Width.FULL, max_length=200)
APPROVE = Act(
    "approve", ("waiting",), "承認", "利用依頼、法的根拠、項目、範囲を確かめ、移転元の管理者として承認します。申請した職員は承認できません。",
    "この移転許可を承認する", "F9", "primary", (), "移転許可を承認しました。開始日から有効になります。",
)  # fmt: skip
DECLINE = Act("decline", ("waiting",), "却下", "承認しないことに決めます。", "この申請を却下する", "", "danger", (_REASON,), "申請を却下しました。")
REVOKE = Act(
    "revoke", ("later", "in_force"), "取消し", "最終日が空欄なら直ちに止めます。送信を待っている通知も送りません。", "この移転許可を取り消す", "", "danger",
    (_REASON, FieldSpec("last_day", "最終日", Kind.DATE, width=Width.MEDIUM, hint="直ちに止めるときは空欄")), "移転許可を取り消しました。",
)  # fmt: skip
ACTS = (APPROVE, DECLINE, REVOKE)


@require_GET
def grant(request: HttpRequest, grant_no: int) -> HttpResponse:
    return _page(request, grant_no)


@require_POST
def approve(request: HttpRequest, grant_no: int) -> HttpResponse:
    return _act(request, grant_no, APPROVE, lambda actor, form: commands.approve(actor, grant_no))


@require_POST
def decline(request: HttpRequest, grant_no: int) -> HttpResponse:
    return _act(request, grant_no, DECLINE, lambda actor, form: commands.decline(actor, grant_no, form.value("reason")))


@require_POST
def revoke(request: HttpRequest, grant_no: int) -> HttpResponse:
    return _act(request, grant_no, REVOKE, lambda actor, form: commands.revoke(actor, grant_no, form.value("reason"), read_day(form, "last_day")[0]))


def _act(request: HttpRequest, grant_no: int, act: Act, command: Callable[[Actor, BoundForm], object]) -> HttpResponse:
    form = act.form(request.POST).with_missing()
    if any(spec.name == "last_day" for spec in act.specs):
        form = form.with_problems(read_day(form, "last_day")[1])
    if not form.has_errors:
        try:
            command(actor_of(request), form)
        except TransferRefused as refused:
            form = form.with_problems(Problem(problem.field, problem.message) for problem in refused.problems)
        else:
            flash.say(request, "success", act.done)
            return HttpResponseRedirect(reverse("transfers:grant", args=[grant_no]))
    return _page(request, grant_no, {act.name: form}, status=422)


def _page(request: HttpRequest, grant_no: int, typed: Mapping[str, BoundForm] | None = None, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    view, others = get_grant(actor, grant_no)
    state, forms = view.state_on(clock.today()), typed or {}
    acts = [act for act in ACTS if state in act.states or act.name in forms] if actor.may(TransfersPermission.GRANT_APPROVE) else []
    own = actor.account_id == view.row.proposed_by_id_no
    context = {
        "view": view,
        "badge_of": STATES[state],
        "facts": _facts(view),
        "caution": next((one.caution for one in offered() if one.line == (view.row.department_code, view.row.purpose_code, view.row.direction)), ""),
        "others": lines_of(others),
        "acts": [(act, forms.get(act.name) or act.form({})) for act in acts if not (own and act is APPROVE) or act.name in forms],
        "own_waits": own and state == "waiting",
        "has_errors": any(form.has_errors for form in forms.values()),
        "may_propose": actor.may(TransfersPermission.GRANT_PROPOSE),
        "again": "transfers:propose_reading" if view.row.direction == Direction.READ else "transfers:propose_writing",
    }
    return render(request, "transfers/grant.html", context, status=status)


def _facts(view: GrantView) -> list[tuple[str, str]]:
    row = view.row
    facts = [
        ("許可番号", str(row.pk)),
        ("移転先", f"{view.department}（{row.department_code}）"),
        ("用途", f"{row.purpose_ja}（{row.purpose_code}）"),
        ("向き", DIRECTIONS_JA[Direction(row.direction)]),
        ("法的根拠", basis_ja(row.basis_code)),
        ("項目", "、".join(item_names(row.items))),
        ("対象となる本人の範囲", SCOPES[row.scope]),
        ("連携のタイミング", METHODS[row.method]),
        ("期間", period_of(view)),
        ("利用依頼", f"{row.request_reference}（{wareki_text(row.requested_on)}）"),
        ("申請", f"{row.proposed_by}　{moment(row.proposed_at)}"),
        ("承認", f"{row.approved_by}　{moment(row.approved_at)}" if row.approved_at else ""),
    ]
    if row.declined_at:
        facts.append(("却下", f"{row.declined_by}　{moment(row.declined_at)}"))
    if row.revoked_at:
        facts.append(("取消し", f"{row.revoked_by}　{moment(row.revoked_at)}"))
    return [*facts, ("却下・取消しの理由", row.end_reason)] if row.end_reason else facts


ROUTES = [
    path("grants/<int:grant_no>/", grant, name="grant"),
    path("grants/<int:grant_no>/approve/", approve, name="grant_approve"),
    path("grants/<int:grant_no>/decline/", decline, name="grant_decline"),
    path("grants/<int:grant_no>/revoke/", revoke, name="grant_revoke"),
]
