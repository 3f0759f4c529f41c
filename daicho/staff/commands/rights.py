"""操作権限の付与・承認・取消し, 認証方針 — dated rights for a person or a unit, two persons for each. std 10.3-07–09, -17; F-1-12."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.staff import permissions
from daicho.staff.errors import StaffRefused, refuse
from daicho.staff.models import AccessPolicy, Account, Grant, Membership, Unit
from daicho.staff.permissions import Permission
from daicho.ui.forms import Problem


def grant(
    actor: Actor,
    permission: str,
    *,
    account: Account | None = None,
    unit_code: str = "",
    scope: str = "",
    valid_from: date,
    valid_to: date | None = None,
    reason: str,
) -> Grant:
    """操作権限の付与の申請: for one account or one unit. Not in force until another person approves it. StaffRefused with all problems.

    Nobody applies for themself, nor for a unit they belong to on any day of the period: a unit's right would be their own.
    """
    audit.require(actor, Permission.GRANT_GIVE)
    problems = _grant_problems(actor, permission, account, unit_code, scope, valid_from, valid_to, reason)
    if problems:
        raise StaffRefused(problems)
    try:
        with transaction.atomic():
            row = Grant.objects.create(
                municipality_code=settings.INSTALLATION.municipality_code,
                account=account,
                unit_code=unit_code,
                permission=permission,
                scope=scope,
                valid_from=valid_from,
                valid_to=valid_to,
                reason=reason,
                granted_by_id=actor.account_id,
                granted_at=clock.now(),
            )
            audit.record(actor, "staff:grant:give", detail=_detail(row))
    except IntegrityError:
        raise StaffRefused(refuse("permission", ["同じ権限が、同じ開始日ですでに付与されています。"])) from None
    return row


def approve_grant(actor: Actor, grant_id: int) -> Grant:
    """付与の承認 by another person than the applicant and than those who receive it: of a unit's right, whoever belongs to the unit."""
    audit.require(actor, Permission.GRANT_APPROVE)
    with transaction.atomic():
        row = Grant.objects.select_for_update().get(pk=grant_id, municipality_code=settings.INSTALLATION.municipality_code)
        problems: list[Problem] = []
        if row.approved_at or row.revoked_at:
            problems += refuse("", ["この付与は、すでに承認または取消しがされています。"])
        if actor.account_id is not None and actor.account_id in (row.granted_by_id, row.account_id):
            problems += refuse("", ["申請した本人、または付与を受ける本人は、承認できません。"])
        if _belongs(actor, row.unit_code, row.valid_from, row.valid_to):
            problems += refuse("", ["自分の所属への付与は承認できません。その所属でない承認者に依頼してください。"])
        if problems:
            raise StaffRefused(problems)
        row.approved_by_id = actor.account_id
        row.approved_at = clock.now()
        row.save(update_fields=["approved_by", "approved_at"])
        audit.record(actor, "staff:grant:approve", detail=_detail(row))
    return row


def revoke(actor: Actor, grant_id: int, *, last_day: date | None = None) -> Grant:
    """権限の取消し: at once, or with `last_day` from the day after it (also entered beforehand, std 10.3-09)."""
    audit.require(actor, Permission.GRANT_REVOKE)
    with transaction.atomic():
        row = Grant.objects.select_for_update().get(pk=grant_id, municipality_code=settings.INSTALLATION.municipality_code)
        if row.revoked_at:
            raise StaffRefused(refuse("", ["この付与は、すでに取り消されています。"]))
        if last_day is None:
            row.revoked_by_id = actor.account_id
            row.revoked_at = clock.now()
        elif last_day < max(row.valid_from, clock.today()):
            raise StaffRefused(refuse("last_day", ["最終日は、開始日および本日より前にできません。"]))
        else:
            row.valid_to = last_day
        row.save(update_fields=["revoked_by", "revoked_at", "valid_to"])
        audit.record(actor, "staff:grant:revoke", detail=_detail(row))
    return row


def set_policy(actor: Actor, *, valid_from: date, **values: int) -> AccessPolicy:
    """認証方針の設定, dated: idle time, failures until a lock and so on. A new row; the earlier ones stay as they were."""
    audit.require(actor, Permission.POLICY_SET)
    with transaction.atomic():
        row = AccessPolicy.objects.create(municipality_code=settings.INSTALLATION.municipality_code, valid_from=valid_from, **values)
        audit.record(actor, "staff:policy:set", detail={"valid_from": valid_from.isoformat(), **{key: str(value) for key, value in values.items()}})
    return row


def _detail(row: Grant) -> dict[str, str]:
    return {"grant": str(row.pk), "permission": row.permission, "account": str(row.account_id or ""), "unit_code": row.unit_code, "scope": row.scope}


def _belongs(actor: Actor, unit_code: str, first: date, last: date | None) -> bool:
    """Whether the actor is of the unit on any day from `first` to `last` (None: for ever), also by a move entered beforehand."""
    if actor.account_id is None or not unit_code:  # the installation itself belongs nowhere
        return False
    rows = Membership.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, account_id=actor.account_id, unit_code=unit_code)
    rows = rows.exclude(valid_to__lt=first)
    return (rows if last is None else rows.filter(valid_from__lte=last)).exists()


def _grant_problems(
    actor: Actor,
    permission: str,
    account: Account | None,
    unit_code: str,
    scope: str,
    valid_from: date,
    valid_to: date | None,
    reason: str,
) -> tuple[Problem, ...]:
    found: list[Problem] = []
    if not permissions.is_registered(permission):
        found += refuse("permission", ["その操作権限は、操作権限一覧表にありません。"])
    if (account is None) == (unit_code == ""):
        found += refuse("account", ["利用者または所属の、どちらか一つを指定してください（職位での付与はできません）。"])
    if account is not None and account.pk == actor.account_id:
        found += refuse("account", ["自分に操作権限を付与することはできません。"])
    if unit_code and not Unit.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, code=unit_code).exists():
        found += refuse("unit_code", ["その所属は登録されていません。"])
    elif _belongs(actor, unit_code, valid_from, valid_to):
        found += refuse("unit_code", ["自分の所属への付与は申請できません。その所属でない申請者に依頼してください。"])
    if scope and not (scope.startswith("office:") and len(scope) > len("office:")):
        found += refuse("scope", ["利用範囲は、市全体または事務所で指定してください。"])
    if valid_to is not None and valid_to < valid_from:
        found += refuse("valid_to", ["有効終了日が有効開始日より前です。"])
    if not reason.strip():
        found += refuse("reason", ["付与の理由を入力してください。"])
    return tuple(found)
