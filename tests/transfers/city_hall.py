"""庁内のことば — officers, 移転先 and approved grants, for tests. No real person."""

from dataclasses import replace
from datetime import date

from daicho import clock
from daicho.audit.actor import Actor
from daicho.transfers.commands import grants
from daicho.transfers.models import TransferGrant
from daicho.transfers.permissions import LABELS_JA
from daicho.transfers.queries.departments import departments_on
from daicho.transfers.rules.grants import Direction, Proposal, first_departments, offered

ALL = frozenset(str(permission) for permission in LABELS_JA)
PROPOSER = Actor(7, "n.ogawa", "小川\u3000直樹", "1201", "戸籍住民課", "main", "T-01", ALL)
APPROVER = replace(PROPOSER, account_id=8, login="t.honma", name="本間\u3000隆")
NOBODY = replace(PROPOSER, account_id=9, login="nobody", grants=frozenset())
TODAY = date(2026, 4, 10)


def departments() -> None:
    for one in first_departments():
        grants.register_department(PROPOSER, one.code, one.name, one.valid_from, one.transfer_no)


def proposal(purpose: str = "005", direction: Direction = Direction.READ, **changes: object) -> Proposal:
    """What the assessment offers, as an officer enters it today."""
    [one] = [each for each in offered() if (each.purpose_code, each.direction) == (purpose, direction)]
    today = clock.today()
    asked = Proposal(
        one.department_code, one.purpose_code, one.purpose_ja, one.direction, one.basis_code, one.items, one.scope, one.method, today, None, today, "保年第12号"
    )
    return replace(asked, **changes)  # type: ignore[arg-type]


def granted(purpose: str = "005", direction: Direction = Direction.READ, **changes: object) -> TransferGrant:
    """Proposed by one officer and approved by another."""
    if not departments_on(clock.today()):
        departments()
    return grants.approve(APPROVER, grants.propose(PROPOSER, proposal(purpose, direction, **changes)).pk)


def may_write(purpose: str = "W01", **changes: object) -> TransferGrant:
    return granted(purpose, Direction.WRITE, **changes)
