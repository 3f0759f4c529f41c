"""発行抑止の電文の見本 — one person of whom nothing is handed out, one of whom it was released. No real person."""

from __future__ import annotations

from datetime import UTC, date, datetime

from daicho.contracts.issue_block_v1 import BlockedPerson, IssueBlockV1

AT = datetime(2026, 4, 10, 3, 0, tzinfo=UTC)
BLOCK = IssueBlockV1(AT, (BlockedPerson("1000000017", date(2026, 4, 10)), BlockedPerson("1000000025", None)))


def block(person_key: str, since: date | None, at: datetime = AT) -> IssueBlockV1:
    """As residents posts it: one notice for each person."""
    return IssueBlockV1(at, (BlockedPerson(person_key, since),))
