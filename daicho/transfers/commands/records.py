"""移転記録の書込み — one row for each person and grant, in the transaction of the transfer; refusals too. F-1-43, D-R4."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from daicho import city, clock, rows
from daicho.transfers.models import TransferRecord, municipality_code
from daicho.transfers.rules.grants import Grant
from daicho.transfers.rules.scope import OUT_OF_SCOPE


@dataclass(frozen=True)
class Line:
    """One person told to one department, or about to be."""

    grant: Grant
    person_id: int
    history_no: int
    feed_kind: str
    way: str
    notice_id: UUID | None = None

    def in_notice(self, notice_id: UUID) -> Line:
        return replace(self, notice_id=notice_id)


def keep(lines: Sequence[Line], operator: str) -> None:
    """Two statements, however many; none for none."""
    if not lines:
        return
    until, now = keep_until(), clock.now()
    rows.insert(
        [
            TransferRecord(
                municipality_code=municipality_code(), at=now, department_code=line.grant.department_code, purpose_code=line.grant.purpose_code,
                grant_id=line.grant.no, person_id=line.person_id, history_no=line.history_no, way=line.way, operator=operator, notice_id=line.notice_id,
                outcome=TransferRecord.Outcome.OUT_OF_SCOPE if line.feed_kind == OUT_OF_SCOPE else TransferRecord.Outcome.GIVEN, keep_until=until,
            )
            for line in lines
        ]
    )  # fmt: skip


def keep_refusal(department_code: str, purpose_code: str, way: str, reason_code: str, operator: str) -> None:
    """A department asked for what no grant allows."""
    TransferRecord.objects.create(
        at=clock.now(), department_code=department_code, purpose_code=purpose_code, way=way, outcome=TransferRecord.Outcome.REFUSED,
        reason_code=reason_code, operator=operator, keep_until=keep_until(),
    )  # fmt: skip


def keep_stopped(records: Iterable[TransferRecord], reason_code: str, operator: str) -> None:
    """What these say was given did not leave."""
    until, now = keep_until(), clock.now()
    rows.insert(
        [
            TransferRecord(
                municipality_code=municipality_code(), at=now, department_code=one.department_code, purpose_code=one.purpose_code, grant_id=one.grant_id,
                person_id=one.person_id, history_no=one.history_no, way=one.way, outcome=TransferRecord.Outcome.STOPPED, reason_code=reason_code,
                operator=operator, notice_id=one.notice_id, keep_until=until,
            )
            for one in records
        ]
    )  # fmt: skip


def keep_until() -> date:
    """The last day on which a record of today must still be there (F-1-43: seven years, by the city's setting)."""
    today = clock.today()
    year = today.year + int(city.setting("transfer_record_years", today))
    return date(year, today.month, min(today.day, 28) if today.month == 2 else today.day)
