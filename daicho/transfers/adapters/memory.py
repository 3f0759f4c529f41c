"""相手方の代役 — the departments kept in memory, for tests without a network. G-25, G-26.

It judges what the port promises (duplicates, a reused 管理番号, codes, the order of a person's 履歴番号) and nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable

from daicho.contracts.department_batch_v1 import DepartmentBatchV1
from daicho.contracts.department_entry_v1 import DepartmentEntryOutcomeV1
from daicho.contracts.department_feed_v1 import DepartmentFeedV1, FeedPerson
from daicho.outbox.errors import DeliveryError, Duplicate, Refused
from daicho.transfers.ports import Acceptance
from daicho.transfers.rules.layouts import by_code, layout

Message = DepartmentFeedV1 | DepartmentBatchV1 | DepartmentEntryOutcomeV1


class MemoryDepartments:
    """`DepartmentsPort` in memory. `fault` is raised instead, as often as it is set."""

    def __init__(self) -> None:
        self.received: list[Message] = []
        self.fault: DeliveryError | None = None
        self._last: dict[tuple[str, str, str], int] = {}

    def send_feed(self, feed: DepartmentFeedV1) -> Acceptance:
        return self._take(feed, (feed.person,))

    def send_batch(self, batch: DepartmentBatchV1) -> Acceptance:
        return self._take(batch, batch.people)

    def send_outcome(self, outcome: DepartmentEntryOutcomeV1) -> Acceptance:
        return self._take(outcome, ())

    def _take(self, message: Message, people: Iterable[FeedPerson]) -> Acceptance:
        if self.fault is not None:
            raise self.fault
        for known in self.received:
            if known.request_control_no == message.request_control_no:
                raise Duplicate if known == message else Refused("L03", "同じ管理番号で内容が異なります。")
        told = {(message.department_code, message.purpose_code, person.atena_no): person for person in people}
        for whose, person in told.items():
            _judge(person)
            if person.history_no < self._last.get(whose, 0):
                raise Refused("L12", "履歴番号が逆転しています。")
        self._last |= {whose: person.history_no for whose, person in told.items()}
        self.received.append(message)
        return Acceptance("A00", "受け付けました")


def _judge(person: FeedPerson) -> None:
    for item in person.items:
        codes = layout("department_feed")[item.item].code_list
        if item.value is not None and codes and item.value not in by_code(codes):
            raise Refused("F05", "コード表にない値です。")
