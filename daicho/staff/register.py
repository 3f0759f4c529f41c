"""利用者名簿と操作権限一覧表の読み — who may use this system, since when, in which unit, with which rights. std 10.3-01, -08, -12; F-1-12.

Of officers, not of residents: each list needs its right, and no reading is recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.staff import permissions
from daicho.staff.models import Account, Grant, Membership, Unit
from daicho.staff.permissions import Permission
from daicho.staff.queries import in_force, unused_accounts


@dataclass(frozen=True)
class Listed:
    """One account of the list with its unit of the day."""

    account: Account
    unit: str
    is_unused: bool


@dataclass(frozen=True)
class Card:
    """One account with all it was, is and will be. `names` are the units' names by their codes."""

    account: Account
    memberships: Sequence[Membership]
    grants: Sequence[Grant]
    names: dict[str, str]


@dataclass(frozen=True)
class Right:
    """One line of the 操作権限一覧表: a permission, and the grants of it that are in force."""

    entry: permissions.Entry
    grants: Sequence[Grant]


def accounts_listed(actor: Actor) -> list[Listed]:
    """Everybody who ever had an account, by kana; their unit of today, or the last one. Five queries. audit.Refused (recorded)."""
    audit.require(actor, Permission.ACCOUNT_READ)
    today, names = clock.today(), unit_names()
    units: dict[int, str] = {}
    for row in Membership.objects.filter(municipality_code=_municipality(), valid_from__lte=today).order_by("valid_from"):
        units[row.account_id] = row.unit_code
    unused = {account.pk for account in unused_accounts(today)}
    accounts = Account.objects.filter(municipality_code=_municipality()).order_by("kana", "login")
    return [Listed(account, names.get(units.get(account.pk, ""), ""), account.pk in unused) for account in accounts]


def find_card(actor: Actor, account_no: int) -> Card | None:
    """None for nobody. Four queries. audit.Refused (recorded)."""
    audit.require(actor, Permission.ACCOUNT_READ)
    account = Account.objects.filter(municipality_code=_municipality(), pk=account_no).first()
    if account is None:
        return None
    memberships = list(Membership.objects.filter(account=account).order_by("-valid_from"))
    grants = _grants().filter(Q(account=account) | Q(unit_code__in={row.unit_code for row in memberships})).order_by("permission", "-valid_from")
    return Card(account, memberships, list(grants), unit_names())


def rights_table(actor: Actor) -> list[Right]:
    """操作権限一覧表: every permission of this system, and who has it today. One query. audit.Refused (recorded)."""
    audit.require(actor, Permission.ACCOUNT_READ)
    held: dict[str, list[Grant]] = {}
    for row in _grants().filter(in_force(clock.today()), approved_at__isnull=False, revoked_at__isnull=True).order_by("unit_code", "account__kana"):
        held.setdefault(row.permission, []).append(row)
    return [Right(entry, held.get(entry.name, ())) for entry in permissions.catalogue()]


def waiting_grants(actor: Actor) -> list[Grant]:
    """Applied for and neither approved nor revoked, oldest first. One query. audit.Refused (recorded)."""
    audit.require(actor, Permission.ACCOUNT_READ)
    return list(_grants().filter(approved_at__isnull=True, revoked_at__isnull=True).order_by("id"))


def find_grant(actor: Actor, grant_no: int) -> Grant | None:
    """One query. audit.Refused (recorded)."""
    audit.require(actor, Permission.ACCOUNT_READ)
    return _grants().filter(pk=grant_no).first()


def unit_names() -> dict[str, str]:
    """The last name of each unit, by its code. One query."""
    return dict(Unit.objects.filter(municipality_code=_municipality()).order_by("valid_from").values_list("code", "name"))


def units_on(on: date) -> list[Unit]:
    """The units in force that day, by code. One query."""
    return list(Unit.objects.filter(in_force(on)).order_by("code"))


def _grants() -> QuerySet[Grant]:
    return Grant.objects.filter(municipality_code=_municipality()).select_related("account", "granted_by", "approved_by", "revoked_by")


def _municipality() -> str:
    return str(settings.INSTALLATION.municipality_code)
