"""職員の連携 — what residents' staff room registers the other systems take over, within seconds; a revocation ends every open use. G-29; F-1-12.

Rights are given in each system by two officers of its own: who may do what with a room's data is that room's matter (decision 0018).
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.contracts.staff_account_v1 import StaffAccountV1, StaffMembership
from daicho.outbox.leading import is_led, tell_followers
from daicho.staff.commands.sign_in import end_open_uses
from daicho.staff.errors import StaffRefused, refuse
from daicho.staff.models import Account, EndedBy, Membership, Unit
from daicho.staff.permissions import Permission

_ELSEWHERE = "職員の登録・変更とパスワードの変更は、住民記録のシステムで行ってください。ここには1分以内に反映されます。"


def must_lead(actor: Actor) -> None:
    """StaffRefused where staff comes from another system."""
    if is_led(actor):
        raise StaffRefused(refuse("", [_ELSEWHERE]))


def tell_account(actor: Actor, account_id: int) -> None:
    """Post the account as it is now to every system that follows. Inside the transaction that changed it."""
    account = Account.objects.get(pk=account_id)
    tell_followers(actor, [(_told(account), f"staff:{account.login}")])


def _told(account: Account) -> StaffAccountV1:
    periods = list(Membership.objects.filter(account=account).order_by("valid_from"))
    names: dict[str, str] = {}
    for unit in Unit.objects.filter(municipality_code=account.municipality_code, code__in={period.unit_code for period in periods}).order_by("valid_from"):
        names[unit.code] = unit.name
    return StaffAccountV1(
        login=account.login, name=account.name, kana=account.kana, employee_no=account.employee_no, valid_from=account.valid_from,
        valid_to=account.valid_to, password_hash=account.password, password_set_at=account.password_set_at,
        must_change_password=account.must_change_password,
        memberships=tuple(StaffMembership(p.unit_code, names.get(p.unit_code, ""), p.valid_from, p.valid_to) for p in periods),
    )  # fmt: skip


@transaction.atomic
def take_over(actor: Actor, told: StaffAccountV1) -> None:
    """Make this system's account equal to the leader's. An account no longer in force, or given a new secret, is out at once."""
    audit.require(actor, Permission.ACCOUNT_CHANGE)
    code = settings.INSTALLATION.municipality_code
    before = Account.objects.select_for_update().filter(municipality_code=code, login=told.login).first()
    values = {
        "name": told.name, "kana": told.kana, "employee_no": told.employee_no, "valid_from": told.valid_from, "valid_to": told.valid_to,
        "password": told.password_hash, "password_set_at": told.password_set_at, "must_change_password": told.must_change_password,
    }  # fmt: skip
    new_secret = before is not None and before.password != told.password_hash
    if before is None or new_secret:
        values |= {"failed_attempts": 0, "locked_until": None}
    account, _ = Account.objects.update_or_create(
        municipality_code=code, login=told.login, defaults=values, create_defaults=values | {"created_at": clock.now()}
    )
    for period in told.memberships:
        Unit.objects.get_or_create(municipality_code=code, code=period.unit_code, valid_from=period.valid_from, defaults={"name": period.unit_name})
        Membership.objects.update_or_create(
            municipality_code=code, account=account, valid_from=period.valid_from, defaults={"unit_code": period.unit_code, "valid_to": period.valid_to}
        )
    if told.valid_to is not None and told.valid_to < clock.today():
        end_open_uses(account, EndedBy.REVOKED)
    elif new_secret:
        end_open_uses(account, EndedBy.SECRET_CHANGED)
    audit.record(actor, "staff:account:take_over", detail={"login": told.login})
