"""庁内連携の相手方 — what this room needs from the departments' systems. 番号法第9条第1項; G-25, G-26.

One suite (tests/transfers/port_suite.py) runs against every implementation. The four errors are those of the post room.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from daicho.contracts.department_batch_v1 import DepartmentBatchV1
from daicho.contracts.department_entry_v1 import DepartmentEntryOutcomeV1
from daicho.contracts.department_feed_v1 import DepartmentFeedV1


@dataclass(frozen=True)
class Acceptance:
    """The counterpart took it: its reply code and its words."""

    code: str
    message_ja: str


class DepartmentsPort(Protocol):
    """庁内各課の業務システム: take what they are told of persons, in the order of each person's 履歴番号, and what became of their write-backs."""

    def send_feed(self, feed: DepartmentFeedV1) -> Acceptance:
        """Hand one person over and wait for the reply.

        May be called again with the same message after anything, a crash too: it is known by its 管理番号.
        Raises outbox.errors: Duplicate (it was taken before, with the same content), Refused (form, code, an item beyond the grant, the order
        of the person's 履歴番号), Unavailable (away, silent, or a reply that cannot be read), Unauthorized (we are not known there, or the reply
        is not theirs).
        """
        ...

    def send_batch(self, batch: DepartmentBatchV1) -> Acceptance:
        """Hand over what changed in the last minutes; all of it or nothing is taken. Errors as for `send_feed`."""
        ...

    def send_outcome(self, outcome: DepartmentEntryOutcomeV1) -> Acceptance:
        """Tell what became of a write-back. Errors as for `send_feed`."""
        ...
