"""同時の承認 — two officers who approve at the same moment: there is never more than one grant in force for a purpose of a department. F-1-41; D-R1, D-R6."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

from django.db import connections, transaction

from daicho.transfers.commands import grants
from daicho.transfers.commands.errors import TransferRefused
from daicho.transfers.queries.in_force import grants_in_force
from daicho.transfers.rules.grants import Direction
from tests.outbox.lock_waits import wait_until_it_waits
from tests.transfers.city_hall import APPROVER, PROPOSER, departments, proposal

TODAY = date(2026, 4, 10)


def approved(grant_no: int) -> str:
    """What another officer is told, in a connection of their own."""
    try:
        grants.approve(replace(APPROVER, account_id=9, login="k.kudo"), grant_no)
    except TransferRefused as refused:
        return refused.problems[0].message
    finally:
        connections.close_all()
    return ""


def test_同じ事務の二つの申請を同時に承認しても有効なのは一つである(committed_db):
    departments()
    narrow, wide = (grants.propose(PROPOSER, proposal(items=items)) for items in (("name_kanji",), ("name_kanji", "address")))
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            grants.approve(APPROVER, narrow.pk)
            second = other.submit(approved, wide.pk)
            wait_until_it_waits(second)
        assert "同じ日か後の日から承認されています" in second.result(30)
    assert [grant.no for grant in grants_in_force(Direction.READ, TODAY)] == [narrow.pk]
