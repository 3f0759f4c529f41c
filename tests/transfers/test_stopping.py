"""終わった許可 — what was posted by a grant that has ended since does not leave; a new grant takes nothing over. D-R1, F-1-41."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from daicho import clock
from daicho.outbox import courier, relay
from daicho.outbox.models import Delivery, Line
from daicho.transfers.adapters.couriers import DepartmentsCourier
from daicho.transfers.adapters.memory import MemoryDepartments
from daicho.transfers.commands import grants
from daicho.transfers.models import TransferRecord
from tests.contracts.transfer_samples import MOVE_IN, RELOCATED
from tests.outbox.horizon import wait_until_visible
from tests.transfers.city_hall import APPROVER, granted
from tests.transfers.sending import told

NEXT = replace(MOVE_IN, history_no=2, person=RELOCATED)


@pytest.fixture
def there(committed_db, monkeypatch):
    """The departments in memory, behind this room's own courier; a database where commits are real."""
    memory = MemoryDepartments()
    monkeypatch.setattr(courier, "_couriers", {"departments": DepartmentsCourier(memory)})
    return memory


def sent(memory: MemoryDepartments) -> list[tuple[str, int]]:
    wait_until_visible()
    Line.objects.update(next_at=None)
    relay.run_until_idle()
    return [(feed.purpose_code, feed.person.history_no) for feed in memory.received]


def states() -> list[str]:
    return list(Delivery.objects.order_by("notice_id").values_list("state", flat=True))


def test_取り消された許可の通知は待っていても送られない(there):
    row = granted()
    told(MOVE_IN)
    grants.revoke(APPROVER, row.pk, "誤って承認した")
    assert (sent(there), states()) == ([], ["withdrawn"])
    assert list(TransferRecord.objects.order_by("pk").values_list("outcome", "reason_code")) == [("given", ""), ("stopped", "grant_ended")]


def test_終了日を過ぎた許可の通知も送られない(there):
    granted(valid_to=date(2026, 4, 10))
    told(MOVE_IN)
    with clock.at(date(2026, 4, 11)):
        assert (sent(there), states()) == ([], ["withdrawn"])


def test_止めた通知は同じ人の後の通知を止めない(there):
    """The next grant begins; what waits behind the stopped one goes."""
    row = granted()
    told(MOVE_IN)
    grants.revoke(APPROVER, row.pk, "項目を改める", None)
    granted(items=("name_kanji",))
    told(NEXT)
    assert (sent(there), states()) == ([("005", 2)], ["withdrawn", "acknowledged"])


def test_他の課への通知は送られる(there):
    row = granted("005")
    granted("001")
    told(MOVE_IN)
    grants.revoke(APPROVER, row.pk, "誤り")
    assert (sent(there), sorted(states())) == ([("001", 1)], ["acknowledged", "withdrawn"])


def test_止めたことは一度だけ記録する(there):
    """A crash between stopping and settling asks again."""
    from daicho.audit.actor import Actor
    from daicho.outbox.models import Notice
    from daicho.transfers.commands.stopping import stop_if_ended
    from daicho.transfers.permissions import TransfersPermission

    row = granted()
    told(MOVE_IN)
    grants.revoke(APPROVER, row.pk, "誤り")
    actor = Actor.system("transfers.courier", TransfersPermission.FEED_SEND)
    assert [stop_if_ended(actor, row.pk, Notice.objects.get().notice_id) for _ in range(2)] == [True, True]
    assert TransferRecord.objects.filter(outcome="stopped").count() == 1


def test_有効な間は送られる(there):
    granted()
    told(MOVE_IN, NEXT)
    assert (sent(there), states()) == ([("005", 1), ("005", 2)], ["acknowledged"] * 2)
    assert timedelta(0) <= clock.now() - Delivery.objects.first().replied_at < timedelta(minutes=1)
