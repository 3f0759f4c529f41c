"""使者 — carries this room's notices from the post room to the departments, and lets none leave whose grant has ended. G-25, G-26; D-R1.

site/wiring names `to_departments` as the courier of that destination.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from daicho.audit.actor import Actor
from daicho.contracts.department_batch_v1 import DepartmentBatchV1
from daicho.contracts.department_entry_v1 import DepartmentEntryOutcomeV1
from daicho.contracts.department_feed_v1 import DepartmentFeedV1
from daicho.outbox.envelope import Envelope, Reply
from daicho.outbox.errors import NotToBeSent
from daicho.transfers.adapters.wire import WireDepartments
from daicho.transfers.commands.stopping import GRANT_ENDED, stop_if_ended
from daicho.transfers.permissions import TransfersPermission
from daicho.transfers.ports import Acceptance, DepartmentsPort

_ENDED_JA = "移転許可が終わったため、送信しませんでした。"


class DepartmentsCourier:
    """Implements the post room's `Courier` with a `DepartmentsPort`. The grant is asked at the last moment (one statement)."""

    def __init__(self, port: DepartmentsPort) -> None:
        self._port = port

    def deliver(self, envelope: Envelope) -> Reply:
        message = envelope.message()
        if isinstance(message, DepartmentEntryOutcomeV1):
            return _acknowledged(self._port.send_outcome(message))
        assert isinstance(message, DepartmentFeedV1 | DepartmentBatchV1)  # wiring allows no other kind here
        if stop_if_ended(Actor.system("transfers.courier", TransfersPermission.FEED_SEND), message.grant_no, UUID(envelope.notice_id)):
            raise NotToBeSent(GRANT_ENDED, _ENDED_JA)
        if isinstance(message, DepartmentFeedV1):
            return _acknowledged(self._port.send_feed(message))
        return _acknowledged(self._port.send_batch(message))


def to_departments() -> DepartmentsCourier:
    return DepartmentsCourier(WireDepartments(settings.DAICHO.peers["departments"]))


def _acknowledged(accepted: Acceptance) -> Reply:
    return Reply("acknowledged", accepted.code, accepted.message_ja)
