"""架空の市の移転許可 — the 移転先 of the assessment, and 保険年金課's grants to read and to write 国民健康保険, by two made-up officers. Needs Django.

Everything else of the assessment stays offered: an officer of the demo proposes it, another approves it (F-1-41).
"""

from __future__ import annotations

from daicho.audit.actor import Actor

PROPOSER, APPROVER = "n.ogawa", "t.honma"
LIVE = ("005", "W01")


def load() -> int:
    """Register what is not there yet; returns how many grants were approved. Refused in production. Doing it again changes nothing."""
    from django.conf import settings

    from daicho import clock
    from daicho.transfers.commands import grants
    from daicho.transfers.models import Department, TransferGrant
    from daicho.transfers.permissions import TransfersPermission
    from daicho.transfers.rules.grants import Proposal, first_departments, offered

    if settings.INSTALLATION.environment == "production":
        raise RuntimeError("made-up grants are not registered in production")
    registrar = Actor.system("demo", TransfersPermission.DEPARTMENT_REGISTER)
    if not Department.objects.exists():
        for one in first_departments():
            grants.register_department(registrar, one.code, one.name, one.valid_from, one.transfer_no)
    if TransferGrant.objects.exists():
        return 0
    proposer = _officer(PROPOSER, TransfersPermission.GRANT_PROPOSE)
    approver = _officer(APPROVER, TransfersPermission.GRANT_APPROVE)
    today = clock.today()
    live = [one for one in offered() if one.purpose_code in LIVE]
    for one in live:
        asked = Proposal(
            one.department_code, one.purpose_code, one.purpose_ja, one.direction, one.basis_code, one.items, one.scope, one.method, today, None, today,
            "保年第1号",
        )  # fmt: skip
        grants.approve(approver, grants.propose(proposer, asked).pk)
    return len(live)


def _officer(login: str, permission: str) -> Actor:
    """A made-up officer, allowed this."""
    from daicho.staff.queries import find_account

    account = find_account(login)
    if account is None:
        raise RuntimeError(f"the made-up officer {login} is not registered yet: synthetic.accounts comes first")
    return Actor(account.pk, account.login, account.name, "", "", "", "", frozenset({str(permission)}))
