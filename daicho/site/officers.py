"""命令を使う職員 — the Actor of an officer who answers for an operator's command. F-1-10, F-1-12."""

from __future__ import annotations

from daicho import clock
from daicho.audit.actor import Actor


def officer(login: str) -> Actor:
    """The officer with today's city-wide rights. LookupError when there is no such account in force."""
    from daicho.staff.models import Membership, Unit
    from daicho.staff.queries import find_account, grants_of, in_force

    today, account = clock.today(), find_account(login)
    if account is None or account.valid_from > today or (account.valid_to is not None and account.valid_to < today):
        raise LookupError(f"no account {login} is in force")
    code = Membership.objects.filter(in_force(today), account=account).order_by("-valid_from").values_list("unit_code", flat=True).first() or ""
    name = Unit.objects.filter(in_force(today), code=code).order_by("-valid_from").values_list("name", flat=True).first() or ""
    return Actor(account.pk, account.login, account.name, code, name, "", "operator", grants_of(account, today))
