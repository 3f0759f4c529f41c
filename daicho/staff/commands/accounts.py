"""利用者の登録・変更・パスワード — creating an account, changing its period, moving its unit, setting its secret. std 10.3-01–05; F-1-11."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.staff import rules
from daicho.staff.commands.provisioning import must_lead, tell_account
from daicho.staff.commands.sign_in import count_failure, end_open_uses
from daicho.staff.commands.temporary import temporary_secret
from daicho.staff.errors import StaffRefused, UseEnded, refuse
from daicho.staff.models import Account, EndedBy, Membership, Unit
from daicho.staff.permissions import Permission
from daicho.staff.queries import in_force, policy_on
from daicho.ui.forms import Problem


def register_unit(actor: Actor, *, code: str, name: str, valid_from: date, valid_to: date | None = None) -> Unit:
    """所属の登録. The same code in the same period again gives the row that is there."""
    audit.require(actor, Permission.ACCOUNT_CHANGE)
    must_lead(actor)
    with transaction.atomic():
        unit, made = Unit.objects.get_or_create(
            municipality_code=settings.INSTALLATION.municipality_code, code=code, valid_from=valid_from, defaults={"name": name, "valid_to": valid_to}
        )
        if made:
            audit.record(actor, "staff:unit:register", detail={"unit_code": code})
    return unit


def create_account(
    actor: Actor,
    *,
    login: str,
    name: str,
    kana: str,
    employee_no: str,
    unit_code: str,
    password: str,
    valid_from: date,
    valid_to: date | None = None,
    must_change: bool = True,
) -> Account:
    """利用者の登録 (std 10.3-01). StaffRefused with all problems: shared name, login ever used before, weak password, unknown unit."""
    audit.require(actor, Permission.ACCOUNT_CREATE)
    must_lead(actor)
    municipality_code = settings.INSTALLATION.municipality_code
    with transaction.atomic():
        problems = _account_problems(login, name, kana, employee_no, unit_code, password, valid_from, valid_to)
        if problems:
            raise StaffRefused(problems)
        now = clock.now()
        account = Account.objects.create(
            municipality_code=municipality_code,
            login=login,
            name=name,
            kana=kana,
            employee_no=employee_no,
            valid_from=valid_from,
            valid_to=valid_to,
            password=make_password(password),
            password_set_at=now,
            must_change_password=must_change,
            created_at=now,
        )
        Membership.objects.create(municipality_code=municipality_code, account=account, unit_code=unit_code, valid_from=valid_from)
        audit.record(actor, "staff:account:create", detail={"login": login, "unit_code": unit_code})
        tell_account(actor, account.pk)
    return account


def create_with_temporary(
    actor: Actor, *, login: str, name: str, kana: str, employee_no: str, unit_code: str, valid_from: date, valid_to: date | None = None
) -> tuple[Account, str]:
    """利用者の登録 at the administrator's screen: as `create_account`, with a temporary password to be told once and changed at first use."""
    temporary = temporary_secret(4, 4)
    account = create_account(
        actor, login=login, name=name, kana=kana, employee_no=employee_no, unit_code=unit_code, password=temporary, valid_from=valid_from, valid_to=valid_to
    )
    return account, temporary


def revoke_account(actor: Actor, account: Account) -> None:
    """失効 at once (F-1-12): yesterday was the last day, the password opens nothing any more, every open use ends; in the other systems within a minute.

    Of an account that began today the last day is today: a period is never empty. StaffRefused for oneself.
    """
    audit.require(actor, Permission.ACCOUNT_CHANGE)
    must_lead(actor)
    if actor.account_id == account.pk:
        raise StaffRefused(refuse("", ["自分を失効させることはできません。ほかの管理者に依頼してください。"]))
    with transaction.atomic():
        row = Account.objects.select_for_update().get(pk=account.pk)
        row.valid_to = max(row.valid_from, clock.today() - timedelta(days=1))
        row.set_unusable_password()
        row.save(update_fields=["valid_to", "password"])
        end_open_uses(row, EndedBy.REVOKED)
        audit.record(actor, "staff:account:revoke", detail={"login": row.login, "valid_to": row.valid_to.isoformat()})
        tell_account(actor, row.pk)
    account.valid_to = row.valid_to


def change_account(actor: Actor, account: Account, *, valid_to: date | None) -> None:
    """有効期間の変更・失効 (異動・退職, F-1-12). A day before today ends every open use at once; any other is felt on its day.

    StaffRefused for oneself: nobody lengthens their own use.
    """
    audit.require(actor, Permission.ACCOUNT_CHANGE)
    must_lead(actor)
    if actor.account_id == account.pk:
        raise StaffRefused(refuse("", ["自分の利用期間を自分で変更することはできません。ほかの管理者に依頼してください。"]))
    if valid_to is not None and valid_to < account.valid_from:
        raise StaffRefused(refuse("valid_to", ["有効終了日が有効開始日より前です。"]))
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(valid_to=valid_to)
        if valid_to is not None and valid_to < clock.today():
            end_open_uses(account, EndedBy.REVOKED)
        audit.record(actor, "staff:account:change", detail={"login": account.login, "valid_to": valid_to.isoformat() if valid_to else ""})
        tell_account(actor, account.pk)
    account.valid_to = valid_to


def move_account(actor: Actor, account: Account, *, unit_code: str, on: date) -> None:
    """所属の異動, also entered beforehand (std 10.3-09): the present membership ends the day before, the new one begins that day.

    StaffRefused for oneself: with the unit come its rights, and those one does not give oneself.
    """
    audit.require(actor, Permission.ACCOUNT_CHANGE)
    must_lead(actor)
    if actor.account_id == account.pk:
        raise StaffRefused(refuse("", ["自分の所属を自分で変更することはできません。ほかの管理者に依頼してください。"]))
    municipality_code = settings.INSTALLATION.municipality_code
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        problems = list(_unit_problems(unit_code, on))
        if Membership.objects.filter(account=account, valid_from__gte=on).exists():
            problems.append(Problem("on", "その日以後の所属の異動が、すでに登録されています。", True))
        if problems:
            raise StaffRefused(problems)
        Membership.objects.filter(in_force(on), account=account).update(valid_to=on - timedelta(days=1))
        Membership.objects.create(municipality_code=municipality_code, account=account, unit_code=unit_code, valid_from=on)
        audit.record(actor, "staff:account:move", detail={"login": account.login, "unit_code": unit_code, "on": on.isoformat()})
        tell_account(actor, account.pk)


def set_password(actor: Actor, account: Account, *, current: str, new: str) -> None:
    """パスワードの変更 by the person themself (std 10.3-04). StaffRefused when the present one is wrong or the new one weak or the same.

    A wrong present one counts as at sign-in (std 10.3-16): who guesses at a terminal left alone is stopped, UseEnded.
    """
    if actor.account_id != account.pk:
        audit.require(actor, Permission.PASSWORD_RESET)
    must_lead(actor)
    refused: StaffRefused | None = None
    with transaction.atomic():
        row = Account.objects.select_for_update().get(pk=account.pk)
        if not check_password(current, row.password):
            refused = _wrong_present_one(actor, row)
        else:
            same = "新しいパスワードが現在のものと同じです。別のものにしてください。"
            problems = (*refuse("new", [same] if check_password(new, row.password) else []), *refuse("new", _password_problems(new, row.login)))
            refused = StaffRefused(problems) if problems else None
        if refused is None:
            _write_password(row, new, must_change=False)
            audit.record(actor, "staff:password:change", detail={"login": row.login})
            tell_account(actor, row.pk)
    if refused is not None:  # outside, so that the record and the count of a wrong one are kept
        raise refused


def _wrong_present_one(actor: Actor, row: Account) -> StaffRefused:
    reached = count_failure(row, clock.now())
    audit.record(actor, "staff:password:change", outcome="refused", detail={"login": row.login, "why": "locked now" if reached else "wrong password"})
    if not reached:
        return StaffRefused(refuse("current", ["現在のパスワードが違います。"]))
    end_open_uses(row, EndedBy.REVOKED)
    message = "現在のパスワードを続けて間違えたため、利用を終了し、この利用者IDの利用を停止しました。しばらく待ってから利用を開始するか、管理者に初期化を依頼してください。"
    return UseEnded(refuse("", [message]))


def reset_password(actor: Actor, account: Account) -> str:
    """パスワードの初期化 by the administrator (std 10.3-05): gives a temporary one, to be changed at first use; unlocks; ends open uses."""
    audit.require(actor, Permission.PASSWORD_RESET)
    must_lead(actor)
    temporary = temporary_secret(4, 4)
    with transaction.atomic():
        row = Account.objects.select_for_update().get(pk=account.pk)
        _write_password(row, temporary, must_change=True)
        end_open_uses(row, EndedBy.SECRET_CHANGED)
        audit.record(actor, "staff:password:reset", detail={"login": row.login})
        tell_account(actor, row.pk)
    return temporary


def _write_password(row: Account, password: str, *, must_change: bool) -> None:
    row.password = make_password(password)
    row.password_set_at = clock.now()
    row.must_change_password = must_change
    row.failed_attempts = 0
    row.locked_until = None
    row.save(update_fields=["password", "password_set_at", "must_change_password", "failed_attempts", "locked_until"])


def _password_problems(password: str, login: str) -> tuple[str, ...]:
    return rules.password_problems(password, login=login, min_length=policy_on(clock.today()).min_password_length)


def _unit_problems(unit_code: str, on: date) -> tuple[Problem, ...]:
    if Unit.objects.filter(in_force(on), code=unit_code).exists():
        return ()
    return refuse("unit_code", ["その日に有効な所属がありません。所属コードを確認してください。"])


def _account_problems(
    login: str, name: str, kana: str, employee_no: str, unit_code: str, password: str, valid_from: date, valid_to: date | None
) -> tuple[Problem, ...]:
    found: list[Problem] = [
        *refuse("login", rules.login_problems(login)),
        *refuse("name", rules.name_problems(name, kana)),
        *refuse("password", _password_problems(password, login)),
        *_unit_problems(unit_code, valid_from),
    ]
    if Account.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, login=login).exists():
        found += refuse("login", ["この利用者IDは、今または過去に使われています。利用者IDは再利用できません。"])
    if not employee_no.strip():
        found += refuse("employee_no", ["職員番号を入力してください。"])
    elif Account.objects.filter(in_force(valid_from), employee_no=employee_no).exists():
        found += refuse("employee_no", ["この職員番号には、有効な利用者IDがすでにあります。一人に一つです。"])
    if valid_to is not None and valid_to < valid_from:
        found += refuse("valid_to", ["有効終了日が有効開始日より前です。"])
    return tuple(found)
