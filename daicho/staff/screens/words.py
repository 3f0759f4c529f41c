"""職員の画面の言葉 — how an account's state, a period and a grant are told, and how a typed day is read. std 10.3."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from daicho.staff import permissions
from daicho.staff.models import Account, Grant
from daicho.ui.dates import moment, wareki_text
from daicho.ui.forms import BoundForm, Problem
from daicho.values.dates import BadDate, JapaneseDate

LED = "職員の登録・変更・失効とパスワードの初期化は、住民記録のシステムで行います。ここには1分以内に反映されます。操作権限はこのシステムで付与します。"


def period_ja(valid_from: date, valid_to: date | None) -> str:
    return f"{wareki_text(valid_from)}から{wareki_text(valid_to) + 'まで' if valid_to else ''}"


def state_of(account: Account, today: date, now: datetime) -> tuple[str, str]:
    """Badge and word."""
    if account.valid_to is not None and account.valid_to < today:
        return "neutral", "失効"
    if account.valid_from > today:
        return "info", "開始前"
    if account.locked_until is not None and account.locked_until > now:
        return "warning", "利用停止中"
    if not account.has_usable_password():
        return "neutral", "失効"
    return "success", "有効"


def grant_state(row: Grant, today: date) -> tuple[str, str]:
    """Badge and word."""
    if row.revoked_at is not None:
        return ("neutral", "取消し") if row.approved_at else ("error", "却下・取下げ")
    if row.approved_at is None:
        return "waiting", "承認待ち"
    if row.valid_to is not None and row.valid_to < today:
        return "neutral", "終了"
    return ("info", "予定") if row.valid_from > today else ("success", "有効")


def grant_row(row: Grant, names: Mapping[str, str], today: date) -> dict[str, object]:
    """A grant as lists show it."""
    entry = next((each for each in permissions.catalogue() if each.name == row.permission), None)
    return {
        "no": row.pk, "permission": permissions.label_of(row.permission), "room": entry.room_label if entry else "", "to": holder_ja(row, names),
        "scope": scope_ja(row.scope), "period": period_ja(row.valid_from, row.valid_to), "state": grant_state(row, today), "reason": row.reason,
        "given": f"{row.granted_by.name if row.granted_by else '初期設定'}　{moment(row.granted_at)}",
        "approved": f"{row.approved_by.name if row.approved_by else '初期設定'}　{moment(row.approved_at)}" if row.approved_at else "",
    }  # fmt: skip


def holder_ja(row: Grant, names: Mapping[str, str]) -> str:
    """「小樽　花子（h.otaru）」 or 「所属　戸籍住民課（1201）」."""
    if row.account is not None:
        return f"{row.account.name}（{row.account.login}）"
    return f"所属　{names.get(row.unit_code, '')}（{row.unit_code}）"


def scope_ja(scope: str) -> str:
    return "市全体" if not scope else f"事務所　{scope.removeprefix('office:')}"


def read_day(form: BoundForm, name: str) -> tuple[date | None, tuple[Problem, ...]]:
    """The day typed in a field; None when it is empty, or with a problem when it is none of the calendar."""
    text = form.value(name)
    try:
        return (JapaneseDate.parse(text).certain() if text else None), ()
    except BadDate as problem:
        return None, (Problem(name, str(problem)),)
